"""The keymap that a person chose: the default keys, replaced by those of a preset, then by their own keys.

What cannot work is reported before the screen opens: an action that does not exist, a key that does not
reach programs, one key for two actions, one key for an action and a label.
"""

import difflib
from collections.abc import Iterable

from msgspec.structs import replace

from annotations.model.errors import AnnotateError
from annotations.model.label_scheme import LabelScheme
from annotations.project.settings import Settings
from tui.actions import ACTIONS, BY_NAME
from tui.keymap import Keymap, key_sign
from tui.keys.terminal_keys import written_key
from tui.presets import preset_names, read_preset


def keymap_of(settings: Settings) -> tuple[Keymap, LabelScheme]:
    """The keymap, and the labels with the keys that no action has.

    Raises `AnnotateError`, naming the file, the line and both sides of a clash.
    """
    preset = _preset(settings)
    keys = {action.name: action.keys for action in ACTIONS} | preset
    for name, texts in settings.keys.items():
        if name not in BY_NAME:
            near = difflib.get_close_matches(name, BY_NAME, 1)
            said = f"; did you mean {near[0]!r}?" if near else "."
            raise AnnotateError(f"{_place(settings, name)}: there is no action {name!r}{said}")
        keys[name] = tuple(_key(settings, name, text) for text in texts)
    if not keys["quit"]:
        raise AnnotateError(
            f"{_place(settings, 'quit')}: 'quit' needs a key; without one nobody could leave."
        )
    keys = {name: _without_reassigned(name, keys, settings, preset) for name in keys}
    _refuse_shared(settings, keys, preset)
    return (
        Keymap(tuple(replace(action, keys=keys[action.name]) for action in ACTIONS)),
        _labels_beside(settings, keys),
    )


def _preset(settings: Settings) -> dict[str, tuple[str, ...]]:
    if settings.preset in ("", "default"):
        return {}
    names = preset_names()
    if settings.preset not in names:
        place = settings.place("preset")
        known = ", ".join(("default", *names))
        raise AnnotateError(f"{place}: there is no preset {settings.preset!r}; there are {known}.")
    preset = read_preset(settings.preset)
    return {name: tuple(written_key(text) for text in texts) for name, texts in preset.items()}


def _key(settings: Settings, action: str, text: str) -> str:
    try:
        return written_key(text)
    except ValueError as error:
        said = f"{_place(settings, action)}: the key {text!r} of {action!r} {error}"
        raise AnnotateError(said if said.endswith("?") else f"{said}.") from None


def _without_reassigned(
    name: str, keys: dict[str, tuple[str, ...]], settings: Settings, preset: dict[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """The keys of an action; other actions may take its default keys, except the first."""
    if name in settings.keys or name in preset:
        return keys[name]
    wanted = {key for other in keys if other in settings.keys or other in preset for key in keys[other]}
    return tuple(key for place, key in enumerate(keys[name]) if not place or key not in wanted)


def _refuse_shared(
    settings: Settings, keys: dict[str, tuple[str, ...]], preset: dict[str, tuple[str, ...]]
) -> None:
    def whose(name: str) -> str:
        if name in settings.keys:
            return repr(name)
        return f"{name!r} ({f'in the preset {settings.preset}' if name in preset else 'by default'})"

    owners: dict[str, str] = {}
    # The person's own keys come last, so that an error names the line where it can be corrected.
    for name in sorted(keys, key=lambda name: name in settings.keys):
        for key in keys[name]:
            if owners.setdefault(key, name) != name:
                both = f"{whose(owners[key])} and {whose(name)}"
                raise AnnotateError(
                    f"{_place(settings, name)}: {key_sign(key)!r} is the key of both {both};"
                    f" give one of them another key, or none with []."
                )


def _labels_beside(settings: Settings, keys: dict[str, tuple[str, ...]]) -> LabelScheme:
    """The scheme with labels moved away from the keys of actions; a clash of chosen keys is an error."""
    own = {key: name for name in settings.keys for key in keys[name]}
    taken = {key: name for name in keys for key in keys[name]}
    default = not settings.scheme.own
    for number, label in enumerate(settings.scheme):
        action = (own if default else taken).get(label.key)
        if action is None or not (default or label.name in settings.keyed):
            continue
        place = _place(settings, action)
        if action not in settings.keys and settings.file is not None:
            place = settings.place("key", number)
        raise AnnotateError(
            f"{place}: {label.key!r} is the key of both the action {action!r} and the label"
            f" {label.name}; give one of them another key."
        )
    return settings.scheme.beside(_letters(taken))


def _letters(keys: Iterable[str]) -> frozenset[str]:
    return frozenset(key for key in keys if len(key) == 1)


def _place(settings: Settings, action: str) -> str:
    return settings.place(action, table="keys" if action in settings.keys else "")
