"""What an edit changes: functions that build the changes from the spans as they are.

Nothing is changed by building them: `annotations.model.annotation_set.AnnotationSet.apply` carries an edit
out. An edit that would change nothing is an empty tuple of changes.
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

    A span of that extent and label that is there already is taken over into the new one.
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
    """Give a span another extent and accept it. A value a rule gave goes: it was another text's."""
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
    """Decide that a span is wrong: a suggestion is kept as rejected, an own span is removed."""
    if span.decided and is_own(span.sources, annotator):
        return (Change(span, None),)
    if span.rejected:
        return ()
    return (Change(span, replace(span, status="rejected")),)


def set_value(span: Span, value: Value | None) -> tuple[Change, ...]:
    """Give a span a value, or none. Setting a value accepts the span: a person looked at it."""
    if span.value == value and span.accepted:
        return ()
    return (Change(span, replace(span, value=value, status="accepted")),)


def set_entity(
    mentions: Iterable[Span], entity: Entity | None, accepted: SpanKey | None = None
) -> tuple[Change, ...]:
    """Say which entity mentions name, or that it is none that has a name.

    It says nothing about whether they are mentions; only the one whose key is `accepted` is accepted.
    """
    changes = []
    for span in mentions:
        status = "accepted" if span.key == accepted else span.status
        after = replace(span, value=entity, status=status)
        if after != span:
            changes.append(Change(span, after))
    return tuple(changes)


def set_comment(span: Span, comment: str) -> tuple[Change, ...]:
    """Write a comment on a span, or take it away with an empty one."""
    return (Change(span, replace(span, comment=comment)),) if span.comment != comment else ()


def set_flag(span: Span, flagged: bool) -> tuple[Change, ...]:
    """Flag a span for a second look, or take the flag away."""
    return (Change(span, replace(span, flagged=flagged)),) if span.flagged != flagged else ()


def not_by(annotator: str, suggestions: Iterable[Span]) -> Iterator[Span]:
    """What a suggester found, under another name than the annotator's where they have the same."""
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
    """The changes that add suggestions, and the suggestions that a decision stands against.

    A suggestion with the extent and label of one already there only adds its source to that one while
    it is undecided. A decision stands against it if the same span is decided, or if an accepted span
    has the same extent, crosses it, has the same label and overlaps it, or is around it and has a label
    that holds no others inside. The labels that do are `nested`; `None` stands for all. Around an
    accepted span of another label it is added. What was carried on from a decision elsewhere stands
    against suggestions on its words, too. Where a person corrected a suggestion, what its suggester says
    since is another one, even if it says what the person made of it: undo brings back both.
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
    """Whether somebody suggested it otherwise, and a person made it what it is."""
    return any(source.kind == "person" for source in span.sources[1:])


def carry_over(spans: SpanIndex, carried: Iterable[Span]) -> tuple[Change, ...]:
    """Put spans in as they are, in the place of those with the same extent and label."""
    changes = (Change(spans.get(span.key), span) for span in carried)
    return tuple(change for change in changes if change.before != change.after)


def decide_as_imported(annotations: AnnotationSet, spans: Iterable[Span]) -> tuple[Change, ...]:
    """Make the spans of a file decisions of its annotator, except where there is a decision already.

    What an import decided before and a person changed or removed since does not come back.
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
    """Set the facts that a file knows of a document and nobody here does, but for whether it is done.

    What an import set before and a person took away since does not come back.
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
    """Mark the document as done if that is `wanted`, else, where nobody says, if the file is `complete`.

    What an import marked before and a person took back is not marked again without a word.
    """
    done = wanted
    if done is None:
        imports = _imports((*annotations.undo, *annotations.redo))
        marked_before = any(change.fact == "done" for edit in imports for change in edit.facts)
        done = complete and not marked_before
    return fact_changes(annotations.facts, annotations.facts.with_done(done or annotations.facts.done))


def inverse(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes that take these back, last one first."""
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
        # Labels that hold others inside hold those of their own name too.
        if span.label == suggestion.label and (around or nested is None):
            return True
    return False


def leaves_no_room(accepted: Span, suggestion: Span, nested: frozenset[str] | None) -> bool:
    """Whether an accepted span takes the place of a suggestion: of its extent, across it, or around it.

    Around it only when its label is none of `nested`, the labels that hold others inside; `None`
    stands for all labels.
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
