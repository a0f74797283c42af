from annotations.corpus.statistics import statistics
from annotations.editing.effort import PAUSE, Effort
from annotations.editing.open_document import OpenDocument
from annotations.model.annotation_set import AnnotationRow, AnnotationSet
from annotations.model.document import Document
from annotations.model.edit import Edit
from annotations.model.label_scheme import ONTONOTES
from annotations.model.source import Source
from annotations.model.span import Span
from annotations.store.encoding import encode
from annotations.store.tinydb_file.decoding import Decoder
from tests.spans import sources_named
from tests.texts import ARTICLE


def session_with(*suggested: tuple[str, str]) -> tuple[OpenDocument, list[Edit]]:
    document = Document(ARTICLE, "a.txt")
    done: list[Edit] = []
    opened = OpenDocument(document, AnnotationSet(document.sha256, "ann"), ONTONOTES, done.append)
    places = [(ARTICLE.index(words), words, label) for words, label in suggested]
    spans = [Span(at, at + len(w), label, sources=sources_named("model 1")) for at, w, label in places]
    opened.session.suggest(Source.parse("model 1"), spans, None)
    return opened, done


def test_each_span_is_counted_by_what_became_of_it() -> None:
    opened, _ = session_with(
        ("Lisbon", "GPE"), ("Rotterdam", "GPE"), ("Tuesday", "DATE"), ("Sines", "GPE"), ("AfDB", "ORG")
    )
    opened.review.next_undecided()
    opened.review.accept()
    opened.review.label("ORG")
    opened.resizing.grow_right()
    opened.review.next_undecided()
    opened.review.reject()
    opened.selection.place(ARTICLE.index("Reuters"))
    opened.review.label("ORG")
    figures = statistics(opened.session.annotations)
    table = {(t.label, str(t.source)): tuple(t.numbers.values()) for t in figures.tallies}
    assert table == {
        ("DATE", "model 1"): (0, 1, 0, 0, 0),
        ("GPE", "model 1"): (1, 0, 0, 1, 0),
        ("ORG", "model 1"): (0, 1, 0, 0, 1),
        ("ORG", "ann"): (0, 0, 1, 0, 0),
        # The other mention of Rotterdam.
        ("ORG", "learned:carry-on"): (0, 0, 0, 0, 1),
    }
    assert tuple(figures.total.values()) == (1, 2, 1, 1, 2)
    assert figures.decided == 5


def test_a_long_pause_counts_as_a_minute() -> None:
    effort = Effort()
    for now in (100.0, 101.5, 2000.0, 2000.5):
        effort.press(now)
    assert effort.take() == (4, 1.5 + PAUSE + 0.5)
    effort.press(2001.5)
    assert effort.take() == (1, 1.0)


def test_keys_and_seconds_are_kept_with_the_edits_and_survive_storing() -> None:
    opened, done = session_with(("Lisbon", "GPE"), ("Rotterdam", "GPE"))
    for now in (0.0, 2.0):
        opened.effort.press(now)
    opened.review.next_undecided()
    opened.review.accept()
    opened.effort.press(5.0)
    opened.review.undo()
    assert [(edit.kind, edit.keys, edit.seconds) for edit in done] == [
        ("suggest", 0, 0.0),
        ("accept", 2, 2.0),
        ("undo", 1, 3.0),
    ]
    stored = Decoder(AnnotationRow).decode(encode(opened.session.annotations.to_row()))
    again = AnnotationSet.from_row(stored)
    assert (again.keys, again.seconds) == (3, 5.0)
    replayed = AnnotationSet(opened.session.document.sha256, "ann")
    for edit in done:
        replayed.apply(Decoder(Edit).decode(encode(edit)))
    assert replayed.to_row() == opened.session.annotations.to_row()


def test_an_article_without_spans_has_figures_too() -> None:
    opened, _ = session_with()
    figures = statistics(opened.session.annotations)
    assert (figures.tallies, figures.decided, figures.keys) == ((), 0, 0)
