"""Renaming one label in all stored annotations: the work of `annotate relabel OLD NEW`."""

from collections.abc import Iterable
from typing import assert_never

from annotations.dates.document_dates import DATE_LABELS
from annotations.model.annotation_set import AnnotationSet
from annotations.model.edit import Change, Edit, make_edit
from annotations.model.span import Span, SpanKey, Status, replace
from annotations.model.span_index import SpanIndex
from annotations.model.value import Timex


def relabelling(annotations: AnnotationSet, old: str, new: str, by: str) -> Edit | None:
    """The edit, made by `by`, that gives accepted and undecided spans labelled `old` the label `new`.

    If a span with the new label has the same extent, the two are merged. Rejected spans stay: they
    record what was wrong with the old label. `None` if nothing would change.
    """
    if old == new:
        return None
    changes = [
        change
        for span in annotations.spans
        if span.label == old and not span.rejected
        for change in _relabelled(annotations.spans, span, new)
    ]
    return make_edit("relabel", by, changes, cursor=annotations.cursor) if changes else None


def number_relabelled(edit: Edit, old: str) -> int:
    """How many spans of the old label an edit made by `relabelling` changes."""
    return sum(change.before is not None and change.before.label == old for change in edit.changes)


def _relabelled(spans: SpanIndex, span: Span, new: str) -> Iterable[Change]:
    value = span.value
    if value is None and span.label in DATE_LABELS and new not in DATE_LABELS:
        # Only its label showed that it is a date.
        value = Timex("DATE", "")
    after = replace(span, label=new, value=value)
    there = spans.get(SpanKey(span.start, span.end, new))
    if there is None:
        return (Change(span, after),)
    return (Change(there, None), Change(span, _one_of(there, after)))


def _weight(status: Status) -> int:
    match status:
        case "accepted":
            return 2
        case "rejected":
            return 1
        case "suggested":
            return 0
        case unknown:
            assert_never(unknown)


def _one_of(there: Span, coming: Span) -> Span:
    """Two spans of one extent and label merged into one: a decision counts more than none, acceptance most.

    If both have the same status, the properties of the existing one come first.
    """
    first, second = sorted((there, coming), key=lambda span: -_weight(span.status))
    return replace(
        first,
        sources=tuple(dict.fromkeys(first.sources + second.sources)),
        score=first.score if first.score is not None else second.score,
        value=first.value or second.value,
        comment="\n".join(dict.fromkeys(one.comment for one in (there, coming) if one.comment)),
        flagged=there.flagged or coming.flagged,
    )
