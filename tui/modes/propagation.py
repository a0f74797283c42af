"""The preview of a propagation: all other mentions in place, each to be left out, before anything happens."""

from collections.abc import Callable, Sequence

from annotations.editing.document_session import Outcome, Session
from tui.keymap import Keymap
from tui.marks import Marks, Mentions, NoMarks
from tui.theme import LabelColours
from tui.widgets.lines import Line
from tui.widgets.status import quote


class PropagationMode:
    """Runs while the session has a propagation proposed."""

    waiting = False

    def __init__(self, session: Session, keymap: Keymap) -> None:
        self._session = session
        self._keymap = keymap
        self._does: dict[str, Callable[[], Outcome]] = {
            "next_span": session.next_mention,
            "previous_span": session.previous_mention,
            "reject": session.leave_out,
            "accept": session.apply_propagation,
            "narrow": session.drop_propagation,
            "propagate": session.propagate,
            "toggle_case": session.toggle_case,
            "toggle_decided_too": session.toggle_decided_too,
        }

    @property
    def marks(self) -> Marks:
        """The mentions."""
        proposed = self._session.propagation
        return Mentions(proposed) if proposed is not None else NoMarks()

    @property
    def over(self) -> bool:
        """Whether it was applied or let go."""
        return self._session.propagation is None

    def press(self, key: str, character: str | None) -> Outcome | None:
        """Walk the mentions, leave one out, choose what to do, do it or let it go."""
        action = self._keymap.action(key)
        if action is not None:
            if action.name in self._does:
                return self._does[action.name]()
            if action.group in ("Move", "Show", "Leave", "Save"):
                return None
            return Outcome(message=f"{self._keymap.sign('narrow')} leaves the preview first.")
        label = self._session.scheme.with_key(key)
        return self._session.propagate_as(label.name) if label is not None else Outcome()

    def paste(self, text: str) -> None:
        """There is no line to type."""

    def caret(self, width: int) -> None:
        """There is no line to type."""

    def status(self, colours: dict[str, LabelColours], width: int) -> Line:
        """What would be done to how many mentions, and why not to others."""
        proposed = self._session.propagation
        if proposed is None:
            return []
        start, end, _ = proposed.of
        number, out = len(proposed.mentions), len(proposed.left_out)
        does = "Remove" if proposed.removing else "Label"
        label = colours[proposed.label]
        notes = [f"{out} left out"] if out else []
        notes += ["upper and lower case alike"] if proposed.any_case else []
        notes += ["decided ones too"] if proposed.decided_too else []
        for reason, words in (("decided", "decided otherwise"), ("inside", "inside longer names")):
            count = proposed.passed_over.count(reason)
            notes += [f"not {count} {words}"] if count else []
        return [
            (f" {does} ", "bold"),
            (f" {proposed.label} ", f"bold {label.on_back} on {label.back}"),
            (f" {number - out} more {quote(self._session.text, start, end)}", "bold"),
            (f"  {' · '.join(notes)}", "dim"),
        ]

    def hints(self, keymap: Keymap) -> Sequence[tuple[str, str]]:
        """What the keys do here."""
        proposed = self._session.propagation
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
