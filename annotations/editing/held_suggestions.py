"""The effects of decisions on suggestions: suggestions without room are held back as long as the decision stays.

Accepting a span removes the undecided suggestions that are inside it or cross it, in the same edit. They
do not become rejected; they are kept separately from the annotations (`AnnotationRow.held`), like a suggestion
that arrives and contradicts a decision. When the decision no longer exists (undo, a removed span, a smaller
extent), they are suggestions again, in the same edit.
"""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from annotations.editing.commands import add_or_hold_back, leaves_no_room
from annotations.model.annotation_set import AnnotationSet
from annotations.model.edit import Change, Edit
from annotations.model.source import CARRIED, Source
from annotations.model.span import Span, SpanKey, reading_order
from annotations.model.span_index import SpanIndex


def with_consequences(
    annotations: AnnotationSet, edit: Edit, nested: frozenset[str], *, takes_away: bool = True
) -> Edit:
    """The edit with the effects of its decisions on suggestions, in addition to its own changes of them.

    `annotations` is the state before it, `nested` the labels whose spans may contain others. Without
    `takes_away`, suggestions only come back.
    """
    held = Held(annotations.held, edit.held)
    after = SpansAfter(annotations.spans, edit.all_changes)
    aside: list[Change] = []
    if takes_away:
        for span in _left_without_room(after, edit.changes, nested):
            aside.append(Change(span, None))
            held.add(span)
    aside += _coming_back(after, edit, held, nested)
    return replace(edit, aside=(*edit.aside, *aside), held=held.changes())


def hold_back(annotations: AnnotationSet, suggestions: Iterable[Span]) -> tuple[Change, ...]:
    """The changes that also hold back these suggestions, each source once."""
    held = Held(annotations.held, ())
    for suggestion in suggestions:
        held.add(suggestion)
    return held.changes()


def acceptable(suggestions: Iterable[Span], nested: frozenset[str]) -> list[Span]:
    """The suggestions that can be accepted together, in reading order.

    The longest has priority; with equal lengths, the first in the text; with equal extents, the one with the
    highest score. Suggestions for which an accepted one leaves no room are left out.
    """
    chosen = SpanIndex()
    for span in sorted(suggestions, key=_longest_first):
        around = chosen.overlapping(span.start, span.end)
        if not any(leaves_no_room(other, span, nested) for other in around):
            chosen.add(span)
    return list(chosen)


def held_difference(now: AnnotationSet, then: AnnotationSet) -> tuple[Change, ...]:
    """The changes from the suggestions held back now to those held back in another state."""
    gone = [Change(span, None) for span in now.held if span.key not in then.held]
    return (
        *gone,
        *(Change(now.held.get(s.key), s) for s in then.held if now.held.get(s.key) != s),
    )


def without_sources(span: Span, sources: Iterable[Source]) -> Span | None:
    """The suggestion without these sources; `None` if it has no other source."""
    gone = set(sources)
    left = tuple(source for source in span.sources if source not in gone)
    return replace(span, sources=left) if left else None


def forgetting(
    annotations: AnnotationSet, sources: Iterable[Source]
) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
    """The changes that remove all suggestions made only by these sources, and the held-back ones among them.

    Suggestions with a comment or a flag of a person stay.
    """
    gone = set(sources)

    def goes(span: Span) -> bool:
        touched = span.decided or span.comment or span.flagged
        return not touched and bool(span.sources) and gone.issuperset(span.sources)

    return (
        tuple(Change(span, None) for span in annotations.spans if goes(span)),
        tuple(Change(span, None) for span in annotations.held if goes(span)),
    )


class SpansAfter:
    """The spans after changes that are not applied yet."""

    def __init__(self, spans: SpanIndex, changes: Iterable[Change]) -> None:
        changes = tuple(changes)
        self._below = spans
        self._gone = {change.before.key for change in changes if change.before is not None}
        self._above = SpanIndex(change.after for change in changes if change.after is not None)

    def overlapping(self, start: int, end: int) -> list[Span]:
        """The spans that share a code point with the range, in reading order."""
        below = [
            span
            for span in self._below.overlapping(start, end)
            if span.key not in self._gone and span.key not in self._above
        ]
        return sorted([*below, *self._above.overlapping(start, end)], key=reading_order)

    def changed(self, key: SpanKey) -> bool:
        """Whether the changes set the span with this extent and label."""
        return key in self._above


class Held:
    """The suggestions held back, while an edit that changes them is built.

    `stored` are those before the edit, `changes` the changes that it already makes.
    """

    def __init__(self, stored: SpanIndex, changes: Iterable[Change]) -> None:
        self._stored = stored
        self._now: dict[SpanKey, Span | None] = {}
        for change in changes:
            span = change.after or change.before
            if span is not None:
                self._now[span.key] = change.after

    def get(self, key: SpanKey) -> Span | None:
        """The suggestion with this extent and label."""
        return self._now[key] if key in self._now else self._stored.get(key)

    def add(self, span: Span) -> None:
        """Hold a suggestion back; the sources of one with the same extent and label stay.

        A suggestion only carried on from a decision elsewhere is not kept: undo restores it.
        """
        others = without_sources(span, (CARRIED,))
        if others is None:
            return
        span = others
        there = self.get(span.key)
        if there is not None:
            more = tuple(source for source in span.sources if source not in there.sources)
            span = replace(there, sources=there.sources + more)
        self._now[span.key] = span

    def drop(self, key: SpanKey, sources: Iterable[Source] | None = None) -> None:
        """Stop holding it back; with `sources`, only for these sources."""
        there = self.get(key)
        self._now[key] = without_sources(there, sources) if there and sources is not None else None

    def overlapping(self, start: int, end: int) -> Iterator[Span]:
        """Suggestions on a range that the edit does not change yet."""
        if not len(self._stored):
            return
        for span in self._stored.overlapping(start, end):
            if span.key not in self._now:
                yield span

    def changes(self) -> tuple[Change, ...]:
        """The changes of the edit to them."""
        pairs = ((self._stored.get(key), span) for key, span in self._now.items())
        return tuple(Change(before, after) for before, after in pairs if before != after)


def _left_without_room(
    after: SpansAfter, changes: Iterable[Change], nested: frozenset[str]
) -> Iterator[Span]:
    found: dict[SpanKey, Span] = {}
    for accepted in _newly_accepted(changes):
        for span in after.overlapping(accepted.start, accepted.end):
            # A comment or a flag comes from a person, so the suggestion stays visible.
            plain = not (span.decided or span.comment or span.flagged or after.changed(span.key))
            if plain and leaves_no_room(accepted, span, nested):
                found[span.key] = span
    yield from found.values()


def _newly_accepted(changes: Iterable[Change]) -> Iterator[Span]:
    for change in changes:
        before, now = change.before, change.after
        if now is None or not now.accepted:
            continue
        if before is None or not before.accepted or before.key != now.key:
            yield now


def _coming_back(
    after: SpansAfter, edit: Edit, held: Held, nested: frozenset[str]
) -> tuple[Change, ...]:
    candidates: dict[SpanKey, Span] = {}
    for change in edit.all_changes:
        was, now = change.before, change.after
        if was is None or not _stands_against_others(was):
            continue
        if now is not None and _decides_the_same(was, now):
            continue
        candidates |= {span.key: span for span in held.overlapping(was.start, was.end)}
        removed = now is None and not after.changed(was.key) and edit.kind not in ("undo", "redo")
        if removed and was.key in candidates:
            # Suggesting at once what was just removed would ask the person again.
            del candidates[was.key]
            held.drop(was.key)
    if not candidates:
        return ()
    room = SpanIndex()
    for span in candidates.values():
        for near in after.overlapping(span.start, span.end):
            room.add(near)
    changes, _ = add_or_hold_back(room, candidates.values(), nested)
    here = {*candidates} & {change.after.key for change in changes if change.after is not None}
    for key in here | {key for key in candidates if _says_it_already(room, candidates[key])}:
        held.drop(key)
    return changes


def _stands_against_others(span: Span) -> bool:
    """Whether it is decided or was carried on from a decision elsewhere (see `add_or_hold_back`)."""
    return span.decided or CARRIED in span.sources


def _decides_the_same(was: Span, now: Span) -> bool:
    return was.key == now.key and was.status == now.status


def _says_it_already(spans: SpanIndex, suggestion: Span) -> bool:
    there = spans.get(suggestion.key)
    return there is not None and not there.decided and set(suggestion.sources) <= set(there.sources)


def _longest_first(span: Span) -> tuple[int, int, float, str]:
    certainty = span.score if span.score is not None else -1.0
    return (span.start - span.end, span.start, -certainty, span.label)
