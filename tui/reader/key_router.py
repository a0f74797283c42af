"""Decides where a key goes in the reader: to a mode, the side panel, an action or a label; or that it waits.

Nothing here depends on a screen: the key and the situation determine what to try, in order.
"""

from typing import Literal

from msgspec import Struct

from annotations.model.label_scheme import Label, LabelScheme
from tui.action import Action
from tui.keymap import Keymap
from tui.keys.keyboard_layouts import latin_key
from tui.keys.label_press import pressed_label

HARMLESS = ("Move", "Show", "Leave")
"""The groups of actions that need no annotations: these need not wait until annotations are loaded."""
ONCE = "mark_done"
"""The action that a key does only once, however long it is held. Repeated, the key would answer the
question that it asks, and mark one document after the other before anybody has seen them.
"""


class Situation(Struct, frozen=True):
    """What decides where a key goes, apart from the key."""

    loaded: bool = True
    """Whether the annotations are loaded."""
    working: bool = False
    """Whether some work is being done in slices."""
    keys_wait: bool = False
    """Whether earlier keys are waiting."""
    mode: Literal["none", "open", "searching"] = "none"
    """Whether a mode reads keys, and whether it is waiting for the result of a search."""
    in_panel: bool = False
    """Whether the side panel has the keys."""
    unseen: bool = False
    """Whether the key was typed before the document was on the screen."""
    held: bool = False
    """Whether the key is a repetition, because it is held down."""


class ToMode(Struct, frozen=True):
    """Offer the key to the mode."""

    key: str


class ToPanel(Struct, frozen=True):
    """Offer the key to the side panel."""

    key: str


class Do(Struct, frozen=True):
    """Do an action."""

    action: Action


class LabelWith(Struct, frozen=True):
    """Label what is selected."""

    label: Label


class Wait(Struct, frozen=True):
    """The key waits until the annotations are loaded and the work or search under way is over."""


class TooEarly(Struct, frozen=True):
    """The key was meant for the document before: it does nothing in this one."""


class GiveUpWork(Struct, frozen=True):
    """Stop the work that is being done in slices."""


class ForgetWaiting(Struct, frozen=True):
    """Drop the keys that wait: they were meant for the search that is given up now."""


class Unknown(Struct, frozen=True):
    """The key has no meaning. A message says so if the key types a character."""

    key: str
    typed: bool


Decision = ToMode | ToPanel | Do | LabelWith | Wait | TooEarly | GiveUpWork | ForgetWaiting | Unknown
"""If a mode or the panel does not use the key, the next decision is tried. `ForgetWaiting` is also
followed by another decision. All others are final.
"""


class KeyRouter:
    """Decides with a keymap and the keys of the labels."""

    def __init__(self, keymap: Keymap) -> None:
        self._keymap = keymap

    def route(
        self, key: str, character: str | None, scheme: LabelScheme, at: Situation
    ) -> tuple[Decision, ...]:
        """What to try with a key, in order, by its name and the character it types; nothing if it is ignored.

        A letter of another script that has no meaning itself counts as the Latin letter on the same key.
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
        # Keys that are dropped do not wait.
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
    """Whether a key waits for the annotations; a key without an action may be the key of a label."""
    return not loaded and (keys_wait or not _is_harmless(action))


def _is_harmless(action: Action | None) -> bool:
    return action is not None and action.group in HARMLESS
