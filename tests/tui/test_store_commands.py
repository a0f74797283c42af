"""`annotate log`, `restore`, `doctor` and `prune`, called as on the command line."""

import argparse
import contextlib
import importlib
import io
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from annotations.editing.commands import label_range
from annotations.model.document import Document
from annotations.model.edit import make_edit
from annotations.model.errors import AnnotateError
from annotations.store.interface import Pending
from annotations.store.tinydb_file.tinydb_store import TinyStore
from annotations.text.article_file import read_document
from tui.cli import main


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
        "ann  labelled “Ann Lee” PERSON",
        "ann  labelled “Bo” PERSON",
    ]


def test_log_of_an_article_that_changed_shows_what_was_annotated(
    article: Path, db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article.write_text("Something else.\n", "utf-8")
    assert run("log", str(article), db=db) == 0
    assert "“Ann Lee”" in capsys.readouterr().out


def test_log_of_something_else(article: Path, db: Path) -> None:
    with pytest.raises(AnnotateError, match=r"has no annotations of other\.txt"):
        run("log", "other.txt", db=db)


def test_restore(article: Path, db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    now = datetime.now().astimezone().isoformat()
    run("restore", str(article), "--at", now, "--annotator", "ann", db=db)
    assert "Nothing has changed" in capsys.readouterr().out
    for moment, words in (("never", "is not a date or time"), ("2001-01-01", "reaches back only to")):
        with pytest.raises(AnnotateError, match=words):
            run("restore", str(article), "--at", moment, "--annotator", "ann", db=db)


def test_doctor(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("doctor", db=db) == 0
    assert "No damage." in capsys.readouterr().out
    db.write_bytes(db.read_bytes()[:-50])
    assert run("doctor", db=db) == 1
    assert "ends in the middle" in capsys.readouterr().out
    assert run("doctor", "--repair", db=db) == 0
    assert TinyStore(db.with_name("annotations-repaired.json"), read_only=True).notices == []
    with pytest.raises(AnnotateError, match="there already"):
        run("doctor", "--repair", db=db)


def test_prune(article: Path, db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("prune", "--before", "now", "--yes", db=db) == 0
    assert "Deleted" in capsys.readouterr().out
    assert run("log", str(article), db=db) == 0
    assert capsys.readouterr().out == ""


def test_what_was_done_and_found_as_json(
    article: Path, db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("log", str(article), "--json", db=db) == 0
    log = json.loads(capsys.readouterr().out)
    assert (log["database"], log["document"]) == (str(db), article.name)
    assert [(edit["annotator"], edit["by"], edit["kind"]) for edit in log["edits"]] == [
        ("ann", "ann", "create"),
        ("ann", "ann", "create"),
    ]
    assert "“Ann Lee”" in log["edits"][0]["what"]
    assert run("doctor", "--json", db=db) == 0
    healthy = json.loads(capsys.readouterr().out)
    assert not healthy["damage"]
    assert not any(finding["damage"] for finding in healthy["findings"])
    assert {"file", "what", "damage"} == healthy["findings"][0].keys()
    before = {file.name: file.read_bytes() for file in db.parent.iterdir()}
    assert run("prune", "--before", "now", "--dry-run", db=db) == 0
    assert "To be deleted for ever: " in capsys.readouterr().out
    with pytest.raises(AnnotateError, match="give --dry-run or --yes"):
        run("prune", "--before", "now", "--json", db=db)
    assert run("prune", "--before", "now", "--dry-run", "--json", db=db) == 0
    would = json.loads(capsys.readouterr().out)
    assert (would["forgotten"], would["edits"]) == (False, 2)
    assert {file.name: file.read_bytes() for file in db.parent.iterdir()} == before
    assert run("prune", "--before", "now", "--yes", "--json", db=db) == 0
    assert json.loads(capsys.readouterr().out)["forgotten"]
    db.write_bytes(db.read_bytes()[:-50])
    assert run("doctor", "--json", db=db) == 1
    assert json.loads(capsys.readouterr().out)["findings"][0]["damage"]
    assert run("doctor", "--repair", "--json", db=db) == 0
    assert json.loads(capsys.readouterr().out)["repair"]


def test_what_commands_did_as_json(
    article: Path, db: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(db.parent)

    def said(name: str, *arguments: str) -> Any:
        assert run(name, *arguments, "--json", db=db) == 0
        return json.loads(capsys.readouterr().out)

    ann = ("--annotator", "ann")
    assert said("done", str(article), *ann) == [{"name": "a.txt", "done": True, "changed": True}]
    assert said("done", str(article), "--undo", *ann)[0]["done"] is False
    exported = said("export", "--format", "jsonl", "--output", "out.jsonl", "--undone", "missing")
    assert exported["parts"] == {"all": {"documents": 1, "spans": 2}}
    assert [Path(file).name for file in exported["files"]] == ["out.jsonl"]
    with pytest.raises(AnnotateError, match="both write to standard output"):
        run("export", "--format", "jsonl", "--output", "-", "--json", db=db)
    imported = said("import_", "out.jsonl")
    assert (imported["documents"], imported["new_documents"], imported["kept"]) == (1, 0, 2)
    assert imported["formats"] == {"out.jsonl": "jsonl"}
    relabelled = {"from": "PERSON", "to": "ORG", "spans": 2, "documents": 1}
    assert said("relabel", "PERSON", "ORG") == relabelled
    assert said("relabel", "PERSON", "ORG")["spans"] == 0
    now = datetime.now().astimezone().isoformat()
    assert said("restore", str(article), "--at", now, *ann)["what"] == ""
    with pytest.raises(AnnotateError, match="give --yes"):
        run("remove", "a.txt", "--json", db=db)
    assert said("remove", "a.txt", "--yes")["removed"] == ["a.txt"]
    assert said("restore", "a.txt")["document"] == "a.txt"


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
    with pytest.raises(AnnotateError, match="has no annotations of"):
        run("log", "a.txt", db=db)
    assert run("restore", "a.txt", db=db) == 0
    assert "a.txt is back" in capsys.readouterr().out
    store = TinyStore(db, read_only=True)
    (document,) = store.documents()
    assert [len(row.spans) for row in store.annotations(document.id)] == [2]
    store.close()
    with pytest.raises(AnnotateError, match=r"has been added again|No article"):
        run("restore", "a.txt", db=db)


def test_remove_of_what_is_not_there_removes_nothing(article: Path, db: Path) -> None:
    with pytest.raises(AnnotateError, match="has no annotations of"):
        run("remove", str(article), "/elsewhere/b.txt", "--yes", db=db)
    store = TinyStore(db, read_only=True)
    assert len(list(store.documents())) == 1
    store.close()


def test_prune_shows_what_would_go_and_asks(
    article: Path, db: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {file.name: file.read_bytes() for file in db.parent.iterdir()}
    with pytest.raises(AnnotateError, match="--yes"):
        run("prune", "--before", "now", db=db)
    shown = capsys.readouterr().out
    assert "To be deleted for ever: " in shown
    assert "with 2 edits, from 20" in shown
    assert {file.name: file.read_bytes() for file in db.parent.iterdir()} == before
    for answer, status in (("\n", 1), ("no\n", 1), ("y\n", 0)):
        monkeypatch.setattr("sys.stdin", Terminal(answer))
        assert run("prune", "--before", "now", db=db) == status
        assert ("Nothing was deleted." in capsys.readouterr().out) == bool(status)
    assert run("prune", "--before", "2001-01-01", db=db) == 0
    assert "nothing was deleted" in capsys.readouterr().out


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_prune_names_backups_and_what_was_set_aside(
    article: Path, db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    torn = db.with_name(f"{db.name}.torn-20200101T000000")
    torn.write_bytes(b"{")
    db.with_name(f"{db.name}.bak3").write_bytes(b"no backup")
    assert run("prune", "--before", "now", "--yes", db=db) == 0
    said = capsys.readouterr().out
    assert "kept (--backups removes them): annotations.json.bak" in said
    assert torn.name in said
    run("prune", "--before", "now", "--yes", "--backups", db=db)
    assert not db.with_name(f"{db.name}.bak3").exists()
    assert torn.exists()


def test_restore_says_where_clocks_disagree(
    article: Path, db: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ahead = "2199-01-01T00:00:00.000Z"
    document = read_document(str(article))
    store = TinyStore(db)
    annotations = store.load(document, "ann")
    edit = make_edit("create", "ann", label_range(annotations.spans, 8, 11, "X", "ann"))
    monkeypatch.setattr("annotations.store.tinydb_file.open_files.now", lambda: ahead)
    store.commit([Pending(document.id, "ann", edit)])
    monkeypatch.undo()
    annotations.apply(edit)
    edit = make_edit("create", "ann", label_range(annotations.spans, 0, 3, "Y", "ann"))
    store.commit([Pending(document.id, "ann", edit)])
    store.close()
    now = datetime.now().astimezone().isoformat()
    run("restore", str(article), "--at", now, "--annotator", "ann", db=db)
    said = capsys.readouterr().out
    assert "The clocks disagree, so the order in the journal decides" in said
    assert "1 commit before it with a later time" in said


@pytest.mark.parametrize("command", [["log"], ["stats"], ["restore", "--at", "2199-01-01"]])
def test_commands_tell_of_a_journal_that_is_missing(
    article: Path, db: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    db.with_name(f"{db.name}.journal").write_bytes(b"")
    name, *options = command
    with contextlib.suppress(AnnotateError):
        run(name, str(article), *options, "--annotator", "ann", db=db)
    assert "annotate: The journal of" in capsys.readouterr().err


@pytest.mark.parametrize(
    "name", ["annotations.json", "annotations.json.journal", "annotations.json.lock"]
)
def test_a_link_is_refused_before_the_screen_opens(
    article: Path,
    db: Path,
    name: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(db.parent)
    monkeypatch.setattr("tui.cli._screen_is_terminal", lambda: True)
    monkeypatch.setattr("sys.stdin", Terminal(""))
    place = db.with_name(name)
    place.unlink(missing_ok=True)
    victim = db.with_name("victim")
    victim.write_bytes(b"")
    place.symlink_to(victim)
    assert main([str(article)]) == 2
    assert "is a link" in capsys.readouterr().err
    assert victim.read_bytes() == b""


@pytest.mark.parametrize("kind", ["auto", "csv", "jsonl", "brat"])
def test_a_file_that_fails_while_it_is_read_is_an_error_of_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    monkeypatch.chdir(tmp_path)
    # The first page of a process's memory never exists, so reading this file fails.
    assert main(["import", "/proc/self/mem", "--format", kind]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "/proc/self/mem" in said


def test_a_removed_import_comes_back_by_the_file_it_was_removed_by(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article, db = tmp_path / "c.txt", tmp_path / "annotations.json"
    article.write_text("Carl saw Dora.\n", "utf-8")
    store = TinyStore(db)
    store.commit((), [Document("Carl saw Dora.\n", source="/x/texts.jsonl#3")])
    store.close()
    assert run("remove", str(article), "--yes", db=db) == 0
    assert "texts.jsonl#3" in capsys.readouterr().out
    assert run("restore", str(article), db=db) == 0
    assert "texts.jsonl#3 is back" in capsys.readouterr().out


def test_a_removed_article_does_not_come_back_beside_itself(tmp_path: Path) -> None:
    db = tmp_path / "annotations.json"
    one = Document("Ann Lee.", given_name="one")
    two = Document("Ann Lee.", given_id=f"{one.sha256}-0a", given_name="two")
    store = TinyStore(db)
    store.commit((), [one, two])
    store.remove([two.id])
    store.commit((), [Document("Ann Lee.", given_id=f"{one.sha256}-0b", given_name="two")])
    store.close()
    with pytest.raises(AnnotateError, match="has been added again"):
        run("restore", "two", db=db)
