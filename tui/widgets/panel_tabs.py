"""The tabs of the side panel: what each lists, how a line of it is written, where one can jump from it.

A tab is filled in small steps, so that keys are answered in between, and makes only those lines that are
asked for: with twenty thousand spans a key must not wait for a list.
"""

from collections.abc import Generator, Sequence
from datetime import datetime
from typing import Protocol

from msgspec.structs import replace
from rich.cells import cell_len, set_cell_size
from rich.style import Style

from annotations.corpus.overview import DateEntry, EntityGroup, Note, gather_entities, gather_notes
from annotations.editing.open_document import OpenDocument
from annotations.entities.identity import Alias, Proposal, written
from annotations.entities.steps import STEP
from annotations.model.edit import Edit
from annotations.model.label_scheme import Label
from annotations.model.span import Span, SpanKey
from annotations.text.display import displayable
from tui.cells import fit
from tui.colours.palette import Colours
from tui.placed import PLACED
from tui.widgets.lines import RIGHT, Line, style_of


class Tab(Protocol):
    """A list to walk."""

    name: str

    def fill(self, opened: OpenDocument) -> Generator[None, None, None]:
        """List what the opened holds now, in steps of a few milliseconds; at the last one it changes."""
        ...

    def __len__(self) -> int:
        """How many lines there are."""
        ...

    def line(self, number: int, colours: Colours, width: int) -> Line:
        """One line for a width in cells."""
        ...

    def spans(self, number: int) -> Sequence[SpanKey]:
        """The spans one can jump to from a line."""
        ...

    def go_on(self) -> int | None:
        """Work something out that lines still lack; the line that changed by it, `None` if none lacks."""
        ...


class LabelsTab:
    """The labels: key, name, how many spans are accepted and suggested; and the definition under it."""

    name = "Labels"

    def __init__(self) -> None:
        self._labels: list[tuple[Label, str]] = []
        self._opened: OpenDocument | None = None

    def fill(self, opened: OpenDocument) -> Generator[None, None, None]:
        """Count."""
        spans = opened.session.annotations.spans
        self._opened = opened
        self._labels = [
            (label, f"{spans.count(label.name, 'accepted')}+{spans.count(label.name, 'suggested')}")
            for label in opened.session.labels_shown
        ]
        yield

    def __len__(self) -> int:
        return 2 * len(self._labels)

    def line(self, number: int, colours: Colours, width: int) -> Line:
        """The label, or its definition."""
        label, counts = self._labels[number // 2]
        if number % 2:
            return [("    " + fit(label.definition, width - 4), "dim")]
        return [
            (f" {label.key or '·'} ", colours.chip(label.name)),
            (" " + fit(label.name, max(width - len(counts) - 5, 4)), colours.ink(label.name)),
            (counts, RIGHT + ("dim" if counts == "0+0" else "")),
        ]

    def spans(self, number: int) -> Sequence[SpanKey]:
        """All spans of the label that are not rejected."""
        if self._opened is None:
            return ()
        name = self._labels[number // 2][0].name
        spans = self._opened.session.annotations.spans
        return [span.key for span in spans if span.label == name and not span.rejected]

    def go_on(self) -> int | None:
        """Nothing is lacking."""
        return None


class EntitiesTab:
    """The entities by name: labels, and how many mentions. Two labels for one name stand out.

    Above them stand proposals: names that are likely one entity's, each name with its reason, to be
    joined or refused.
    """

    name = "Entities"

    def __init__(self) -> None:
        self._rows: list[_Row] = []

    def fill(self, opened: OpenDocument) -> Generator[None, None, None]:
        """Group the spans, then compare the names."""
        spans = opened.session.annotations.spans
        groups = yield from gather_entities(opened.session.text, spans)
        from annotations.entities.alias_proposals import propose_aliases

        yield
        proposals = yield from propose_aliases(opened.session.text, spans, opened.entity_linking.refused)
        rows: list[_Row] = []
        for proposal in proposals:
            rows.append(proposal)
            rows += [(proposal, alias) for alias in proposal.aliases]
        self._rows = [*rows, *groups]

    def __len__(self) -> int:
        return len(self._rows)

    def line(self, number: int, colours: Colours, width: int) -> Line:
        """The name, bold once every mention is decided; what is proposed behind `≈` and `?`."""
        row = self._rows[number]
        if isinstance(row, Proposal):
            return _beside(f"≈ {written(row.entity)}", "bold", row.label, colours.ink(row.label), width)
        if isinstance(row, tuple):
            return _beside(f"  ? {row[1].words}", "italic", row[1].reason, "dim", width)
        conflict = len(row.labels) > 1
        label = displayable(" ≠ ".join(row.labels))
        count = f" {len(row.mentions)}"
        room = max(width - cell_len(label) - len(count) - 2, 8)
        return [
            (" " + fit(row.name, room) + " ", "" if row.undecided else "bold"),
            (label, RIGHT + "bold reverse" if conflict else colours.ink(row.labels[0]) + PLACED),
            (count, RIGHT + "dim"),
        ]

    def spans(self, number: int) -> Sequence[SpanKey]:
        """The mentions; of a proposal, those of the names that are likely others of it."""
        row = self._rows[number]
        if isinstance(row, EntityGroup):
            return row.mentions
        aliases = row.aliases if isinstance(row, Proposal) else row[1:]
        return sorted(key for alias in aliases for key in alias.mentions)

    def proposal(self, number: int) -> Proposal | None:
        """What a line proposes, if it does: all the names, or one of them."""
        row = self._rows[number]
        if isinstance(row, tuple):
            return replace(row[0], aliases=row[1:])
        return row if isinstance(row, Proposal) else None

    def called(self, number: int) -> str:
        """What the entity of a line is called."""
        row = self._rows[number]
        if isinstance(row, EntityGroup):
            return row.name
        return written((row if isinstance(row, Proposal) else row[0]).entity)

    def go_on(self) -> int | None:
        """Nothing is lacking."""
        return None


_Row = EntityGroup | Proposal | tuple[Proposal, Alias]


def _beside(words: str, style: str, note: str, note_style: str | Style, width: int) -> Line:
    room = max(width - cell_len(note) - 2, 12)
    return [(fit(words, room) + " ", style), (displayable(note), style_of(note_style) + PLACED)]


class DatesTab:
    """The dates by value, those still to decide first.

    In a long text a value costs milliseconds to work out, so there the dates stand as they stand in
    the text, and the values of those in sight follow one by one.
    """

    name = "Dates"

    def __init__(self) -> None:
        self._opened: OpenDocument | None = None
        self._entries: Sequence[DateEntry | Span] = ()
        self._values: dict[tuple[SpanKey, object], str] = {}
        self._lacking: list[int] = []
        self._held_back = 0

    def fill(self, opened: OpenDocument) -> Generator[None, None, None]:
        """Sort the dates."""
        from annotations.corpus.overview import date_entries
        from annotations.dates.document_dates import WHOLE, is_date, is_held_back

        undecided: list[Span] = []
        decided: list[Span] = []
        for number, span in enumerate(opened.session.annotations.spans):
            if number % STEP == STEP - 1:
                yield
            if is_date(span) and not span.rejected:
                (decided if span.decided else undecided).append(span)
        dates = [*undecided, *decided]
        self._held_back = sum(map(is_held_back, opened.session.without_place))
        yield
        if self._opened is not opened:
            self._values.clear()
        self._opened = opened
        self._lacking.clear()
        if len(opened.session.text) <= WHOLE:
            self._entries = date_entries(opened.session.text, dates, opened.session.creation_time)
        else:
            self._entries = dates

    def __len__(self) -> int:
        return len(self._entries) + bool(self._held_back)

    def line(self, number: int, colours: Colours, width: int) -> Line:
        """The value, and the expression in the text; behind them, how many dates are held back."""
        if number == len(self._entries):
            return [(f" {self._held_back} held back: press F5 to see", "dim")]
        entry = self._entries[number]
        if isinstance(entry, Span):
            value, expression = self._value_of(number, entry), self._words(entry)
        else:
            value, expression = entry.value or "no value", entry.expression
        style = "bold" if entry.decided else ""
        return [
            (" " if entry.decided else "?", "bold"),
            (set_cell_size(value, 12) + " ", style if value != "no value" else "italic"),
            (set_cell_size(displayable(expression), max(width - 14, 4)), "dim"),
        ]

    def spans(self, number: int) -> Sequence[SpanKey]:
        """The date."""
        if number == len(self._entries):
            return ()
        entry = self._entries[number]
        return (entry.key if isinstance(entry, Span) else entry.span,)

    def go_on(self) -> int | None:
        """Work out one value."""
        if not self._lacking or self._opened is None:
            return None
        number = self._lacking.pop()
        entry = self._entries[number]
        assert isinstance(entry, Span)
        timex = self._opened.session.timex(entry)
        self._values[entry.key, self._opened.session.creation_time] = (
            timex and timex.value
        ) or "no value"
        return number

    def _value_of(self, number: int, span: Span) -> str:
        assert self._opened is not None
        value = self._values.get((span.key, self._opened.session.creation_time))
        if value is None and number not in self._lacking:
            self._lacking.append(number)
        return value or "…"

    def _words(self, span: Span) -> str:
        assert self._opened is not None
        return " ".join(self._opened.session.text[span.start : span.end].split())


class HistoryTab:
    """What was done when, in plain words, the latest first; above it, what was undone.

    What was noted, the comments and flags as they stand, comes before it all.
    """

    name = "History"

    def __init__(self) -> None:
        self._opened: OpenDocument | None = None
        self._notes: Sequence[Note] = ()
        self._undone: Sequence[Edit] = ()
        self._done: Sequence[Edit] = ()

    def fill(self, opened: OpenDocument) -> Generator[None, None, None]:
        """Take the steps over."""
        annotations = opened.session.annotations
        notes = yield from gather_notes(annotations.spans, annotations.facts)
        self._opened = opened
        self._notes = notes
        self._undone = opened.session.undone
        self._done = tuple(reversed(annotations.undo))

    def __len__(self) -> int:
        return len(self._notes) + len(self._undone) + len(self._done)

    def line(self, number: int, colours: Colours, width: int) -> Line:
        """When, and what; or the sign of a note, and the note."""
        from annotations.editing.history import describe

        assert self._opened is not None
        if number < len(self._notes):
            return self._note(self._notes[number], width)
        edit, undone = self._edit(number)
        what = ("undone: " if undone else "") + describe(edit, self._opened.session.text)
        moment = f" {when(edit.at)} "
        room = max(width - len(moment), 4)
        return [(moment, "dim"), (fit(what, room), "dim" if undone else "")]

    def spans(self, number: int) -> Sequence[SpanKey]:
        """What is left of the spans it touched; the span of a note."""
        assert self._opened is not None
        if number < len(self._notes):
            noted = self._notes[number].span
            return () if noted is None else (noted,)
        spans = [change.after or change.before for change in self._edit(number)[0].changes]
        return [
            span.key for span in spans if span and span.key in self._opened.session.annotations.spans
        ]

    def go_on(self) -> int | None:
        """Nothing is lacking."""
        return None

    def _note(self, note: Note, width: int) -> Line:
        assert self._opened is not None
        sign = ("!" if note.flagged else " ") + ('"' if note.comment else " ")
        words = (
            self._opened.session.text[note.span.start : note.span.end] if note.span else "the document"
        )
        of = " ".join(words.split())
        about = f"{of}: {note.comment}" if note.comment else of
        return [(f" {sign} ", "bold"), (fit(about, max(width - 4, 4)), "bold")]

    def _edit(self, number: int) -> tuple[Edit, bool]:
        number -= len(self._notes)
        if number < len(self._undone):
            return self._undone[number], True
        return self._done[number - len(self._undone)], False


def when(at: str) -> str:
    """The time of day in local time, or the day if it was another: `14:05`, `3 Mar`."""
    moment = datetime.fromisoformat(at).astimezone()
    if moment.date() == datetime.now().astimezone().date():
        return f"{moment:%H:%M}"
    return f"{moment.day} {moment:%b}"
