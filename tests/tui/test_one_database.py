"""Commands and the screen use the database only through the one TinyDB object."""

import queue
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from annotations.editing.commands import label_range
from annotations.model.annotation_set import AnnotationSet
from annotations.model.document import Document
from annotations.model.edit import make_edit
from annotations.store.interface import Pending, SaveState, StoreError
from annotations.store.opening import open_store, open_writer
from annotations.store.tinydb_file.database import AnnotationDatabase
from annotations.store.tinydb_file.storage import JournalStorage
from tui.cli import main
from tui.command_line.usage import COMMANDS as COMMAND_NAMES
from tui.workspace.queue_source import StoredDocuments

TEXT = "Ann Lee met Bo in Zürich.\r\n"


def broken(*_: object, **__: object) -> object:
    raise StoreError("Nothing goes through here.")


@pytest.fixture
def article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An article with annotations in the database of the current folder."""
    monkeypatch.chdir(tmp_path)
    article = tmp_path / "article.txt"
    article.write_text(TEXT, newline="")
    document = Document(TEXT, str(article))
    store = open_store(tmp_path / "annotations.json")
    live = store.load(document, "ann")
    edit = make_edit("create", "ann", label_range(live.spans, 0, 7, "PERSON", "ann"))
    store.commit([Pending(document.id, "ann", edit)])
    store.close()
    (tmp_path / "more.jsonl").write_text('{"text": "Bo left.", "spans": []}\n')
    return article


COMMANDS = [
    ["list"],
    ["list", "."],
    ["stats", "article.txt"],
    ["log", "article.txt"],
    ["export", "--format", "jsonl", "--output", "out.jsonl"],
    ["relabel", "PERSON", "ORG"],
    ["remove", "article.txt", "--yes"],
    ["restore", "article.txt", "--at", "2100-01-01"],
    ["done", "article.txt", "--annotator", "ann"],
    ["import", "more.jsonl"],
    ["prune", "--before", "2100-01-01", "--yes"],
    ["doctor"],
    ["doctor", "--repair"],
]
WRITING = [
    ["relabel", "PERSON", "ORG"],
    ["remove", "article.txt", "--yes"],
    ["done", "article.txt", "--annotator", "ann"],
    ["import", "more.jsonl"],
]


def break_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(JournalStorage, "read", broken)


def break_writing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("write", "commit"):
        monkeypatch.setattr(JournalStorage, name, broken)
    monkeypatch.setattr(AnnotationDatabase, "commit", broken)


@pytest.mark.parametrize("writing_works", [False, True], ids=["no writing", "no reading"])
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_reads_or_writes_beside_the_storage(
    article: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: list[str],
    writing_works: bool,
) -> None:
    """Where writing works, the broken reading stops the command: it reads nothing in another way."""
    before = {file.name: file.read_bytes() for file in article.parent.iterdir()}
    break_reading(monkeypatch)
    if not writing_works:
        break_writing(monkeypatch)
    assert main(command) == 2
    assert "Nothing goes through here." in capsys.readouterr().err
    assert {file.name: file.read_bytes() for file in article.parent.iterdir()} == before


@pytest.mark.parametrize("command", WRITING, ids=lambda command: command[0])
def test_no_command_writes_beside_the_storage(
    article: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: list[str],
) -> None:
    database = article.with_name("annotations.json")
    before = database.read_bytes()
    break_writing(monkeypatch)
    assert main(command) == 2
    assert "Nothing goes through here." in capsys.readouterr().err
    assert database.read_bytes() == before


def test_the_list_of_commands_that_were_tried_is_whole() -> None:
    without_database = {"completion", "formats", "init", "suggest"}
    assert {command[0] for command in COMMANDS} == set(COMMAND_NAMES) - without_database


@pytest.mark.parametrize("ask", [StoredDocuments.summaries, lambda stored: stored.document("0" * 64)])
def test_the_queue_of_documents_reads_nothing_beside_the_storage(
    article: Path, monkeypatch: pytest.MonkeyPatch, ask: Callable[[StoredDocuments], object]
) -> None:
    break_reading(monkeypatch)
    with pytest.raises(StoreError, match="Nothing goes through here"):
        ask(StoredDocuments(str(article.with_name("annotations.json")), "ann"))


def test_what_the_screen_writes_with_reads_and_writes_nothing_beside_the_storage(
    article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = article.with_name("annotations.json")
    document = Document(TEXT, str(article))
    states: queue.SimpleQueue[SaveState] = queue.SimpleQueue()
    found: queue.SimpleQueue[AnnotationSet | StoreError] = queue.SimpleQueue()
    journal = database.with_name("annotations.json.journal")
    writer = open_writer(database, states.put, lambda *_: None)
    writer.start()
    writer.load(document, "ann", found.put)
    live = found.get(timeout=10)
    assert isinstance(live, AnnotationSet)
    before = (database.read_bytes(), journal.read_bytes())
    break_reading(monkeypatch)
    break_writing(monkeypatch)
    writer.load(document, "bob", found.put)
    assert isinstance(found.get(timeout=10), StoreError)
    edit = make_edit("create", "ann", label_range(live.spans, 12, 14, "PERSON", "ann"))
    writer.submit(document.id, "ann", edit)
    while "Nothing goes through here." not in states.get(timeout=10).error:
        continue
    assert not writer.close(10)
    assert (database.read_bytes(), journal.read_bytes()) == before


def test_tinydb_is_imported_by_opening_an_article_after_the_first_paint(tmp_path: Path) -> None:
    script = f"""
        import asyncio, sys
        import tui.cli
        from annotations.model.document import Document
        from annotations.model.label_scheme import ONTONOTES
        from tui.app import AnnotateApp
        from tui.workspace.one_document import one_document
        from tui.bootstrap import writer_of

        make = writer_of({str(tmp_path / "annotations.json")!r})

        def painted(*callbacks):
            print("tinydb" in sys.modules)
            return make(*callbacks)

        async def show():
            loaded = asyncio.Event()
            suggestions = lambda listener: loaded.set()
            app = AnnotateApp(one_document(Document({TEXT!r}, "/a.txt")), "ann", ONTONOTES, painted, suggestions)
            async with app.run_test():
                await loaded.wait()
            print("tinydb" in sys.modules)

        asyncio.run(show())
    """
    command = [sys.executable, "-c", textwrap.dedent(script)]
    root = Path(__file__).parents[2]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=root, timeout=120)
    assert run.stdout.split() == ["False", "True"], run.stderr


def test_a_database_that_is_no_file_is_refused_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for command in (["stats", "a.txt"], ["doctor"], ["export", "--format", "jsonl", "--output", "-"]):
        assert main([*command, "--db", "postgresql://host/name"]) == 2
        assert capsys.readouterr().err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
