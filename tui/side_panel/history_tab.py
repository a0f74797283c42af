"""The history tab of the side panel: what was done, when and by whom, the most recent first."""

from collections.abc import Generator, Sequence
from datetime import datetime
from typing import Literal

from msgspec import Struct

from annotations.corpus.overview import Note, gather_notes
from annotations.editing.open_document import OpenDocument
from annotations.entities.steps import STEP
from annotations.model.edit import Edit
from annotations.model.span import SpanKey
from annotations.text.plural import counted
from tui.keymap import Keymap
from tui.side_panel.lines import Done, Paragraph, RowStyle, done_line, note_line, rule_line
from tui.widgets.lines import Line
from tui.widgets.status import StatusNote, StatusParts


class HistoryLine(Struct, frozen=True):
    """A line of the list."""

    kind: Literal["day", "note", "undone", "done"]
    number: int = 0
    """Which of the notes, or of the edits of its kind."""
    words: str = ""


class HistoryTab:
    """What was done and when, in a few words, the most recent first, with a rule before each day.

    The current comments and flags come before everything else, then what was undone.
    """

    name = "History"

    def __init__(self) -> None:
        self._opened: OpenDocument | None = None
        self._notes: Sequence[Note] = ()
        self._undone: Sequence[Edit] = ()
        self._done: Sequence[Edit] = ()
        self._rows: Sequence[HistoryLine] = ()
        self._style: RowStyle | None = None

    def fill(self, opened: OpenDocument) -> Generator[None, None, None]:
        """List the notes and the steps."""
        annotations = opened.session.annotations
        notes = yield from gather_notes(annotations.spans, annotations.facts)
        undone = opened.session.undone
        done = tuple(reversed(annotations.undo))
        rows = [HistoryLine("note", number) for number in range(len(notes))]
        rows += [HistoryLine("undone", number) for number in range(len(undone))]
        day = ""
        for number, edit in enumerate(done):
            if number % STEP == STEP - 1:
                yield
            if (its_day := day_words(edit.at)) != day:
                day = its_day
                rows.append(HistoryLine("day", words=day))
            rows.append(HistoryLine("done", number))
        self._opened = opened
        self._notes, self._undone, self._done = notes, undone, done
        self._rows = rows

    def use(self, style: RowStyle) -> None:
        """Draw with this from now on."""
        self._style = style

    def __len__(self) -> int:
        return len(self._rows)

    def line(self, number: int, chosen: bool) -> Line:
        """When, who and what; or the sign of a note, and the note; or a day."""
        from annotations.editing.in_brief import in_brief

        assert self._opened is not None
        assert self._style is not None
        row, style = self._rows[number], self._style
        if row.kind == "day":
            return rule_line(row.words, style)
        if row.kind == "note":
            sign, words = self._note(self._notes[row.number])
            return note_line(sign, words, style, chosen)
        edit = self._edit(row)
        what, words = in_brief(edit, self._opened.session.text, style.glyphs.changed)
        if words:
            words = f"{style.glyphs.open_quote}{words}{style.glyphs.close_quote}"
        undone = row.kind == "undone"
        said = f"undone: {what}" if undone else what
        return done_line(Done(time_words(edit.at), self._who(edit), said, words, undone), style, chosen)

    def is_row(self, number: int) -> bool:
        """Every line except the days."""
        return self._rows[number].kind != "day"

    def spans(self, number: int) -> Sequence[SpanKey]:
        """The spans that an edit changed and that still exist; or the span of a note."""
        assert self._opened is not None
        row = self._rows[number]
        if row.kind == "day":
            return ()
        if row.kind == "note":
            noted = self._notes[row.number].span
            return () if noted is None else (noted,)
        spans = [change.after or change.before for change in self._edit(row).changes]
        return [
            span.key for span in spans if span and span.key in self._opened.session.annotations.spans
        ]

    def leads_to_text(self, number: int) -> bool:
        """Whether any of these spans exists."""
        return bool(self.spans(number))

    def about(self, number: int) -> StatusParts:
        """What was done or noted, in full."""
        words = [text for text, _ in self.foot(number)]
        notes = [StatusNote(text) for text in words[1:]]
        return StatusParts(said=words[0] if words else "", notes=notes)

    def foot(self, number: int) -> Sequence[Paragraph]:
        """The whole note; or what was done, by whom and when, in full."""
        from annotations.editing.history import describe

        assert self._opened is not None
        assert self._style is not None
        row, colours = self._rows[number], self._style.colours
        if row.kind == "day":
            return ()
        if row.kind == "note":
            return [(self._note(self._notes[row.number])[1], colours.style("text"))]
        edit = self._edit(row)
        undone = "undone: " if row.kind == "undone" else ""
        return [
            (f"{undone}{describe(edit, self._opened.session.text)}", colours.style("text")),
            (f"{self._who(edit)}, {day_words(edit.at)}, {time_words(edit.at)}", colours.style("muted")),
        ]

    @property
    def summary(self) -> str:
        """How many steps and notes."""
        steps = counted(len(self._done), "step")
        return f"{steps}, {counted(len(self._notes), 'note')}" if self._notes else steps

    def empty_words(self, keymap: Keymap) -> str:
        """The key that accepts."""
        return f"Nothing has been done yet. {keymap.sign('accept')} accepts a suggestion."

    def go_on(self) -> int | None:
        """There is no value to compute later."""
        return None

    def _note(self, note: Note) -> tuple[str, str]:
        assert self._opened is not None
        assert self._style is not None
        text, glyphs = self._opened.session.text, self._style.glyphs
        words = text[note.span.start : note.span.end] if note.span else "the document"
        of = " ".join(words.split())
        return (
            glyphs.flag if note.flagged else '"',
            f"{of}: {note.comment}" if note.comment else of,
        )

    def _who(self, edit: Edit) -> str:
        assert self._opened is not None
        return "you" if edit.by == self._opened.session.annotations.annotator else edit.by

    def _edit(self, row: HistoryLine) -> Edit:
        return self._undone[row.number] if row.kind == "undone" else self._done[row.number]


def time_words(at: str) -> str:
    """The time of day in local time: `14:05`."""
    return f"{datetime.fromisoformat(at).astimezone():%H:%M}"


def day_words(at: str) -> str:
    """The day in local time: `Wednesday 3 March 2021`."""
    moment = datetime.fromisoformat(at).astimezone()
    return f"{moment:%A} {moment.day} {moment:%B %Y}"
