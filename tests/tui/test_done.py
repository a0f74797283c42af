"""Done on the screen and from the shell."""

import json
from pathlib import Path

import pytest

from annotations.editing.open_document import OpenDocument
from annotations.model.annotation_set import AnnotationRow
from annotations.model.document import Document
from annotations.model.document_facts import NO_FACTS, DocumentFacts, fact_changes
from annotations.model.edit import make_edit
from annotations.model.label_scheme import ONTONOTES
from annotations.model.source import Source
from annotations.model.span import Span
from annotations.store.interface import Earlier, Pending
from annotations.store.opening import open_store
from annotations.text.article_file import read_document
from tests.spans import sources_named
from tests.texts import ARTICLE
from tests.tui.conftest import Open, Screen
from tests.tui.memory_writer import MemoryWriter
from tui.cli import main
from tui.workspace.suggestions import Suggested, SuggestingProgress


def is_done(screen: Screen) -> bool:
    return screen.app.reader.opened.session.annotations.facts.done


async def test_the_key_asks_once_more_while_something_is_undecided(open_article: Open) -> None:
    async with open_article() as screen:
        await screen.press("D")
        await screen.settle()
        assert not is_done(screen)
        said = " Done? 5 undecided suggestions will count as no entity.  D done  Esc not done"
        assert screen.rows[-1] == said
        await screen.press("D")
        await screen.settle()
        assert is_done(screen)
        assert screen.rows[0].startswith(" harbour.txt  done  ")
        said = " ✓ done  0 decided · 5 undecided suggestions count as no entity"
        assert screen.rows[-2].startswith(said)
        assert screen.rows[-1].startswith(" Space next  Tab review")
        await screen.press("U")
        await screen.settle()
        assert not is_done(screen)
        assert "done" not in screen.rows[0]


async def test_the_key_held_down_does_not_answer_its_own_question(
    open_article: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.keys.held_key.REPEATS_WITHIN", 3600.0)
    async with open_article() as screen:
        await screen.press("D", "D", "D")
        assert "Done?" in screen.text
        assert not is_done(screen)
        await screen.press("escape", "D", "enter")
        assert is_done(screen)


@pytest.mark.parametrize(("key", "done"), [("enter", True), ("escape", False)])
async def test_the_question_has_an_answer(key: str, done: bool, open_article: Open) -> None:
    async with open_article() as screen:
        await screen.press("D", key)
        assert is_done(screen) == done
        assert screen.app.reader.keys.mode is None
        assert all(status == "suggested" for _, _, status in screen.spans)


async def test_any_other_key_leaves_the_question_and_does_what_it_does(open_article: Open) -> None:
    async with open_article() as screen:
        await screen.press("D", "space")
        assert (screen.focus, is_done(screen), screen.app.reader.keys.mode) == ("Lisbon", False, None)
        await screen.press("D", "o")
        assert ("Lisbon", "ORG", "accepted") in screen.spans
        await screen.press("D", "f3")
        await screen.settle()
        assert "Done?" not in screen.text
        await screen.press("D", "backspace", "D", "enter")
        assert is_done(screen)


async def test_with_nothing_undecided_one_key_is_enough(open_article: Open) -> None:
    async with open_article(suggested=[("Lisbon", "GPE")]) as screen:
        await screen.press("space", "enter", "D")
        assert is_done(screen)
        await screen.press("D")
        await screen.settle()
        assert "already done; undo takes that back" in screen.text


async def test_it_asks_too_while_suggestions_are_still_looked_for(open_article: Open) -> None:
    async with open_article(suggested=[]) as screen:
        screen.app.post_message(SuggestingProgress(screen.key, "names 40 %"))
        await screen.wait(lambda: bool(screen.app.reader.around.progress))
        await screen.press("D")
        await screen.settle()
        assert not is_done(screen)
        assert "Done? Suggestions still being made will not be added." in screen.text


async def test_the_question_leaves_room_for_its_keys(open_article: Open) -> None:
    async with open_article(size=(80, 24)) as screen:
        screen.app.post_message(SuggestingProgress(screen.key, "names 40 %"))
        await screen.wait(lambda: bool(screen.app.reader.around.progress))
        await screen.press("D")
        await screen.settle()
        assert " undecided and names to come count as no entity.  D done  Esc not done" in screen.text


async def test_new_suggestions_do_not_enter_a_done_document_which_is_said(open_article: Open) -> None:
    async with open_article() as screen:
        await screen.press("D", "D")
        at = ARTICLE.index("Sines")
        late = [Span(at, at + 5, "GPE", sources=sources_named("model 2"))]
        screen.app.post_message(Suggested(screen.key, Source.parse("model 2"), late))
        await screen.wait(
            lambda: "what model 2 suggests now is not added" in screen.app.reader.around.notice
        )
        assert len(screen.spans) == 5
        await screen.press("U")
        assert len(screen.spans) == 6


@pytest.mark.parametrize("width", [40, 60, 80, 120])
async def test_the_header_says_done_at_every_width(width: int, open_article: Open) -> None:
    async with open_article(size=(width, 24)) as screen:
        await screen.press("D", "D")
        await screen.settle()
        assert " done " in screen.rows[0]


async def test_the_question_is_drawn_over_a_search_that_was_marked(open_article: Open) -> None:
    async with open_article() as screen:
        await screen.press("/", *"Lisbon", "enter", "D", "escape")
        assert screen.app.reader.keys.mode is None
        await screen.press("N")
        assert screen.focus == "Lisbon" or screen.focus == "LISBON"


async def test_a_changed_text_is_not_done_any_more_which_is_said(open_article: Open) -> None:
    old = Document(f"{ARTICLE}old", "/articles/harbour.txt")
    span = Span(ARTICLE.index("Sines"), ARTICLE.index("Sines") + 5, "GPE", "accepted")
    row = AnnotationRow(old.id, "ann", (span,), DocumentFacts.of(done=True, flagged=True))
    writer = MemoryWriter(lambda state: None)
    writer.begin_with_earlier(Earlier(old, row))
    async with open_article(writer=writer, suggested=[]) as screen:
        await screen.wait(
            lambda: "It was marked as done; with the new text it no longer is." in screen.text
        )
        await screen.press("enter")
        await screen.settle()
        assert screen.app.reader.opened.session.annotations.facts == DocumentFacts.of(flagged=True)
        assert "No longer done: the text has changed." in screen.text


# From the shell


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two articles that ann annotated, one of them with a suggestion, and one that bob annotated."""
    monkeypatch.chdir(tmp_path)
    store = open_store(tmp_path / "annotations.json")
    pending: list[Pending] = []
    for name, by in (("begun", "ann"), ("whole", "ann"), ("bobs", "bob")):
        article = tmp_path / f"{name}.txt"
        article.write_text(f"Ana met Bo in Rome, {name}.", "utf-8")
        document = read_document(str(article))
        annotations = store.load(document, by)

        def commit(edit: object, key: tuple[str, str] = (document.id, by)) -> None:
            pending.append(Pending(*key, edit))  # type: ignore[arg-type]

        opened = OpenDocument(document, annotations, ONTONOTES, commit)
        opened.review.label("PERSON")
        if name == "begun":
            opened.session.suggest(
                Source.parse("m 1"), [Span(14, 18, "GPE", sources=sources_named("m 1"))], None
            )
    store.commit(pending)
    store.close()
    return tmp_path / "annotations.json"


def facts(database: Path) -> list[DocumentFacts]:
    store = open_store(database, read_only=True)
    rows = [row for document in store.documents() for row in store.annotations(document.id)]
    store.close()
    return [row.facts for row in rows]


def test_articles_are_marked_and_not_marked_any_more(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ann = ("--annotator", "ann")
    assert main(["done", "begun.txt", "whole.txt", *ann]) == 2
    assert "begun.txt: 1)" in capsys.readouterr().err
    assert facts(database) == [NO_FACTS] * 3
    assert main(["done", "begun.txt", "whole.txt", *ann, "--yes"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "begun.txt: done; 1 undecided counts as no entity.",
        "whole.txt: done.",
    ]
    assert facts(database) == [DocumentFacts.of(done=True)] * 2 + [NO_FACTS]
    assert main(["stats", "whole.txt"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "ann: 1 of 1 decided; done"
    assert main(["done", "whole.txt", *ann]) == 0
    assert capsys.readouterr().out == "whole.txt: already done.\n"
    assert main(["done", "begun.txt", "whole.txt", *ann, "--undo"]) == 0
    assert facts(database) == [NO_FACTS] * 3
    assert main(["done", "whole.txt", *ann, "--undo"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "whole.txt: not done."
    assert main(["stats", "begun.txt"]) == 0
    assert "; not done" in capsys.readouterr().out.splitlines()[0]
    assert main(["log", "whole.txt"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert "marked the document as done" in said[-2]
    assert "undid" in said[-1]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["bobs.txt", "--annotator", "ann"], "only by bob; name one of them"),
        (["none.txt", "--annotator", "ann"], "no annotations of none.txt"),
        (["whole.txt", "none.txt", "--annotator", "ann"], "no annotations of none.txt"),
        (["whole.txt", "--annotator", "\x1b"], "not a name for an annotator"),
        (["whole.txt", "--db", "none.json"], "no database"),
    ],
)
def test_what_cannot_be_marked_is_said_and_nothing_is_marked(
    database: Path, arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["done", *arguments]) == 2
    assert says in capsys.readouterr().err
    assert facts(database) == [NO_FACTS] * 3
    assert not Path("none.json").exists()


def test_done_and_not_done_leave_as_what_they_are(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "--format", "iob2", "-o", "x.conll"]) == 2
    said = capsys.readouterr().err
    assert "annotate done" in said
    assert "--undone outside" in said
    assert not Path("x.conll").exists()
    assert main(["done", "begun.txt", "--annotator", "ann", "--yes"]) == 0
    assert main(["export", "--format", "iob2", "-o", "x.conll"]) == 0
    said = capsys.readouterr().err
    assert "lost: 1 × undecided in a document that is done" in said
    assert "not done, left out" in said
    assert "whole.txt by ann: 0 of 1 undecided; bobs.txt by bob: 0 of 1 undecided" in said
    assert Path("x.conll").read_text().count("-DOCSTART-") == 1
    assert main(["export", "--format", "jsonl", "-o", "x.jsonl"]) == 0
    lines = [json.loads(line) for line in Path("x.jsonl").read_text().splitlines()]
    assert [line["done"] for line in lines] == [True, False, False]
    capsys.readouterr()
    assert main(["export", "--format", "iob2", "-o", "y.conll", "--undone", "missing"]) == 2
    assert "leave-out or outside" in capsys.readouterr().err
    assert main(["export", "--format", "jsonl", "-o", "y.jsonl", "--strict"]) == 3
    assert not Path("y.jsonl").exists()


def test_parts_are_divided_among_what_is_written(database: Path) -> None:
    assert main(["done", "whole.txt", "--annotator", "ann"]) == 0
    assert main(["done", "bobs.txt", "--annotator", "bob"]) == 0
    to = ["--output", "parts", "--split", "train=0.5,dev=0.5"]
    assert main(["export", "--format", "iob2", *to]) == 0
    texts = [file.read_text() for file in sorted(Path("parts").iterdir())]
    assert [text.count("-DOCSTART-") for text in texts] == [1, 1]


def test_facts_in_another_order_read_back_as_well(database: Path) -> None:
    store = open_store(database)
    document = read_document("whole.txt")
    for said in (DocumentFacts.of(done=True), DocumentFacts.of(comment="fine")):
        edit = make_edit("document", "ann", (), fact_changes(NO_FACTS, said))
        store.load(document, "ann")
        store.commit([Pending(document.id, "ann", edit)])
    store.close()
    assert main(["export", "--format", "jsonl", "-o", "x.jsonl", "--document", "whole.txt"]) == 0
