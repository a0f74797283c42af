"""The dates tab of the side panel: a sparkline of the years, a time line, and dates not placed in time."""

from collections.abc import Generator, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct
from rich.style import Style

from annotations.corpus.timeline import (
    Timeline,
    TimelineDate,
    entry_of,
    gap_between,
    heights,
    timeline,
    year_of,
)
from annotations.editing.open_document import OpenDocument
from annotations.entities.steps import STEP
from annotations.model.span import Span, SpanKey
from annotations.model.value import Timex
from annotations.text.plural import counted
from tui.keymap import Keymap
from tui.side_panel.lines import (
    Dated,
    Paragraph,
    RowStyle,
    date_line,
    gap_line,
    heading_line,
    spark_cells,
    spark_line,
    unplaced_line,
)
from tui.widgets.lines import Line
from tui.widgets.status import StatusNote, StatusParts

LABEL = "DATE"
"""The label that gives dates their colour here, if the scheme has it."""
LEVELS = 6
"""How many different heights a bar of the sparkline can have."""


class DatesLine(Struct, frozen=True):
    """A line of the list."""

    kind: Literal["spark", "blank", "gap", "heading", "placed", "unplaced"]
    words: str = ""
    entry: TimelineDate | None = None


class DatesTab:
    """The dates in the order of time.

    In a long text, each value takes milliseconds to compute. There the dates are in the order of the
    text, and the values of those in sight are computed one by one.
    """

    name = "Dates"

    def __init__(self, filter_sign: str) -> None:
        """`filter_sign` is the sign of the key that shows the hidden dates."""
        self._filter_sign = filter_sign
        self._hidden_dates = 0
        self._opened: OpenDocument | None = None
        self._rows: Sequence[DatesLine | Span] = ()
        self._days: Sequence[int] = ()
        self._dates = 0
        self._values: dict[tuple[SpanKey, object], Timex] = {}
        self._lacking: list[int] = []
        self._style: RowStyle | None = None

    def fill(self, opened: OpenDocument) -> Generator[None, None, None]:
        """Sort the dates."""
        from annotations.dates.document_dates import WHOLE, is_date
        from annotations.model.hidden_dates import is_hidden_date

        kept: list[Span] = []
        for number, span in enumerate(opened.session.annotations.spans):
            if number % STEP == STEP - 1:
                yield
            if is_date(span) and not span.rejected:
                kept.append(span)
        yield
        if self._opened is not opened:
            self._values.clear()
        self._opened = opened
        self._lacking.clear()
        self._dates = len(kept)
        self._hidden_dates = sum(map(is_hidden_date, opened.session.not_offered))
        if len(opened.session.text) <= WHOLE:
            session = opened.session
            stops, value_of = session.doubts.stops_at, session.dating.timex
            found = timeline(session.text, kept, session.creation_time, stops, value_of)
            self._days = [one.day for one in found.placed if one.day is not None]
            self._rows = _rows(found) if kept else ()
        else:
            self._days = ()
            self._rows = kept
        if self._hidden_dates:
            sign = self._filter_sign
            them = "it" if self._hidden_dates == 1 else "them"
            words = counted(self._hidden_dates, "hidden date") + (
                f"; {sign} shows {them}" if sign else ""
            )
            self._rows = [*self._rows, DatesLine("blank"), DatesLine("heading", words)]

    def use(self, style: RowStyle) -> None:
        """Draw with this from now on."""
        self._style = style

    def __len__(self) -> int:
        return len(self._rows)

    def line(self, number: int, chosen: bool) -> Line:
        """A date, or a line between dates."""
        assert self._style is not None
        style, row = self._style, self._rows[number]
        if isinstance(row, Span):
            return date_line(self._dated(self._entry(number, row)), style, chosen)
        match row.kind:
            case "spark":
                return self._spark()
            case "gap":
                return gap_line(row.words, style)
            case "heading":
                return heading_line(row.words, style)
            case "blank":
                return ()
            case "placed" | "unplaced":
                assert row.entry is not None
                draw = date_line if row.kind == "placed" else unplaced_line
                return draw(self._dated(row.entry), style, chosen)

    def is_row(self, number: int) -> bool:
        """True for dates."""
        row = self._rows[number]
        return isinstance(row, Span) or row.entry is not None

    def spans(self, number: int) -> Sequence[SpanKey]:
        """The span of the date."""
        row = self._rows[number]
        if isinstance(row, Span):
            return (row.key,)
        return (row.entry.span,) if row.entry is not None and row.entry.span is not None else ()

    def leads_to_text(self, number: int) -> bool:
        """True for all dates except the article's own."""
        return bool(self.spans(number))

    def about(self, number: int) -> StatusParts:
        """The words, the value, whether there are other readings, the rule."""
        from annotations.dates.timex_value import in_words

        row = self._rows[number]
        entry = self._entry(number, row) if isinstance(row, Span) else row.entry
        if entry is None:
            return StatusParts()
        timex = entry.timex
        said = in_words(timex)
        value = f"= {timex.value or '?'}" + (f", {said}" if said and said != timex.value else "")
        notes = [StatusNote(value, "value")]
        if timex.alternatives:
            notes.append(StatusNote(f"{len(timex.alternatives) + 1} readings", "reason"))
        if timex.rule and timex.origin == "rule":
            notes.append(StatusNote(f"rule: {timex.rule}"))
        if entry.state == "article":
            return StatusParts(state="the article's own date", notes=notes)
        state = "doubtful" if entry.doubtful else "decided" if entry.state == "decided" else "open"
        return StatusParts(state=state, quoted=entry.words, notes=notes)

    def foot(self, number: int) -> Sequence[Paragraph]:
        """The value in words, how far it is from the article's own date, the rule, other readings."""
        row = self._rows[number]
        entry = self._entry(number, row) if isinstance(row, Span) else row.entry
        assert self._style is not None
        assert self._opened is not None
        if entry is None:
            return ()
        creation_time = self._opened.session.creation_time
        known = creation_time is not None and creation_time.trusted and entry.state != "article"
        return date_words(entry, self._style, creation_time.day if known and creation_time else None)

    @property
    def summary(self) -> str:
        """How many dates."""
        return counted(self._dates, "date")

    def empty_words(self, keymap: Keymap) -> str:
        """The key for the article's own date."""
        return f"No dates found. The article's own date: {keymap.sign('article_date')}."

    def go_on(self) -> int | None:
        """Compute one missing value."""
        if not self._lacking or self._opened is None:
            return None
        number = self._lacking.pop()
        span = self._rows[number]
        assert isinstance(span, Span)
        timex = self._opened.session.timex(span)
        if timex is not None:
            self._values[span.key, self._opened.session.creation_time] = timex
        return number

    def _entry(self, number: int, span: Span) -> TimelineDate:
        assert self._opened is not None
        timex = self._values.get((span.key, self._opened.session.creation_time))
        if timex is None and number not in self._lacking:
            self._lacking.append(number)
        known = timex or Timex("DATE", "…")
        session = self._opened.session
        return entry_of(session.text, span, known, doubtful=session.doubts.stops_at(span))

    def _dated(self, entry: TimelineDate) -> Dated:
        assert self._style is not None
        colours, glyphs = self._style.colours, self._style.glyphs
        value = entry.timex.value or "?"
        if entry.state == "article":
            mark, words = colours.style("mark", bold=True), colours.style("text", bold=True)
            return Dated(value, glyphs.own, mark, "this article", words, settled=False)
        ink = colours.ink(LABEL) if LABEL in colours.labels else colours.style("text")
        settled = entry.state == "decided"
        if settled:
            return Dated(value, glyphs.decided, ink, entry.words, colours.style("text"), settled=True)
        words = ink + Style(underline=True, bold=entry.doubtful or None)
        return Dated(value, glyphs.open, ink, entry.words, words, settled=False, doubtful=entry.doubtful)

    def _spark(self) -> Line:
        assert self._style is not None
        first, last = (year_words(year_of(day)) for day in (min(self._days), max(self._days)))
        bars = heights(self._days, spark_cells(first, last, self._style), LEVELS)
        has_ink = LABEL in self._style.colours.labels
        ink = self._style.colours.ink(LABEL) if has_ink else self._style.colours.style("text")
        return spark_line(first, last, bars, ink, self._style)


def _rows(found: Timeline) -> Sequence[DatesLine]:
    """The lines of a time line: years, dates with the gaps between them, what has no place in time."""
    rows: list[DatesLine] = []
    if found.placed:
        rows += [DatesLine("spark"), DatesLine("blank")]
    before: TimelineDate | None = None
    for entry in found.placed:
        if before is not None and (gap := gap_between(before, entry)):
            rows.append(DatesLine("gap", gap))
        rows.append(DatesLine("placed", entry=entry))
        before = entry
    if found.unplaced:
        rows += [DatesLine("blank")] if found.placed else []
        rows.append(DatesLine("heading", "without a date"))
        rows += [DatesLine("unplaced", entry=entry) for entry in found.unplaced]
    return rows


def year_words(year: int) -> str:
    """A year as people write it: `2021`, `44 BC`."""
    return f"{year}" if year > 0 else f"{-year} BC"


def date_words(entry: TimelineDate, style: RowStyle, article: date | None) -> list[Paragraph]:
    """A date in full: value, words and distance to the day of the article, rule, other readings."""
    from annotations.dates.distance import distance
    from annotations.dates.resolver import why_empty
    from annotations.dates.timex_value import in_words

    colours, timex = style.colours, entry.timex
    text, muted = colours.style("text"), colours.style("muted")
    if not timex.value:
        words = f"no value: {why_empty(timex)}"
        return [(entry.words, colours.style("bright", bold=True)), (words, text)]
    paragraphs: list[Paragraph] = [(timex.value, colours.style("bright", bold=True))]
    said = [in_words(timex)] if in_words(timex) != timex.value else []
    if article is not None and (far := distance(timex.value, article)):
        said.append(far)
    if entry.state == "article":
        said.append("the article's own date")
    if said:
        paragraphs.append((", ".join(said), text))
    if timex.alternatives:
        paragraphs.append((f"or {', '.join(timex.alternatives)}", muted))
    if timex.rule and timex.origin == "rule":
        paragraphs.append((f"rule: {timex.rule}", muted))
    return paragraphs
