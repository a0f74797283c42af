"""`annotate list`: the progress of each document of a corpus, without writing anything."""

import json
from pathlib import Path

import pytest

from annotations.editing.commands import label_range
from annotations.editing.done import marking
from annotations.model.edit import make_edit
from annotations.store.interface import Pending
from annotations.store.opening import open_store
from annotations.text.article_file import read_document
from tui.cli import main


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, which has a folder of texts; one text is done and one is begun."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ANNOTATE_DB", raising=False)
    texts = tmp_path / "texts"
    texts.mkdir()
    for number in (1, 2, 10, 11):
        (texts / f"{number}.txt").write_text(f"Ann Lee met {number}.")
    (texts / "notes.md").touch()
    store = open_store(texts / "annotations.json")
    for number in (2, 11):
        document = read_document(str(texts / f"{number}.txt"))
        live = store.load(document, "ann")
        edit = make_edit("create", "ann", label_range(live.spans, 0, 7, "PERSON", "ann"))
        live.apply(edit)
        marked = marking(live, "ann") if number == 2 else None
        pending = [Pending(document.id, "ann", one) for one in (edit, marked) if one is not None]
        store.commit(pending)
    store.close()
    return tmp_path


def listed(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[list[list[str]], list[str]]:
    """The printed lines as lists of cells, and the warnings."""
    assert main(["list", *arguments, "--annotator", "ann"]) == 0
    out, err = capsys.readouterr()
    return [line.split() for line in out.splitlines()], err.splitlines()


def test_each_document_of_a_folder_has_a_line(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.read_bytes() for path in sorted(here.rglob("*")) if path.is_file()}
    lines, warned = listed("texts", capsys=capsys)
    assert lines == [
        ["document", "state", "decided", "left", "doubtful", "time"],
        ["1.txt", "new", "0"],
        ["2.txt", "done", "1", "0", "0"],
        ["10.txt", "new", "0"],
        ["11.txt", "begun", "1", "0", "0"],
        ["1", "of", "4", "documents", "done", "by", "ann."],
    ]
    assert warned == ["annotate: skipped: notes.md is not called *.txt or *.text."]
    assert {path: path.read_bytes() for path in sorted(here.rglob("*")) if path.is_file()} == before


def test_what_became_of_files_is_said(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = here / "texts"
    (texts / "2.txt").rename(texts / "02.txt")
    (texts / "11.txt").unlink()
    lines, _ = listed("texts", capsys=capsys)
    assert lines[2] == ["02.txt", "done", "1", "0", "0", "moved", "from", str(texts / "2.txt")]
    assert lines[-1] == f"{texts}/11.txt is gone; its annotations are in the database.".split()


def test_without_a_name_it_is_the_database(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["list"]) == 2
    assert "there is no database" in capsys.readouterr().err
    monkeypatch.chdir(here / "texts")
    (here / "texts" / "11.txt").unlink()
    lines, _ = listed(capsys=capsys)
    assert lines[1:3] == [
        ["2.txt", "done", "1", "0", "0"],
        ["11.txt", "begun", "1", "0", "0", "the", "file", "is", "gone"],
    ]
    lines, _ = listed("1.txt", capsys=capsys)
    assert [line[0] for line in lines[1:-1]] == ["1.txt"]


def test_json_has_everything(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "texts" / "11.txt").unlink()
    assert main(["list", "texts", "--annotator", "ann", "--json", "--order", "doubt"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["database"], said["annotator"]) == (str(here / "texts" / "annotations.json"), "ann")
    assert [row["name"] for row in said["documents"]] == ["2.txt", "1.txt", "10.txt"]
    assert said["documents"][0]["state"] == "done"
    assert said["documents"][0]["words"] == 4
    assert said["gone"] == [str(here / "texts" / "11.txt")]
    assert said["passed_over"] == [{"name": "notes.md", "reason": "is not called *.txt or *.text"}]


def test_the_order_is_as_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    shuffled = [listed("texts", "--order", "random", "--seed", seed, capsys=capsys)[0] for seed in "112"]
    names = [[line[0] for line in lines[1:-1]] for lines in shuffled]
    assert names[0] == names[1] != names[2]
    assert sorted(names[0]) == sorted(names[2])
    lines, _ = listed("texts", "--order", "shortest", capsys=capsys)
    assert [line[0] for line in lines[1:-1]] == ["1.txt", "2.txt", "10.txt", "11.txt"]


def test_rows_of_a_table(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "t.csv").write_text('url,body,day\nx,"A\nB",2021-04-08\nx,C,\n')
    columns = ["--text-column", "body", "--id-column", "url", "--date-column", "day"]
    lines, warned = listed("t.csv", *columns, capsys=capsys)
    assert [line[0] for line in lines[1:-1]] == ["x", "x"]
    assert "with the id of an earlier row but another text" in warned[0]
