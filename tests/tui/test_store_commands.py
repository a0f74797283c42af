"""`annotate log`, `restore`, `doctor` and `prune` as a person calls them."""

import argparse
import importlib
from datetime import datetime
from pathlib import Path

import pytest

from annotations.document import read_document
from annotations.edits import label_range, make_edit
from annotations.errors import AnnotateError
from annotations.store.protocol import Pending
from annotations.store.tinydb_store import TinyStore


@pytest.fixture
def article(tmp_path: Path) -> Path:
    article = tmp_path / "a.txt"
    article.write_text("Ann Lee met Bo.\n", "utf-8")
    document = read_document(str(article))
    store = TinyStore(tmp_path / "annotations.json")
    annotations = store.load(document, "ann")
    for start, end in ((0, 7), (12, 14)):
        edit = make_edit("create", "ann", label_range(annotations.spans, start, end, "PERSON", "ann"))
        annotations.apply(edit)
        store.commit([Pending(document.sha256, "ann", edit)])
    store.close()
    return article


def run(name: str, *arguments: str, db: Path) -> int:
    module = importlib.import_module(f"tui.commands.{name}")
    parser = argparse.ArgumentParser()
    module.add_arguments(parser)
    status: int = module.run(parser.parse_args([*arguments, "--db", str(db)]))
    return status


@pytest.fixture
def db(article: Path) -> Path:
    return article.with_name("annotations.json")


def test_log(article: Path, db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("log", str(article), db=db) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("  ", 1)[1] for line in lines] == [
        'ann  labelled "Ann Lee" PERSON',
        'ann  labelled "Bo" PERSON',
    ]


def test_log_of_an_article_that_changed_shows_what_was_annotated(
    article: Path, db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article.write_text("Something else.\n", "utf-8")
    assert run("log", str(article), db=db) == 0
    assert '"Ann Lee"' in capsys.readouterr().out


def test_log_of_something_else(article: Path, db: Path) -> None:
    with pytest.raises(AnnotateError, match=r"has nothing of other\.txt"):
        run("log", "other.txt", db=db)


def test_restore(article: Path, db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    now = datetime.now().astimezone().isoformat()
    run("restore", str(article), "--at", now, "--annotator", "ann", db=db)
    assert "Nothing differs" in capsys.readouterr().out
    for moment, words in (("never", "is no moment"), ("2001-01-01", "reaches back only to")):
        with pytest.raises(AnnotateError, match=words):
            run("restore", str(article), "--at", moment, "--annotator", "ann", db=db)


def test_doctor(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("doctor", db=db) == 0
    assert "No damage." in capsys.readouterr().out
    db.write_bytes(db.read_bytes()[:-50])
    assert run("doctor", db=db) == 1
    assert "ends in the middle" in capsys.readouterr().out
    assert run("doctor", "--repair", db=db) == 0
    assert TinyStore(db.with_name("annotations-repaired.json"), read_only=True).database.notices == []
    with pytest.raises(AnnotateError, match="there already"):
        run("doctor", "--repair", db=db)


def test_prune(article: Path, db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("prune", "--before", "now", "--yes", db=db) == 0
    assert "Forgot" in capsys.readouterr().out
    assert run("log", str(article), db=db) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("name", ["doctor", "prune"])
def test_no_database(tmp_path: Path, name: str) -> None:
    arguments = ["--before", "now"] if name == "prune" else []
    with pytest.raises(AnnotateError, match="There is no database"):
        run(name, *arguments, db=tmp_path / "none.json")
    assert list(tmp_path.iterdir()) == []


def test_remove_asks_and_restore_undoes_it(
    article: Path, db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(AnnotateError, match="--yes"):
        run("remove", str(article), db=db)
    assert run("remove", str(article), "--yes", db=db) == 0
    assert "a.txt: 2 decisions by ann" in capsys.readouterr().out
    with pytest.raises(AnnotateError, match="has nothing of"):
        run("log", "a.txt", db=db)
    assert run("restore", "a.txt", db=db) == 0
    assert "a.txt is back" in capsys.readouterr().out
    store = TinyStore(db, read_only=True)
    (document,) = store.documents()
    assert [len(row.spans) for row in store.annotations(document.id)] == [2]
    store.close()
    with pytest.raises(AnnotateError, match=r"was added again since|No article"):
        run("restore", "a.txt", db=db)


def test_remove_of_what_is_not_there_removes_nothing(article: Path, db: Path) -> None:
    with pytest.raises(AnnotateError, match="has nothing of"):
        run("remove", str(article), "/elsewhere/b.txt", "--yes", db=db)
    store = TinyStore(db, read_only=True)
    assert len(list(store.documents())) == 1
    store.close()
