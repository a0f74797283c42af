"""Dates of a pipeline that are held back: hidden, shown with F5, and decided like any other date."""

from annotations.editing.filters import Filter
from annotations.editing.open_document import OpenDocument
from annotations.model.annotation_set import AnnotationSet
from annotations.model.document import Document
from annotations.model.document_summary import progress_of
from annotations.model.edit import Edit
from annotations.model.hidden_dates import HIDDEN_DATE, is_hidden_date
from annotations.model.label_scheme import ONTONOTES
from annotations.model.source import Source
from annotations.model.span import Span
from annotations.model.value import Timex
from tests.annotations.editing.keys import press
from tests.spans import sources_named

TEXT = "Ana flew on 3 May, in the 28th minute."
MAY = Span(12, 17, "DATE", sources=sources_named("m 1"))
MINUTE = Span(22, 37, "DATE", sources=sources_named("m 1"), value=Timex("DATE", "", rule=HIDDEN_DATE))


def opened_with_both() -> tuple[OpenDocument, AnnotationSet]:
    """A document in which both dates were suggested, and its stored annotations."""
    document = Document(TEXT, "a")
    stored = AnnotationSet(document.id, "ann")

    def commit(edit: Edit) -> None:
        stored.apply(edit)

    opened = OpenDocument(document, AnnotationSet(document.id, "ann"), ONTONOTES, commit)
    opened.session.suggest(Source.parse("m 1"), [MAY, MINUTE], None)
    return opened, stored


def test_what_is_held_back_is_stored_and_out_of_sight() -> None:
    opened, stored = opened_with_both()
    assert list(opened.session.annotations.spans) == [MAY]
    assert list(stored.spans) == [MAY, MINUTE]
    assert opened.session.not_offered == [MINUTE]
    again = OpenDocument(opened.session.document, AnnotationSet.from_row(stored.to_row()), ONTONOTES)
    assert list(again.session.annotations.spans) == [MAY]
    assert progress_of(stored.to_row()).undecided == 1


def test_it_is_in_sight_as_long_as_it_is_asked_for() -> None:
    opened, _ = opened_with_both()
    opened.review.choose(Filter(hidden_dates=True))
    assert list(opened.session.annotations.spans) == [MAY, MINUTE]
    assert (opened.selection.focus.start, opened.selection.focus.end) == (MINUTE.start, MINUTE.end)
    opened.review.choose(Filter())
    assert list(opened.session.annotations.spans) == [MAY]


def test_accepted_it_is_a_date_like_any_other() -> None:
    opened, stored = opened_with_both()
    opened.review.choose(Filter(hidden_dates=True))
    press(opened, "accept")
    (accepted,) = [span for span in stored.spans if span.accepted]
    assert accepted.key == MINUTE.key
    assert not is_hidden_date(accepted)
    opened.review.choose(Filter())
    assert accepted.key in opened.session.annotations.spans
    opened.review.undo()
    assert accepted.key not in opened.session.annotations.spans
    assert list(stored.spans) == [MAY, MINUTE]
