"""The preview of a propagation: shows all other mentions before anything happens; each can be left out."""

from annotations.editing.open_document import OpenDocument
from annotations.editing.outcome import Outcome
from annotations.editing.propagation_preview import Preview
from tui.actions.hinting import label_keys
from tui.article.marks import Marks, Mentions, NoMarks
from tui.keymap import Keymap
from tui.keys.label_press import pressed_label
from tui.modes import ActsOn, ModeKey, key_hint
from tui.widgets.appearance import Appearance
from tui.widgets.hints import Hint, Hints
from tui.widgets.status import StatusNote, StatusParts


class PropagationMode:
    """Lasts while a propagation is proposed."""

    waiting = False
    acts_on: ActsOn = "selection"

    def __init__(self, opened: OpenDocument, keymap: Keymap) -> None:
        self._opened = opened
        self._keymap = keymap
        does = opened.propagation
        self._keys: dict[str, ModeKey] = {
            "accept": ModeKey(does.apply, lambda: "do it"),
            "next_span": ModeKey(does.next_mention, lambda: "next" if self._others else ""),
            "reject": ModeKey(does.leave_out, self._leaving_out),
            "propagate": ModeKey(does.propagate, lambda: "label" if self._removes else "remove"),
            "toggle_case": ModeKey(does.toggle_case, lambda: "case"),
            "toggle_decided_too": ModeKey(does.toggle_decided_too, lambda: "decided too"),
            "previous_span": ModeKey(does.previous_mention),
            "narrow": ModeKey(does.drop),
        }
        """The most important ones first."""

    @property
    def marks(self) -> Marks:
        """The mentions."""
        proposed = self._proposed
        return Mentions(proposed) if proposed is not None else NoMarks()

    @property
    def over(self) -> bool:
        """Whether it was applied or dropped."""
        return self._proposed is None

    @property
    def label(self) -> str:
        """The label that is proposed; the key of another label proposes that one."""
        proposed = self._proposed
        return proposed.label if proposed is not None else ""

    def press(self, key: str, character: str | None) -> Outcome | None:
        """Go through the mentions, leave one out, choose what to do, do it or drop it."""
        action = self._keymap.action(key)
        if action is not None:
            if action.name in self._keys:
                return self._keys[action.name].do()
            if action.group in ("Move", "Show", "Leave", "Save"):
                return None
            return Outcome(message=f"Leave the preview first, with {self._keymap.sign('narrow')}.")
        label = pressed_label(self._opened.session.scheme, key)
        return self._opened.propagation.propagate_as(label.name) if label is not None else Outcome()

    def give_up(self) -> None:
        """Drop the proposal."""
        self._opened.propagation.drop()

    def paste(self, text: str) -> None:
        """There is no line to type in."""

    def caret(self, width: int) -> None:
        """There is no line to type in."""

    def status(self) -> StatusParts | None:
        """What would be done, to how many mentions, and why not to others."""
        proposed = self._proposed
        if proposed is None:
            return None
        start, end, _ = proposed.of
        number, out = len(proposed.mentions), len(proposed.left_out)
        reasons = [f"{out} left out"] if out else []
        for reason, words in (("decided", "decided otherwise"), ("inside", "inside longer names")):
            count = proposed.passed_over.count(reason)
            reasons += [f"except {count} {words}"] if count else []
        notes = ["ignoring case"] if proposed.any_case else []
        notes += ["decided ones too"] if proposed.decided_too else []
        of = f"{number - out} of {number}" if out else f"{number}"
        mentions = "more mention of" if number == 1 else "more mentions of"
        return StatusParts(
            proposed.label,
            "will be removed from" if proposed.removing else "will label",
            self._opened.session.text[start:end],
            f"{of} {mentions}",
            [StatusNote(", ".join(reasons), "reason")] * bool(reasons)
            + [StatusNote(note) for note in notes],
        )

    def hints(self, width: int, appearance: Appearance) -> Hints:
        """What the keys do here."""
        named = [
            key_hint(name, words, self._keymap, appearance)
            for name, key in self._keys.items()
            if (words := key.words())
        ]
        labels = label_keys(self._opened.session.scheme)
        behind = sum(hint.action in ("accept", "next_span", "reject") for hint in named)
        named.insert(behind, Hint(labels, "other label", "label"))
        return Hints(
            named,
            mode="PREVIEW",
            way_out=key_hint("narrow", "cancel", self._keymap, appearance),
            help=key_hint("keys", "keys", self._keymap, appearance),
        )

    @property
    def _proposed(self) -> Preview | None:
        return self._opened.propagation.preview

    @property
    def _removes(self) -> bool:
        return self._proposed is not None and self._proposed.removing

    @property
    def _others(self) -> bool:
        focus = self._opened.selection.focus
        mentions = self._proposed.mentions if self._proposed is not None else ()
        return len(mentions) > 1 or (bool(mentions) and mentions[0] != (focus.start, focus.end))

    def _leaving_out(self) -> str:
        focus, proposed = self._opened.selection.focus, self._proposed
        here = (focus.start, focus.end)
        if proposed is None or here not in proposed.mentions:
            return ""
        return "include" if here in proposed.left_out else "leave out"
