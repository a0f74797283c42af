from annotations.formats.annotated_document import annotated
from annotations.formats.format import Reading
from annotations.formats.loss import Loss
from annotations.formats.white_space import without_white_space
from annotations.model.span import Span

TEXT = "Rui Gomes \t\n\u00a0in Porto"


def test_spans_of_white_space_only_are_listed_and_not_imported() -> None:
    spans = [Span(0, 10, "PERSON"), Span(9, 13, "ORG"), Span(3, 4, "GPE"), Span(16, 21, "GPE")]
    before = Loss("foreign", "a field")
    ((found, losses, complete, key),) = without_white_space(
        [Reading(annotated(TEXT, spans), [before], complete=True, key="7")]
    )
    assert (complete, key) == (True, "7")
    assert [(span.start, span.end) for span in found.spans] == [(0, 10), (16, 21)]
    assert losses[0] is before
    assert [(loss.part, loss.reason, loss.key and loss.key.start) for loss in losses[1:]] == [
        ("span", "a span of white space only", 3),
        ("span", "a span of white space only", 9),
    ]


def test_a_reading_without_such_spans_passes_as_it_is() -> None:
    reading = Reading(annotated(TEXT, [Span(0, 3, "PERSON")]), [])
    (passed,) = without_white_space([reading])
    assert passed.annotated is reading.annotated
    assert passed.losses == []
