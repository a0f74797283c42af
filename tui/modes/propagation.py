"""The preview of a propagation: all other mentions in place, each to be left out, before anything happens."""

from collections.abc import Callable, Sequence

from annotations.editing.open_document import OpenDocument
from annotations.editing.outcome import Outcome
from tui.colours.palette import Colours
from tui.keymap import Keymap
from tui.marks import Marks, Mentions, NoMarks
from tui.widgets.lines import Line
from tui.widgets.status import quote


class PropagationMode:
    """Runs while a propagation is proposed."""

    waiting = False

    def __init__(self, opened: OpenDocument, keymap: Keymap) -> None:
        self._opened = opened
        self._keymap = keymap
        self._does: dict[str, Callable[[], Outcome]] = {
            "next_span": opened.propagation.next_mention,
            "previous_span": opened.propagation.previous_mention,
            "reject": opened.propagation.leave_out,
            "accept": opened.propagation.apply,
            "narrow": opened.propagation.drop,
            "propagate": opened.propagation.propagate,
            "toggle_case": opened.propagation.toggle_case,
            "toggle_decided_too": opened.propagation.toggle_decided_too,
        }

    @property
    def marks(self) -> Marks:
        """The mentions."""
        proposed = self._opened.propagation.preview
        return Mentions(proposed) if proposed is not None else NoMarks()

    @property
    def over(self) -> bool:
        """Whether it was applied or let go."""
        return self._opened.propagation.preview is None

    def press(self, key: str, character: str | None) -> Outcome | None:
        """Walk the mentions, leave one out, choose what to do, do it or let it go."""
        action = self._keymap.action(key)
        if action is not None:
            if action.name in self._does:
                return self._does[action.name]()
            if action.group in ("Move", "Show", "Leave", "Save"):
                return None
            return Outcome(message=f"{self._keymap.sign('narrow')} leaves the preview first.")
        label = self._opened.session.scheme.with_key(key)
        return self._opened.propagation.propagate_as(label.name) if label is not None else Outcome()

    def give_up(self) -> None:
        """Let the proposal go."""
        self._opened.propagation.drop()

    def paste(self, text: str) -> None:
        """There is no line to type."""

    def caret(self, width: int) -> None:
        """There is no line to type."""

    def status(self, colours: Colours, width: int) -> Line:
        """What would be done to how many mentions, and why not to others."""
        proposed = self._opened.propagation.preview
        if proposed is None:
            return []
        start, end, _ = proposed.of
        number, out = len(proposed.mentions), len(proposed.left_out)
        does = "Remove" if proposed.removing else "Label"
        notes = [f"{out} left out"] if out else []
        notes += ["upper and lower case alike"] if proposed.any_case else []
        notes += ["decided ones too"] if proposed.decided_too else []
        for reason, words in (("decided", "decided otherwise"), ("inside", "inside longer names")):
            count = proposed.passed_over.count(reason)
            notes += [f"not {count} {words}"] if count else []
        return [
            (f" {does} ", "bold"),
            (f" {proposed.label} ", colours.chip(proposed.label)),
            (f" {number - out} more {quote(self._opened.session.text, start, end)}", "bold"),
            (f"  {' · '.join(notes)}", "dim"),
        ]

    def hints(self, keymap: Keymap) -> Sequence[tuple[str, str]]:
        """What the keys do here."""
        proposed = self._opened.propagation.preview
        removing = proposed is not None and proposed.removing
        named = (
            ("accept", "do it"),
            ("next_span", "next mention"),
            ("reject", "leave out"),
            ("narrow", "let go"),
            ("propagate", "label" if removing else "remove"),
            ("toggle_case", "case"),
            ("toggle_decided_too", "decided too"),
            ("undo", "afterwards undoes all"),
        )
        signs = [(keymap.sign(name), words) for name, words in named]
        return [*signs[:4], ("a-z", "another label"), *signs[4:]]
