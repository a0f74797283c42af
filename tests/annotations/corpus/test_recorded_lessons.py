"""What was learned from one annotator's decisions in a store is the same after a restart as before it."""

import pytest

from annotations.corpus.recorded_lessons import decided_documents, recorded_lessons
from annotations.editing import commands as edits
from annotations.editing.document_session import DocumentSession
from annotations.learn.fitting import fitted_to
from annotations.learn.learned import Learned, TaughtByEdit
from annotations.learn.lesson import JudgedSuggestion, SuggestionDecided
from annotations.model.annotation_set import AnnotationSet
from annotations.model.document import Document
from annotations.model.edit import Edit
from annotations.model.label_scheme import Label, LabelScheme
from annotations.model.span import Span
from annotations.store.interface import Pending
from annotations.store.memory import MemoryStore
from tests.spans import sources_named

SCHEME = LabelScheme((Label("GPE", sources=("LOC",)), Label("ORG")), own=True)
BY = sources_named("model 1")
TEXTS = [
    "Quelfes lies near Moura, said Harbour Works of Quelfes. Brix is far.",
    "Moura and Brix again, with Harbour Works and the Fringe of Moura.",
    "Nothing was decided about Brix here.",
]


class Desk:
    """One person with the documents of a store."""

    def __init__(self, annotator: str = "ann", store: MemoryStore | None = None) -> None:
        self.annotator = annotator
        self.learned = Learned()
        self.store = store or MemoryStore()

    def open(self, text: str) -> DocumentSession:
        document = Document(text)
        annotations = self.store.load(document, self.annotator)
        session = DocumentSession(document, annotations, SCHEME, learned=self.learned)
        session.on_edit.append(lambda edit: self.keep(document, edit))
        return session

    def keep(self, document: Document, edit: Edit) -> None:
        self.store.commit([Pending(document.id, self.annotator, edit)], [document])


def suggestion(text: str, words: str, label: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words), label, sources=BY, score=0.8, beside=0.9)


def decide(desk: Desk) -> None:
    """Decide in two documents in turn, and undo something."""
    one, other, third = (desk.open(text) for text in TEXTS)
    fringe = TEXTS[1].index("Fringe")
    second = [Span(fringe, fringe + 6, "LOC", sources=BY, score=0.4)]
    one.suggest(
        BY[0], [suggestion(TEXTS[0], name, "LOC") for name in ("Quelfes", "Moura", "Brix")], None
    )
    other.suggest(
        BY[0],
        [suggestion(TEXTS[1], "Moura", "LOC"), suggestion(TEXTS[1], "Brix", "LOC")],
        None,
        second,
    )
    third.suggest(BY[0], [suggestion(TEXTS[2], "Brix", "LOC")], None)

    def undecided(session: DocumentSession) -> Span:
        return next(span for span in session.annotations.spans if not span.decided)

    one.apply("accept", edits.accept(undecided(one)), cursor=0)
    other.apply("reject", edits.reject(undecided(other), "ann"), cursor=0)
    one.apply("accept", edits.accept(undecided(one)), cursor=0, single=0)
    other.places.stopped_at((fringe, fringe + 6))
    start = TEXTS[1].index("Harbour")
    made = edits.label_range(other.annotations.spans, start, start + 13, "ORG", "ann")
    other.apply("create", made, cursor=0)
    one.apply("reject", edits.reject(undecided(one), "ann"), cursor=0)
    one.undo()


def restarted(store: MemoryStore, annotator: str = "ann") -> Learned:
    learned = Learned()
    for document in decided_documents(store, annotator):
        learned.read(recorded_lessons(store, annotator, document, SCHEME))
    return learned


def test_a_restart_leads_to_the_same_lessons_and_weights() -> None:
    desk = Desk()
    decide(desk)
    again = restarted(desk.store)
    assert again.lessons() == desk.learned.lessons()
    assert len(desk.learned.lessons()) == 5
    assert again.decisions == desk.learned.decisions == 2
    assert fitted_to(again.lessons()) == fitted_to(desk.learned.lessons()) != fitted_to([])
    assert again.memory.said("Moura", "GPE") == desk.learned.memory.said("Moura", "GPE")


def test_opening_a_document_that_was_read_already_teaches_nothing_twice() -> None:
    desk = Desk()
    decide(desk)
    again = Desk(store=desk.store)
    again.learned = restarted(desk.store)
    before = again.learned.decisions
    session = again.open(TEXTS[0])
    assert again.learned.decisions == before
    session.undo()
    session.undo()
    assert again.learned.decisions == before - 1


def test_only_documents_with_decisions_of_this_annotator_are_read_the_last_one_first() -> None:
    desk = Desk()
    decide(desk)
    ids = [Document(text).id for text in TEXTS]
    assert decided_documents(desk.store, "ann") == [ids[0], ids[1]]
    assert decided_documents(desk.store, "bo") == []
    assert recorded_lessons(desk.store, "bo", ids[0], SCHEME) == []
    assert recorded_lessons(desk.store, "ann", "0" * 64, SCHEME) == []


def test_the_label_map_of_the_project_comes_before_what_is_learned() -> None:
    desk = Desk()
    decide(desk)
    assert desk.learned.memory.rate("GPE", "pipeline").all == 2
    assert desk.learned.memory.rate("LOC", "pipeline").all == 0
    # Suggestions that were stored with labels of the pipeline count for the labels of the project.
    text = TEXTS[2]
    document = Document(text)
    stored = AnnotationSet(document.id, "ann")
    DocumentSession(document, stored, LabelScheme(())).suggest(
        BY[0], [suggestion(text, "Brix", "LOC")], None
    )
    learned = Learned()
    session = DocumentSession(document, AnnotationSet.from_row(stored.to_row()), SCHEME, learned=learned)
    (span,) = session.annotations.spans
    session.apply("accept", edits.accept(span), cursor=0)
    assert learned.memory.rate("GPE", "pipeline").all == 1


def decide_in_many(desk: Desk, documents: int) -> list[DocumentSession]:
    """Decide once in each of many documents, some accepted and some rejected, then once more in a few of them."""
    sessions = []
    for number in range(documents):
        text = f"Moura {number} met Brix {number % 7} in Quelfes."
        session = desk.open(text)
        session.suggest(
            BY[0], [suggestion(text, name, "LOC") for name in ("Moura", "Brix", "Quelfes")], None
        )
        sessions.append(session)
        decide_next(session, accept=number % 3 > 0)
    for session in sessions[::40]:
        decide_next(session, accept=True)
    sessions[0].undo()
    return sessions


def decide_next(session: DocumentSession, *, accept: bool) -> None:
    span = next(span for span in session.annotations.spans if not span.decided)
    session.apply(
        *(("accept", edits.accept(span)) if accept else ("reject", edits.reject(span, "ann"))), cursor=0
    )


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Decisions in 250 documents, more than are kept as single lessons."""
    monkeypatch.setattr("annotations.learn.learned.FITTED_TO", 80)
    monkeypatch.setattr("annotations.learn.learned.DROP_EVERY", 20)
    desk = Desk()
    decide_in_many(desk, 250)
    return desk


def test_hundreds_of_documents_lead_to_the_same_weights_and_memory_after_a_restart(
    desk: Desk,
) -> None:
    again = restarted(desk.store)
    kept = again.lessons_to_fit()
    assert kept == desk.learned.lessons_to_fit() != []
    assert 80 <= len(kept) < 100
    assert fitted_to(kept) == fitted_to(desk.learned.lessons_to_fit())
    assert again.decisions == desk.learned.decisions == 250 + 7 - 1
    for word in ("Moura 3", "Moura", "Brix", "Quelfes"):
        assert again.memory.said(word, "GPE") == desk.learned.memory.said(word, "GPE")
        assert again.memory.rate("GPE", "pipeline") == desk.learned.memory.rate("GPE", "pipeline")
    # The number of single lessons that are kept is limited, however many decisions there are.
    assert len(again.lessons()) <= 80 + 3 * 20


def test_a_document_whose_lessons_were_let_go_teaches_nothing_twice_and_can_take_back_what_it_taught(
    desk: Desk,
) -> None:
    again = Desk(store=desk.store)
    again.learned = restarted(desk.store)
    before, rate = again.learned.lessons_to_fit(), again.learned.memory.rate("GPE", "pipeline").all
    session = again.open("Moura 1 met Brix 1 in Quelfes.")
    assert (again.learned.decisions, again.learned.lessons_to_fit()) == (256, before)
    session.undo()
    assert again.learned.decisions == 255
    assert again.learned.memory.rate("GPE", "pipeline").all == rate - 1
    session.redo()
    decide_next(session, accept=False)
    assert again.learned.decisions == 257
    assert restarted(desk.store).lessons_to_fit() == again.learned.lessons_to_fit()


def test_how_all_spot_checks_came_out_is_known_whatever_was_let_go(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("annotations.learn.learned.FITTED_TO", 2)
    monkeypatch.setattr("annotations.learn.learned.DROP_EVERY", 1)
    learned = Learned()
    checked = JudgedSuggestion("d", "moura", "GPE", "GPE", "pipeline", ())
    for number in range(60):
        lesson = SuggestionDecided(checked, number % 2 > 0, spot_check=True)
        learned.read([TaughtByEdit(f"d{number}", f"e{number}", f"2026-01-{number % 9 + 10}", (lesson,))])
    assert (learned.spot_checks.wrong, learned.spot_checks.all) == (30, 60)
    assert len(learned.lessons()) <= 5
