"""The language of a document: a person can set it, and dates and suggestions change with it."""

import pytest

from annotations.dates.creation_time import CreationTime, find_creation_time
from annotations.dates.document_language import LanguageChoice
from annotations.dates.matcher import find_dates
from annotations.editing.annotator_state import AnnotatorState
from annotations.editing.open_document import OpenDocument
from annotations.model.annotation_set import AnnotationSet
from annotations.model.document import Document
from annotations.model.edit import Edit, Run
from annotations.model.errors import AnnotateError
from annotations.model.label_scheme import ONTONOTES
from annotations.model.source import DATE_RULES, Source
from annotations.model.span import Span, SpanKey
from annotations.model.value import Timex
from tests.spans import sources_named

TEXT = (
    "12. März 2020\n\nMontag: Der Hafen in Kiel wird am 5.6. um 9 Uhr wieder geöffnet, im Mai war er zu."
)


class Desk:
    """An open document, and a second copy of its annotations as the store has them."""

    def __init__(self, languages: LanguageChoice | None = None) -> None:
        document = Document(TEXT, "a.txt")
        self.stored = AnnotationSet(document.id, "ann")
        self.edits: list[Edit] = []
        state = AnnotatorState(languages=languages or LanguageChoice("en"))
        annotations = AnnotationSet(document.id, "ann")
        self.opened = OpenDocument(document, annotations, ONTONOTES, self._commit, state)
        self.session = self.opened.session
        self.session.dating.look_for_creation_time(
            lambda language: find_creation_time(TEXT, language=language)
        )

    def _commit(self, edit: Edit) -> None:
        self.edits.append(edit)
        self.stored.apply(edit)

    def read(self) -> None:
        """Suggest what the rules of the language find, and a name."""
        found = find_dates(TEXT, self.session.dating.language)
        run = Run(DATE_RULES, 0, len(TEXT))
        self.session.suggest(DATE_RULES, found, run)
        kiel = Span(
            TEXT.index("Kiel"), TEXT.index("Kiel") + 4, "GPE", sources=sources_named("patterns 1")
        )
        self.session.suggest(Source.parse("patterns 1"), [kiel], None)

    @property
    def suggested(self) -> list[str]:
        spans = self.session.annotations.spans
        return [TEXT[s.start : s.end] for s in spans if not s.decided]


def test_without_a_word_it_is_that_of_the_run_or_that_of_the_text() -> None:
    assert Desk().session.dating.language == "en"
    assert Desk(LanguageChoice()).session.dating.language == "de"
    desk = Desk(LanguageChoice(pipeline="fr"))
    assert desk.session.dating.language == "fr"
    desk.opened.properties.set_language("de")
    assert desk.session.dating.language == "de"
    assert desk.stored.facts.language == "de"
    desk.opened.properties.set_language("")
    assert desk.session.dating.language == "fr"


def test_what_was_suggested_in_the_wrong_language_goes_and_comes_back_by_undo() -> None:
    desk = Desk()
    desk.read()
    english = desk.suggested
    assert "Mai" not in english
    desk.opened.properties.set_language("de")
    assert desk.suggested == ["Kiel"]
    assert desk.session.annotations.runs == []
    desk.read()
    assert "Mai" in desk.suggested
    assert "um 9 Uhr" not in english
    desk.opened.review.undo()
    assert desk.session.dating.language == "en"
    desk.read()
    assert sorted(desk.suggested) == sorted(english)
    assert desk.stored.to_row() == desk.session.annotations.to_row()
    desk.opened.review.redo()
    assert desk.session.annotations.facts.language == "de"
    assert desk.suggested == ["Kiel"]


def test_accepted_dates_and_the_own_date_follow() -> None:
    desk = Desk()
    assert not desk.session.creation_time
    place = TEXT.index("Montag")
    key = SpanKey(place, place + 6, "DATE")
    desk.session.suggest(DATE_RULES, [Span(*key, sources=(DATE_RULES,))], None)
    desk.opened.selection.select_span(key)
    desk.opened.review.accept()
    outcome = desk.opened.properties.set_language("de")
    found = desk.session.creation_time
    assert found == CreationTime("2020-03-12", "dateline", 0, 13)
    span = desk.session.annotations.spans.get(key)
    assert span is not None
    assert isinstance(span.value, Timex)
    assert (span.value.value, outcome.message) == ("2020-03-09", "")
    desk.opened.review.undo()
    span = desk.session.annotations.spans.get(key)
    assert span is not None
    assert span.value is None


def test_what_a_person_flagged_stays() -> None:
    desk = Desk(LanguageChoice("de"))
    desk.read()
    place = TEXT.index("Montag")
    desk.opened.selection.select_span(SpanKey(place, place + 6, "DATE"))
    desk.opened.properties.toggle_flag()
    desk.opened.properties.set_language("en")
    assert desk.suggested == ["Montag", "Kiel"]


def test_a_language_that_there_is_not() -> None:
    with pytest.raises(AnnotateError, match="There is no language 'xx-y'"):
        Desk().opened.properties.set_language("xx-y")
