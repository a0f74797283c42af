"""The changes that lead from one state of a document's annotations to another."""

from msgspec.structs import replace

from annotations.editing.held_suggestions import held_difference
from annotations.model.annotation_set import AnnotationRow, AnnotationSet
from annotations.model.document_facts import FactChange, fact_changes
from annotations.model.edit import Change, Edit, make_edit
from annotations.model.span_index import SpanIndex


def difference(
    before: AnnotationRow, after: AnnotationRow
) -> tuple[tuple[Change, ...], tuple[FactChange, ...]]:
    """The changes of spans and facts; both empty if there is no difference."""
    old, new = SpanIndex(before.spans), SpanIndex(after.spans)
    changes = [Change(span, new.get(span.key)) for span in old if new.get(span.key) != span]
    changes += [Change(None, span) for span in new if span.key not in old]
    return tuple(changes), fact_changes(before.facts, after.facts)


def restoring(now: AnnotationSet, then: AnnotationSet, annotator: str) -> Edit | None:
    """The edit that restores an earlier state, or `None` if there is no difference."""
    changes, facts = difference(now.to_row(), then.to_row())
    if not changes and not facts:
        return None
    edit = make_edit("restore", annotator, changes, facts, cursor=now.cursor)
    return replace(edit, held=held_difference(now, then))
