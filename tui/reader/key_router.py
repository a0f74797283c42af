"""Where a key goes in the reader: to a mode, to the side panel, to an action, to a label; or it waits.

Nothing here knows a screen: from the key and the situation follows what to try, in order.
"""

from typing import Literal

from msgspec import Struct

from annotations.model.label_scheme import Label, LabelScheme
from tui.action import Action
from tui.keymap import Keymap
from tui.keys.keyboard_layouts import latin_key
from tui.keys.label_press import pressed_label

HARMLESS = ("Move", "Show", "Leave")
"""The groups of actions that need no annotations: they are done before these are loaded."""
ONCE = "mark_done"
"""The action that a key does once however long it is held: else it would answer its own question, and go
through one document after the other that nobody has seen."""


class Situation(Struct, frozen=True):
    """What decides where a key goes, apart from the key."""

    loaded: bool = True
    """Whether the annotations are there."""
    working: bool = False
    """Whether something is done in slices."""
    keys_wait: bool = False
    """Whether keys that came earlier wait."""
    mode: Literal["none", "open", "searching"] = "none"
    """Whether a mode reads keys, and whether what it was asked for is still being searched for."""
    in_panel: bool = False
    """Whether keys walk the side panel."""
    unseen: bool = False
    """Whether the key was typed before the document was on the screen."""
    held: bool = False
    """Whether the key is the one before it again, as it is held down."""


class ToMode(Struct, frozen=True):
    """The mode may take the key."""

    key: str


class ToPanel(Struct, frozen=True):
    """The side panel may take the key."""

    key: str


class Do(Struct, frozen=True):
    """Do an action."""

    action: Action


class LabelWith(Struct, frozen=True):
    """Label what is selected."""

    label: Label


class Wait(Struct, frozen=True):
    """It waits until what is under way is over."""


class TooEarly(Struct, frozen=True):
    """It was meant for the document before: nothing is done to this one."""


class GiveUpWork(Struct, frozen=True):
    """Stop what is done in slices."""


class ForgetWaiting(Struct, frozen=True):
    """What waits was meant for what is given up now."""


class Unknown(Struct, frozen=True):
    """The key has no meaning; that is said where it is one that types."""

    key: str
    typed: bool


Decision = ToMode | ToPanel | Do | LabelWith | Wait | TooEarly | GiveUpWork | ForgetWaiting | Unknown
"""A mode and the panel may leave a key: then the next decision holds. All others are final, but that
`ForgetWaiting` comes before the one that takes the key."""


class KeyRouter:
    """Decides by a keymap and the labels that have keys."""

    def __init__(self, keymap: Keymap) -> None:
        self._keymap = keymap

    def route(
        self, key: str, character: str | None, scheme: LabelScheme, at: Situation
    ) -> tuple[Decision, ...]:
        """What to try with a key, by its name and the character it types, in order; nothing with some.

        A letter of another script that means nothing by itself counts as the Latin letter on its key.
        """
        made = key
        if self._keymap.action(key) is None and pressed_label(scheme, key) is None:
            key = latin_key(key)
        action = self._keymap.action(key)
        if at.held and action is not None and action.name == ONCE:
            return ()
        if at.unseen and not _is_harmless(action):
            return (TooEarly(),)
        if at.working:
            return (GiveUpWork() if action is not None and action.name == "narrow" else Wait(),)
        if at.mode == "searching" and key != "escape":
            return (Wait(),)
        tries: list[Decision] = [ForgetWaiting()] if at.mode == "searching" else []
        # What was forgotten waits no more.
        waits = at.keys_wait and not tries
        if at.mode != "none":
            tries.append(ToMode(key))
        if at.in_panel:
            tries.append(ToPanel(key))
        usual = self._usual(key, character, scheme, action, at.loaded, waits)
        return (*tries, Unknown(made, usual.typed) if isinstance(usual, Unknown) else usual)

    def route_action(self, action: Action, at: Situation) -> Do | Wait:
        """Whether an action that was chosen from a list can be done now."""
        return Wait() if at.working or _must_wait(action, at.loaded, at.keys_wait) else Do(action)

    def route_paste(self, at: Situation) -> ToMode | Wait | None:
        """Where text from the clipboard goes; `None` if there is nowhere to type."""
        if at.working or at.keys_wait or at.mode == "searching":
            return Wait()
        return ToMode("") if at.mode == "open" else None

    def _usual(
        self,
        key: str,
        character: str | None,
        scheme: LabelScheme,
        action: Action | None,
        loaded: bool,
        keys_wait: bool,
    ) -> Decision:
        if _must_wait(action, loaded, keys_wait):
            return Wait()
        if action is not None:
            return Do(action)
        label = pressed_label(scheme, key)
        if label is not None:
            return LabelWith(label)
        return Unknown(key, character is not None and character.isprintable())


def _must_wait(action: Action | None, loaded: bool, keys_wait: bool) -> bool:
    """Whether a key waits for the annotations; without an action, it may be a label's."""
    return not loaded and (keys_wait or not _is_harmless(action))


def _is_harmless(action: Action | None) -> bool:
    return action is not None and action.group in HARMLESS
