"""The status line: the span at the cursor spelled out, or what a key has just done."""

from annotations.editing.open_document import OpenDocument
from annotations.entities.identity import entity_of, written
from annotations.model.span import Span
from annotations.model.value import Timex
from annotations.text.display import displayable
from tui.colours.palette import Colours
from tui.widgets.lines import Line, Piece

QUOTED = 48
"""How many code points of a span's text to quote."""


def status_line(opened: OpenDocument, colours: Colours, message: str = "") -> Line:
    """The message, if there is one, and then what the keys act on."""
    line: list[Piece] = [(" ", "")]
    if message:
        line += [(displayable(message), "bold"), ("  ", "")]
    span = opened.selection.focused_span
    if span is None:
        return line + _selection(opened)
    return line + _span(opened, span, colours)


def _selection(opened: OpenDocument) -> list[Piece]:
    focus = opened.selection.focus
    if focus.end <= focus.start:
        return [("nothing to label here", "dim")]
    words = quote(opened.session.text, focus.start, focus.end)
    unit = "character" if opened.state.by_character else "word"
    what = "selected" if focus.chosen else f"{unit} under the cursor"
    rejected = [
        span.label
        for span in opened.session.annotations.spans.same_extent(focus.start, focus.end)
        if span.rejected
    ]
    note = f" · rejected as {', '.join(rejected)}" if rejected else ""
    return [(words, ""), (f"  {what}{note}", "dim")]


def _span(opened: OpenDocument, span: Span, colours: Colours) -> list[Piece]:
    pieces: list[Piece] = [
        (f" {displayable(span.label)} ", colours.chip(span.label)),
        (f" {span.status} ", "bold"),
        (quote(opened.session.text, span.start, span.end), ""),
    ]
    notes = []
    timex = opened.session.timex(span)
    if timex is not None:
        pieces.append((f" {value_words(timex)}", "bold"))
    entity = entity_of(span)
    if entity is not None:
        pieces.append((f" = {displayable(written(entity))}", "bold"))
    if opened.session.cuts_token(span):
        pieces.append((" cuts a token: not in doc.ents", "bold underline"))
    if span.sources:
        notes.append("by " + ", ".join(displayable(str(source)) for source in span.sources))
    if span.score is not None:
        notes.append(f"score {span.score:.2f}")
    around = [
        other
        for other in opened.session.annotations.spans.overlapping(span.start, span.end)
        if other.key != span.key and not other.rejected
    ]
    inside = [other.label for other in around if other.contains(span.start, span.end)]
    holds = [other.label for other in around if span.contains(other.start, other.end)]
    crossed = [o.label for o in around if o.label not in inside and o.label not in holds]
    for word, labels in (("inside", inside), ("holds", holds), ("crosses", crossed)):
        if labels:
            notes.append(f"{word} {', '.join(displayable(label) for label in labels)}")
    if span.flagged:
        notes.append("flagged")
    if span.comment:
        notes.append(f'"{displayable(span.comment)}"')
    return [*pieces, ("  " + " · ".join(notes), "dim")]


def value_words(timex: Timex) -> str:
    """A date's value and what it means: `= 2021-04-07, Wednesday 7 April 2021`."""
    # The rules of dates are loaded with the first date that is looked at, not with the screen.
    from annotations.dates.resolver import why_empty
    from annotations.dates.timex_value import in_words

    if not timex.value:
        return f"= ? ({why_empty(timex)})"
    words = in_words(timex)
    more = f" or {', '.join(timex.alternatives[:2])}" if timex.alternatives else ""
    return f"= {timex.value}{f', {words}' if words != timex.value else ''}{more}"


def quote(text: str, start: int, end: int, length: int = QUOTED) -> str:
    """The words of a range in quotation marks, on one line, shortened in the middle."""
    words = displayable(text[start:end].replace("\r\n", " ").replace("\n", " ").replace("\r", " "))
    if len(words) > length:
        half = length // 2
        words = f"{words[:half]}…{words[-half:]}"
    return f"“{words}”"
