"""What leads from one state of the annotations of a document to another."""

from annotations.model.annotation_set import AnnotationRow
from annotations.model.document_facts import FactChange, fact_changes
from annotations.model.edit import Change
from annotations.model.span_index import SpanIndex


def difference(
    before: AnnotationRow, after: AnnotationRow
) -> tuple[tuple[Change, ...], tuple[FactChange, ...]]:
    """The changes of spans and facts; both empty where nothing differs."""
    old, new = SpanIndex(before.spans), SpanIndex(after.spans)
    changes = [Change(span, new.get(span.key)) for span in old if new.get(span.key) != span]
    changes += [Change(None, span) for span in new if span.key not in old]
    return tuple(changes), fact_changes(before.facts, after.facts)
