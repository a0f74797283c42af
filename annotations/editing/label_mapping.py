"""Suggestions under a project's own labels: the new names of their labels, and labels that are not in the project.

A project that lists its labels accepts only these. If a pipeline, a pattern or an import uses another
name, the suggestion gets the label that lists this name in `from`. A suggestion whose name no label
lists is kept unchanged and not shown, so that it is available when the labels change. A pipeline's date
that the rules cannot read is kept in the same way. Nothing here changes the stored suggestions: those
stored under other labels are shown under their new labels, and the edit that decides about one
replaces the stored suggestion.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager

from annotations.dates.document_dates import DATE_LABELS
from annotations.editing import commands as edits
from annotations.model.annotation_set import AnnotationSet
from annotations.model.edit import Change
from annotations.model.hidden_dates import is_hidden_date
from annotations.model.label_scheme import LabelScheme
from annotations.model.span import Span, SpanKey, replace
from annotations.model.span_index import SpanIndex
from annotations.model.value import Timex
from annotations.text.text_range import Range


def mapped(scheme: LabelScheme, span: Span) -> Span | None:
    """The span with the label that it has in a scheme; `None` if its label is not in the scheme.

    A span that was a date by its label stays a date: its value shows it.
    """
    label = scheme.label_for(span.label)
    if label is None or label == span.label:
        return span if label is not None else None
    value = span.value
    if value is None and span.label in DATE_LABELS and label not in DATE_LABELS:
        value = Timex("DATE", "")
    return replace(span, label=label, value=value)


def means_dates(scheme: LabelScheme, name: str) -> bool:
    """Whether a label is the project's name for dates or times: its `from` names DATE or TIME."""
    label = scheme.named(name)
    return label is not None and not DATE_LABELS.isdisjoint(label.sources)


def as_dates(scheme: LabelScheme, changes: Iterable[Change]) -> tuple[Change, ...]:
    """The same changes, in which spans with a label for dates or times are marked as dates by their value."""
    marked = []
    for change in changes:
        after = change.after
        if after is not None and after.value is None and means_dates(scheme, after.label):
            change = Change(change.before, replace(after, value=Timex("DATE", "")))
        marked.append(change)
    return tuple(marked)


def outside(spans: Iterable[Span], scheme: LabelScheme) -> dict[str, int]:
    """How many accepted spans have a label that the project does not have or no longer has, by label."""
    counts: dict[str, int] = {}
    for span in spans:
        if span.accepted and not scheme.accepts(span.label):
            counts[span.label] = counts.get(span.label, 0) + 1
    return dict(sorted(counts.items()))


class ShownSuggestions:
    """The stored suggestions of one document that are visible under a project's labels.

    It keeps the suggestions whose label is not in the project, and the hidden dates, in the
    form that is stored, and makes `annotations.spans` what a person sees: these suggestions with the
    project's labels instead.
    """

    def __init__(self, annotations: AnnotationSet, scheme: LabelScheme) -> None:
        self._annotations = annotations
        self._scheme = scheme
        self._stored = SpanIndex()
        self._in_place: set[SpanKey] = set()
        """Suggestions that are visible in place of stored ones, and are not stored themselves."""
        self._all = False
        self._keep(list(annotations.spans))
        self._show(self._stored)

    @property
    def not_offered(self) -> list[Span]:
        """The suggestions whose label is not in the project, in reading order, without those that
        contradict a decision.
        """
        spans = self._annotations.spans
        return [
            span
            for span in self._stored
            if self._placed(span) is None
            and (span.key in self._in_place or edits.suggest(spans, [span], self._scheme.nested))
        ]

    def show_all(self, shown: bool) -> list[Range]:
        """Show or hide the suggestions whose label is not in the project; returns the ranges that look different."""
        if shown == self._all:
            return []
        self._all = shown
        others = self.not_offered
        self._show(others)
        return [(span.start, span.end) for span in others]

    def arriving(self, suggestions: Iterable[Span]) -> tuple[list[Span], tuple[Change, ...]]:
        """Suggestions under the project's labels, to be added normally; and the changes that keep the others."""
        placed: list[Span] = []
        others: list[Span] = []
        for suggestion in suggestions:
            under = self._placed(suggestion)
            if under is None:
                others.append(suggestion)
            elif not self._was_rejected(under):
                placed.append(under)
        found = edits.suggest(self._annotations.spans, others, self._scheme.nested)
        possible = [change.after for change in found if change.after is not None]
        return placed, edits.suggest(self._stored, possible)

    def as_stored(
        self, changes: tuple[Change, ...], aside: tuple[Change, ...]
    ) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
        """The changes of stored spans that correspond to these changes of visible spans."""
        if not len(self._stored):
            return changes, aside
        return self._translated(changes), self._translated(aside)

    @contextmanager
    def as_they_are_stored(self) -> Iterator[None]:
        """Inside this context, the spans are the stored ones, to make an edit of them."""
        kept, spans = list(self._stored), self._annotations.spans
        for span in kept:
            self._take_out(self._key_of(span))
        for span in kept:
            spans.add(span)
        yield
        for span in kept:
            spans.discard(span.key)
        self._show(kept)

    def _translated(self, changes: Iterable[Change]) -> tuple[Change, ...]:
        found = []
        for change in changes:
            before = change.before
            behind = self._behind(before.key) if before is not None and not before.decided else []
            if before is not None and before.key in self._in_place and behind:
                change = Change(behind.pop(0), change.after)
            found.append(change)
            found += [Change(span, None) for span in behind if span != change.before]
        return tuple(found)

    def before_applying(self, changes: Iterable[Change]) -> None:
        """Hide the suggestions that replace stored ones which are about to change."""
        for change in changes:
            if change.before is not None and change.before.key in self._stored:
                self._take_out(self._key_of(change.before))

    def after_applying(self, changes: Iterable[Change]) -> None:
        """Update the visible spans after an edit was applied."""
        changes = tuple(changes)
        for change in changes:
            if change.before is not None:
                self._stored.discard(change.before.key)
            if change.after is not None:
                # It is now stored, whatever was shown there before.
                self._in_place.discard(change.after.key)
        touched = [s for change in changes for s in (change.before, change.after) if s is not None]
        self._keep(change.after for change in changes if change.after is not None)
        beside = [one for s in touched for one in self._stored.overlapping(s.start, s.end)]
        self._show({span.key: span for span in beside}.values())

    def _keep(self, spans: Iterable[Span]) -> None:
        """Set aside and hide the undecided suggestions with other labels, and the hidden dates."""
        for span in spans:
            if not span.decided and (not self._scheme.accepts(span.label) or is_hidden_date(span)):
                self._annotations.spans.discard(span.key)
                self._stored.add(span)

    def _show(self, kept: Collection[Span] | SpanIndex) -> None:
        """Show the replacements for these set-aside suggestions, if they have any."""
        spans = self._annotations.spans
        for span in kept:
            self._take_out(self._key_of(span))
        for span in kept:
            shown = self._placed(span) or ((mapped(self._scheme, span) or span) if self._all else None)
            if shown is None or self._was_rejected(shown):
                continue
            # A suggestion that contradicts a decision is not shown, because it would not be added.
            for change in edits.suggest(spans, [shown], self._scheme.nested):
                if change.after is not None and (
                    change.before is None or change.before.key in self._in_place
                ):
                    spans.add(change.after)
                    self._in_place.add(change.after.key)

    def _placed(self, span: Span) -> Span | None:
        """The suggestion in the form that is offered; `None` if it is not offered."""
        return None if is_hidden_date(span) else mapped(self._scheme, span)

    def _take_out(self, key: SpanKey) -> None:
        if key in self._in_place:
            self._in_place.discard(key)
            self._annotations.spans.discard(key)

    def _key_of(self, span: Span) -> SpanKey:
        """The key of the visible form of a stored suggestion, if it is visible."""
        return SpanKey(span.start, span.end, self._scheme.label_for(span.label) or span.label)

    def _was_rejected(self, suggestion: Span) -> bool:
        """Whether it was rejected under a label that the project no longer has."""
        return self._scheme.own and any(
            span.rejected and self._scheme.label_for(span.label) == suggestion.label
            for span in self._annotations.spans.same_extent(suggestion.start, suggestion.end)
        )

    def _behind(self, key: SpanKey) -> list[Span]:
        """The stored suggestions that a visible one represents."""
        here = self._stored.same_extent(key.start, key.end)
        return [span for span in here if self._key_of(span) == key]
