"""Places where a name may be that was not suggested: which of the found places are still shown."""

from annotations.editing import commands as edits
from annotations.editing.document_session import DocumentSession
from annotations.editing.found_places import LEAST_CHANCE, FoundPlaces
from annotations.learn.name_place import NamePlace
from annotations.model.annotation_set import AnnotationSet
from annotations.model.document import Document
from annotations.model.label_scheme import Label, LabelScheme
from annotations.model.span import Span, Status
from annotations.model.span_index import SpanIndex

TEXT = "Moura, Olhao, Fuseta, Tavira"


def place(start: int, end: int, chance: float = 0.5) -> NamePlace:
    return NamePlace(start, end, "ORG", chance, "a capital")


def test_places_are_found_by_range_in_reading_order() -> None:
    places = FoundPlaces(TEXT, SpanIndex())
    places.take_in([place(20, 25), place(0, 5), place(10, 15)])
    places.look()
    assert [found.start for found in places.overlapping(0, 100)] == [0, 10, 20]
    assert [found.start for found in places.overlapping(14, 20)] == [10]
    assert [found.start for found in places.overlapping(15, 21)] == [20]
    assert places.overlapping(5, 10) == []


def test_what_is_hardly_likely_is_no_place_and_of_two_over_one_another_the_likelier_stays() -> None:
    places = FoundPlaces(TEXT, SpanIndex())
    places.take_in(
        [
            place(0, 5, LEAST_CHANCE - 0.01),
            place(10, 20, LEAST_CHANCE),
            place(15, 25, 0.9),
            place(24, 30),
        ]
    )
    places.look()
    assert [(found.start, found.end) for found in places.overlapping(0, 100)] == [(15, 25)]


def test_a_span_in_any_state_stands_on_a_place_until_it_goes() -> None:
    spans = SpanIndex()
    places = FoundPlaces(TEXT, spans)
    places.take_in([place(0, 5)])
    places.look()
    statuses: tuple[Status, ...] = ("suggested", "accepted", "rejected")
    for status in statuses:
        span = Span(4, 8, "ORG", status)
        spans.add(span)
        assert places.overlapping(0, 5) == []
        spans.discard(span.key)
    assert places.overlapping(0, 5) == [place(0, 5)]


def test_words_that_were_rejected_elsewhere_under_a_label_are_no_place_there() -> None:
    hidden = [Span(3, 5, "ORG")]
    places = FoundPlaces(TEXT, SpanIndex(), lambda: hidden)
    places.take_in([place(0, 5), place(5, 9)])
    places.look()
    assert places.overlapping(0, 9) == [place(5, 9)]
    hidden.clear()
    assert places.overlapping(0, 9) == [place(0, 5), place(5, 9)]


def test_what_is_found_anew_is_there_from_the_next_look_on_in_place_of_what_was() -> None:
    places = FoundPlaces(TEXT, SpanIndex())
    places.take_in([place(0, 5), place(10, 15)])
    assert places.overlapping(0, 100) == []
    assert sorted(places.look()) == [(0, 5), (10, 15)]
    assert places.look() == []
    places.take_in([place(10, 15), place(20, 25)])
    assert [found.start for found in places.overlapping(0, 100)] == [0, 10]
    assert sorted(places.look()) == [(0, 5), (20, 25)]
    assert [found.start for found in places.overlapping(0, 100)] == [10, 20]
    places.take_in([place(10, 15), place(20, 25)])
    assert places.look() == []


def test_the_next_edit_says_which_places_the_person_stopped_at() -> None:
    document = Document("Quelfes and Moura")
    session = DocumentSession(document, AnnotationSet(document.id, "ann"), LabelScheme((Label("GPE"),)))
    for _ in range(2):
        session.places.stopped_at((12, 17))
    edits = [session.apply("place", cursor=cursor).edit for cursor in (1, 2)]
    assert [edit.places for edit in edits if edit] == [((12, 17),), ()]


def test_words_that_were_passed_over_are_no_place_elsewhere_in_the_article() -> None:
    document = Document("The Harbour Watch sank, the Harbour\nWatch rose, and Moura and Moura slept.")
    annotations = AnnotationSet(document.id, "ann")
    session = DocumentSession(document, annotations, LabelScheme((Label("GPE"),)))
    first, again, moura, other = (place(4, 17), place(28, 41), place(52, 57), place(62, 67))
    found = [first, again, moura, other]
    session.places.take_in(found)
    session.places.look()
    session.places.stopped_at((first.start, first.end))
    session.places.stopped_at((moura.start, moura.end), named=True)
    # The same words elsewhere are not shown any more; the place itself stays. Places with words that
    # were labelled stay, until the words are suggested there.
    assert session.places.overlapping(0, 100) == [first, moura, other]
    assert session.places.look() == [(again.start, again.end)]
    assert session.places.look() == []
    made = edits.label_range(annotations.spans, moura.start, moura.end, "GPE", "ann")
    session.apply("create", made, cursor=0)
    later = AnnotationSet.from_row(annotations.to_row())
    reopened = DocumentSession(document, later, LabelScheme((Label("GPE"),)))
    for span in list(reopened.annotations.spans):
        reopened.annotations.spans.discard(span.key)
    reopened.places.take_in(found)
    reopened.places.look()
    assert reopened.places.overlapping(0, 100) == [first, moura, other]
