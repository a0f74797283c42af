"""The contents of the status line: the span or words that the keys act on."""

from collections.abc import Iterator

from annotations.corpus.pace import seconds_words
from annotations.editing.done import undecided_words
from annotations.editing.open_document import OpenDocument
from annotations.entities.identity import entity_of, written
from annotations.learn.name_place import NamePlace
from annotations.model.span import Span
from annotations.model.value import Timex
from tui.colours.glyphs import Glyphs
from tui.widgets.status import StatusNote, StatusParts


def at_cursor(opened: OpenDocument, glyphs: Glyphs) -> StatusParts:
    """The span in focus, otherwise the words; if nothing is in focus in a done document, its effort."""
    if opened.selection.focus.hidden and opened.session.annotations.facts.done:
        return _of_done(opened, glyphs)
    span, place = opened.selection.focused_span, opened.review.place_here
    if place is not None:
        return _of_place(opened, place)
    return _of_words(opened) if span is None else _of_span(opened, span)


def _of_done(opened: OpenDocument, glyphs: Glyphs) -> StatusParts:
    annotations = opened.session.annotations
    count, decided = annotations.spans.count, opened.session.decided
    took = f" in {seconds_words(annotations.seconds)}" if annotations.seconds >= 1 else ""
    undecided = undecided_words(annotations)
    notes = [StatusNote(undecided)] if undecided else []
    if decided:
        of_these = [(count(status="accepted"), "accepted"), (count(status="rejected"), "rejected")]
        notes.append(StatusNote(", ".join(f"{number} {word}" for number, word in of_these if number)))
    if decided and annotations.keys:
        each = annotations.seconds / decided
        notes.append(StatusNote(f"{annotations.keys / decided:.1f} keys, {each:.0f} s each"))
    return StatusParts(state=f"{glyphs.done} done ", said=f"{decided} decided{took}", notes=notes)


def _of_place(opened: OpenDocument, place: NamePlace) -> StatusParts:
    focus = opened.selection.focus
    return StatusParts(
        state="a name?",
        quoted=opened.session.text[focus.start : focus.end],
        notes=[
            StatusNote(place.reason, "reason"),
            StatusNote(f"likely {place.label}" if place.label else "no label guessed"),
        ],
    )


def _of_words(opened: OpenDocument) -> StatusParts:
    focus = opened.selection.focus
    if focus.end <= focus.start:
        return StatusParts(notes=(StatusNote("nothing to label here"),))
    rejected = [
        span.label
        for span in opened.session.annotations.spans.same_extent(focus.start, focus.end)
        if span.rejected
    ]
    unit = "character" if opened.state.by_character else "word"
    notes = [StatusNote("selected" if focus.chosen else f"{unit} under the cursor")]
    if rejected:
        notes.append(StatusNote(f"rejected as {', '.join(rejected)}"))
    return StatusParts(quoted=opened.session.text[focus.start : focus.end], notes=notes)


def _of_span(opened: OpenDocument, span: Span) -> StatusParts:
    return StatusParts(
        label=span.label,
        state=_state(opened, span),
        quoted=opened.session.text[span.start : span.end],
        notes=[*_values(opened, span), *_reasons(opened, span), *_known(opened, span)],
    )


def _values(opened: OpenDocument, span: Span) -> Iterator[StatusNote]:
    timex = opened.session.timex(span)
    if timex is not None:
        yield StatusNote(value_words(timex), "value", short=f"= {timex.value or '?'}")
    entity = entity_of(span)
    if entity is not None:
        yield StatusNote(f"= {written(entity)}", "value")


def _state(opened: OpenDocument, span: Span) -> str:
    doubts = opened.session.doubts
    if not doubts.stops_at(span):
        return span.status
    return "spot check" if doubts.is_spot_check(span) else "doubtful"


def _reasons(opened: OpenDocument, span: Span) -> Iterator[StatusNote]:
    if _state(opened, span) == "doubtful":
        yield from (StatusNote(why, "reason") for why in opened.session.doubts.reasons(span))
    if opened.session.cuts_token(span):
        yield StatusNote("cuts a token, so not in doc.ents", "reason")


def _known(opened: OpenDocument, span: Span) -> Iterator[StatusNote]:
    if span.score is not None:
        yield StatusNote(f"score {span.score:.2f}")
    if span.sources:
        yield StatusNote(", ".join(str(source) for source in span.sources))
    if span.flagged:
        yield StatusNote("flagged")
    if span.comment:
        yield StatusNote(f"“{span.comment}”")
    around = [
        other
        for other in opened.session.annotations.spans.overlapping(span.start, span.end)
        if other.key != span.key and not other.rejected
    ]
    inside = [other.label for other in around if other.contains(span.start, span.end)]
    holds = [other.label for other in around if span.contains(other.start, other.end)]
    crossed = [other.label for other in around if other.label not in (*inside, *holds)]
    for words, labels in (("inside", inside), ("holds", holds), ("crosses", crossed)):
        if labels:
            yield StatusNote(f"{words} {', '.join(labels)}")


def value_words(timex: Timex) -> str:
    """A date's value and what it means: `= 2021-04-07, Wednesday 7 April 2021`."""
    # The rules for dates are loaded when the first date is shown, not at the start.
    from annotations.dates.resolver import why_empty
    from annotations.dates.timex_value import in_words

    if not timex.value:
        return f"= ? ({why_empty(timex)})"
    words = in_words(timex)
    more = f" or {', '.join(timex.alternatives[:2])}" if timex.alternatives else ""
    return f"= {timex.value}{f', {words}' if words != timex.value else ''}{more}"
