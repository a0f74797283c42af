"""The changes of an edit: functions that build them from the present spans.

Building them changes nothing: `annotations.model.annotation_set.AnnotationSet.apply` applies an
edit. An edit that would change nothing is an empty tuple of changes.
"""

from collections.abc import Iterable, Iterator

from annotations.model.annotation_set import AnnotationSet
from annotations.model.document_facts import DocumentFacts, FactChange, fact_changes
from annotations.model.edit import Change, Edit
from annotations.model.source import CARRIED, Source, is_own, person
from annotations.model.span import Span, SpanKey, replace
from annotations.model.span_index import SpanIndex
from annotations.model.value import Entity, Timex, Value


def label_range(
    spans: SpanIndex, start: int, end: int, label: str, annotator: str
) -> tuple[Change, ...]:
    """Label a range: a new accepted span, or an existing one of that label accepted."""
    before = spans.get(SpanKey(start, end, label))
    if before is None:
        return (Change(None, Span(start, end, label, "accepted", (person(annotator),))),)
    return accept(before)


def relabel(spans: SpanIndex, span: Span, label: str, annotator: str) -> tuple[Change, ...]:
    """Give a span another label and accept it; with its own label, accept it as it is.

    An existing span with that extent and label is merged into the new one.
    """
    if label == span.label:
        return accept(span)
    after = replace(
        span,
        label=label,
        status="accepted",
        sources=_corrected(span, annotator),
        value=None if isinstance(span.value, Timex) else span.value,
    )
    return _replaced(spans, span, after)


def resize(spans: SpanIndex, span: Span, start: int, end: int, annotator: str) -> tuple[Change, ...]:
    """Give a span another extent and accept it. A value from a rule is removed, because it was for another text."""
    if (start, end) == (span.start, span.end):
        return ()
    keeps_value = span.value is None or span.value.origin == "person"
    after = replace(
        span,
        start=start,
        end=end,
        status="accepted",
        sources=_corrected(span, annotator),
        value=span.value if keeps_value else None,
    )
    return _replaced(spans, span, after)


def accept(span: Span) -> tuple[Change, ...]:
    """Decide that a span is right."""
    if span.accepted:
        return ()
    return (Change(span, replace(span, status="accepted")),)


def reject(span: Span, annotator: str) -> tuple[Change, ...]:
    """Decide that a span is wrong: a suggestion is kept as rejected, a span of the person is removed."""
    if span.decided and is_own(span.sources, annotator):
        return (Change(span, None),)
    if span.rejected:
        return ()
    return (Change(span, replace(span, status="rejected")),)


def set_value(span: Span, value: Value | None) -> tuple[Change, ...]:
    """Set or remove the value of a span. Setting a value accepts the span, because a person looked at it."""
    if span.value == value and span.accepted:
        return ()
    return (Change(span, replace(span, value=value, status="accepted")),)


def set_entity(
    mentions: Iterable[Span], entity: Entity | None, accepted: SpanKey | None = None
) -> tuple[Change, ...]:
    """Set the entity of mentions, or remove it.

    This does not decide whether they are mentions; only the one with the key `accepted` is accepted.
    """
    changes = []
    for span in mentions:
        status = "accepted" if span.key == accepted else span.status
        after = replace(span, value=entity, status=status)
        if after != span:
            changes.append(Change(span, after))
    return tuple(changes)


def set_comment(span: Span, comment: str) -> tuple[Change, ...]:
    """Write a comment on a span; an empty one removes it."""
    return (Change(span, replace(span, comment=comment)),) if span.comment != comment else ()


def set_flag(span: Span, flagged: bool) -> tuple[Change, ...]:
    """Flag a span for a second look, or remove the flag."""
    return (Change(span, replace(span, flagged=flagged)),) if span.flagged != flagged else ()


def not_by(annotator: str, suggestions: Iterable[Span]) -> Iterator[Span]:
    """A suggester's spans, with another source name if the suggester and the annotator have the same name."""
    own, other = person(annotator), Source("model", annotator)
    for span in suggestions:
        if own in span.sources:
            span = replace(span, sources=tuple(other if s == own else s for s in span.sources))
        yield span


def suggest(
    spans: SpanIndex, suggestions: Iterable[Span], nested: frozenset[str] | None = None
) -> tuple[Change, ...]:
    """Add suggestions, never against a person's decision; see `add_or_hold_back`."""
    return add_or_hold_back(spans, suggestions, nested)[0]


def add_or_hold_back(
    spans: SpanIndex, suggestions: Iterable[Span], nested: frozenset[str] | None = None
) -> tuple[tuple[Change, ...], tuple[Span, ...]]:
    """The changes that add suggestions, and the suggestions that contradict a decision.

    A suggestion with the extent and label of an existing one only adds its source to that one, as long
    as it is undecided. A decision contradicts a suggestion if the same span is decided, or if an
    accepted span has the same extent, crosses it, has the same label and overlaps it, or contains it
    and has a label that may not contain others. The labels that may are `nested`; `None` means all. A
    suggestion that contains an accepted span of another label is added. Suggestions carried on from a
    decision elsewhere also contradict other suggestions on their words. If a person corrected a
    suggestion, a later suggestion of its suggester is a different one, even if it equals the
    correction: undo brings back both.
    """
    changes: dict[SpanKey, Change] = {}
    held: list[Span] = []
    for suggestion in suggestions:
        pending = changes.get(suggestion.key)
        here = pending.after if pending else spans.get(suggestion.key)
        if here is not None:
            added = tuple(s for s in suggestion.sources if s not in here.sources)
            if here.decided and (added or _is_corrected(here)):
                held.append(replace(suggestion, status="suggested"))
            if here.decided or not added:
                continue
            before = pending.before if pending else here
            after = replace(here, sources=here.sources + added, value=here.value or suggestion.value)
            changes[suggestion.key] = Change(before, after)
        elif _decided_against(spans, suggestion, nested):
            held.append(replace(suggestion, status="suggested"))
        else:
            changes[suggestion.key] = Change(None, replace(suggestion, status="suggested"))
    return tuple(changes.values()), tuple(held)


def _is_corrected(span: Span) -> bool:
    """Whether a person corrected a suggestion to this span."""
    return any(source.kind == "person" for source in span.sources[1:])


def carry_over(spans: SpanIndex, carried: Iterable[Span]) -> tuple[Change, ...]:
    """Add spans unchanged; they replace those with the same extent and label."""
    changes = (Change(spans.get(span.key), span) for span in carried)
    return tuple(change for change in changes if change.before != change.after)


def decide_as_imported(annotations: AnnotationSet, spans: Iterable[Span]) -> tuple[Change, ...]:
    """Make the spans of a file decisions of its annotator, except where there already is a decision.

    Decisions of an earlier import that a person changed or removed since do not come back.
    """
    imported = {
        change.after.key
        for edit in _imports(annotations.undo)
        for change in edit.changes
        if change.after is not None and change.after.decided
    }
    own = (person(annotations.annotator),)
    changes = []
    for span in spans:
        here = annotations.spans.get(span.key)
        if here is not None and (here.decided or not span.decided):
            continue
        if here is None and span.key in imported:
            continue
        changes.append(Change(here, replace(span, sources=span.sources or own)))
    return tuple(changes)


def facts_as_imported(annotations: AnnotationSet, facts: DocumentFacts) -> tuple[FactChange, ...]:
    """Set the facts of a document that only the file states, except whether it is done.

    Facts of an earlier import that a person removed since do not come back.
    """
    imported = {change.fact for edit in _imports(annotations.undo) for change in edit.facts}
    here = annotations.facts
    for fact in facts.with_done(False).said:
        if fact not in annotations.facts.said and fact not in imported:
            here = here.taking(fact, facts)
    return fact_changes(annotations.facts, here)


def done_as_imported(
    annotations: AnnotationSet, *, complete: bool, wanted: bool | None
) -> tuple[FactChange, ...]:
    """Mark the document as done if that is `wanted`; if that is not stated, mark it if the file is `complete`.

    A mark of an earlier import that a person removed is not set again unless that is `wanted`.
    """
    done = wanted
    if done is None:
        imports = _imports((*annotations.undo, *annotations.redo))
        marked_before = any(change.fact == "done" for edit in imports for change in edit.facts)
        done = complete and not marked_before
    return fact_changes(annotations.facts, annotations.facts.with_done(done or annotations.facts.done))


def inverse(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes that undo these, the last one first."""
    return tuple(change.inverse() for change in reversed(tuple(changes)))


def _decided_against(spans: SpanIndex, suggestion: Span, nested: frozenset[str] | None) -> bool:
    for span in spans.overlapping(suggestion.start, suggestion.end):
        if not span.accepted:
            carried = CARRIED in span.sources and not span.rejected
            if carried and span.contains(suggestion.start, suggestion.end):
                return True
            continue
        if leaves_no_room(span, suggestion, nested):
            return True
        around = suggestion.contains(span.start, span.end)
        # Labels that may contain other spans may also contain spans of the same label.
        if span.label == suggestion.label and (around or nested is None):
            return True
    return False


def leaves_no_room(accepted: Span, suggestion: Span, nested: frozenset[str] | None) -> bool:
    """Whether an accepted span leaves no room for a suggestion: it has the same extent, crosses or contains it.

    A span that contains it counts only if its label is not in `nested`, the labels that may contain
    others; `None` means all labels.
    """
    if not accepted.overlaps(suggestion.start, suggestion.end):
        return False
    if (accepted.start, accepted.end) == (suggestion.start, suggestion.end):
        return True
    if suggestion.contains(accepted.start, accepted.end):
        return False
    if not accepted.contains(suggestion.start, suggestion.end):
        return True
    return nested is not None and accepted.label not in nested


def _replaced(spans: SpanIndex, before: Span, after: Span) -> tuple[Change, ...]:
    there = spans.get(after.key)
    if there is None:
        return (Change(before, after),)
    return (Change(there, None), Change(before, after))


def _corrected(span: Span, annotator: str) -> tuple[Source, ...]:
    by = person(annotator)
    return span.sources if span.sources[-1:] == (by,) else (*span.sources, by)


def _imports(edits: Iterable[Edit]) -> Iterator[Edit]:
    return (edit for edit in edits if edit.kind == "import")
