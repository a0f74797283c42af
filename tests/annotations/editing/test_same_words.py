"""The same words at places that a suggester missed: they are suggested, too, and doubtful until the
person confirms them.
"""

from annotations.editing import commands as edits
from annotations.editing.document_session import DocumentSession
from annotations.editing.same_words import same_words_elsewhere, suggest_same_words
from annotations.model.annotation_set import AnnotationSet
from annotations.model.document import Document
from annotations.model.label_scheme import Label, LabelScheme
from annotations.model.source import REPEATED
from annotations.model.span import Span
from annotations.model.span_index import SpanIndex
from tests.spans import sources_named

TEXT = "Quelfes and Moura: Quelfes, Mouras and Moura, on Monday and Monday, the Moura."
SCHEME = LabelScheme((Label("GPE"), Label("ORG"), Label("DATE")))
BY = sources_named("model 1")


def suggestion(words: str, label: str, nth: int = 0) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return Span(start, start + len(words), label, sources=BY, score=0.99, beside=0.99)


def found(*spans: Span) -> list[tuple[int, str]]:
    return [(one.start, one.label) for one in same_words_elsewhere(TEXT, SpanIndex(spans), SCHEME)]


def test_whole_words_in_the_same_case_that_no_span_covers() -> None:
    moura = suggestion("Moura", "GPE")
    assert found(moura) == [(TEXT.index("Moura,"), "GPE"), (TEXT.index("Moura."), "GPE")]
    rejected = Span(TEXT.index("Moura,"), TEXT.index("Moura,") + 5, "ORG", "rejected")
    assert found(moura, rejected) == [(TEXT.index("Moura."), "GPE")]


def test_names_of_four_letters_and_more_also_inside_words_that_were_run_together() -> None:
    text = "Quelfes and Rio. In QuelfesMouraRio, Quelfeses."
    quelfes, rio = (Span(text.index(w), text.index(w) + len(w), "GPE") for w in ("Quelfes", "Rio"))
    glued = same_words_elsewhere(text, SpanIndex([quelfes, rio]), SCHEME)
    assert [text[one.start :] for one in glued] == ["QuelfesMouraRio, Quelfeses."]
    assert [text[one.start : one.end] for one in glued] == ["Quelfes"]


def test_the_most_frequent_label_and_no_dates() -> None:
    spans = [suggestion("Moura", "ORG"), suggestion("Moura", "GPE", 2), suggestion("Monday", "DATE")]
    # Of two labels with the same frequency, the first by name.
    assert found(*spans) == [(TEXT.index("Moura."), "GPE")]


def test_it_is_doubtful_until_the_person_says_so_of_the_words() -> None:
    document = Document(TEXT)
    session = DocumentSession(document, AnnotationSet(document.id, "ann"), SCHEME)
    assert suggest_same_words(session).edit is None
    quelfes = suggestion("Quelfes", "GPE")
    session.suggest(BY[0], [quelfes], None)
    edit = suggest_same_words(session).edit
    assert edit is not None
    assert edit.by == str(REPEATED)
    assert suggest_same_words(session).edit is None
    spans = session.annotations.spans
    (other,) = [span for span in spans if span.sources == (REPEATED,)]
    assert session.doubts.stops_at(other)
    assert session.doubts.reasons(other)[0] == "suggested only elsewhere"
    session.apply("accept", edits.accept(quelfes), cursor=0)
    session.doubts.look([other])
    assert not session.doubts.of(other).doubtful
