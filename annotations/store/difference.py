"""What leads from one state of the annotations of a document to another."""

from annotations.model.annotation_set import AnnotationRow
from annotations.model.edit import Change, Fact, FactChange
from annotations.model.span_index import SpanIndex


def difference(
    before: AnnotationRow, after: AnnotationRow
) -> tuple[tuple[Change, ...], tuple[FactChange, ...]]:
    """The changes of spans and facts; both empty where nothing differs."""
    old, new = SpanIndex(before.spans), SpanIndex(after.spans)
    changes = [Change(span, new.get(span.key)) for span in old if new.get(span.key) != span]
    changes += [Change(None, span) for span in new if span.key not in old]
    names: list[Fact] = sorted({*before.facts, *after.facts})
    facts = [
        FactChange(name, before.facts.get(name, ""), after.facts.get(name, ""))
        for name in names
        if before.facts.get(name, "") != after.facts.get(name, "")
    ]
    return tuple(changes), tuple(facts)
