"""Commands for many texts at once: statistics, done, export and import of folders, patterns and tables."""

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from annotations.editing.commands import label_range, suggest
from annotations.model.edit import make_edit
from annotations.model.span import Span
from annotations.store.interface import Pending
from annotations.store.opening import open_store
from annotations.text.article_file import read_document
from tests.spans import sources_named
from tui.cli import main

ANN = ("--annotator", "ann")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, which has a folder of four texts; two of them are in that folder's database."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ANNOTATE_DB", raising=False)
    texts = tmp_path / "texts"
    texts.mkdir()
    (tmp_path / "empty").mkdir()
    for number in (1, 2, 10, 11):
        (texts / f"{number}.txt").write_text(f"Ann Lee met {number} of Bo Orr's sons.")
    store = open_store(texts / "annotations.json")
    for number in (2, 10):
        document = read_document(str(texts / f"{number}.txt"))
        live = store.load(document, "ann")
        edit = make_edit("create", "ann", label_range(live.spans, 0, 7, "PERSON", "ann"))
        edit = replace(edit, keys=3)
        live.apply(edit)
        pending = [Pending(document.id, "ann", edit)]
        if number == 10:
            two = [
                Span(15, 18, "ORG", sources=sources_named("a 1")),
                Span(16, 20, "GPE", sources=sources_named("b 1")),
            ]
            pending.append(
                Pending(document.id, "ann", make_edit("suggest", "ann", suggest(live.spans, two)))
            )
        store.commit(pending)
    store.close()
    return tmp_path


def names(*arguments: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The names of the documents in an export to standard output."""
    status = main(["export", *arguments, "--format", "jsonl", "--undone", "missing", "--output", "-"])
    out, err = capsys.readouterr()
    assert status == 0, err
    return [json.loads(line)["meta"]["path"].rpartition("/")[2] for line in out.splitlines()]


def test_the_figures_of_a_folder_are_those_of_its_documents(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["stats", "texts"]) == 0
    out, err = capsys.readouterr()
    lines = out.splitlines()
    assert lines[0] == "ann: 2 of 4 decided, 3.0 keys and 0.0 seconds each; 0 of 2 documents done"
    assert [line.split() for line in lines[2:]] == [
        ["GPE", "b", "1", "0", "0", "0", "0", "1"],
        ["ORG", "a", "1", "0", "0", "0", "0", "1"],
        ["PERSON", "ann", "0", "0", "2", "0", "0"],
        ["all", "0", "0", "2", "0", "2"],
    ]
    assert err.splitlines() == [
        "annotate: left out: 1.txt is not in the database: nobody has opened it yet.",
        "annotate: left out: 11.txt is not in the database: nobody has opened it yet.",
    ]


def test_the_figures_as_json_are_one_value_with_keys_that_stay(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = str(here / "texts" / "annotations.json")
    assert main(["stats", "--db", database, "--json"]) == 0
    whole = json.loads(capsys.readouterr().out)
    [ann] = whole.pop("annotators")
    assert whole == {"database": database, "documents": 2, "not_in_database": []}
    assert {
        key: ann[key] for key in ("annotator", "documents", "done", "flagged", "decided", "keys")
    } == {
        "annotator": "ann",
        "documents": 2,
        "done": 0,
        "flagged": 0,
        "decided": 2,
        "keys": 6,
    }
    assert ann["total"] == {"accepted": 0, "corrected": 0, "added": 2, "rejected": 0, "undecided": 2}
    assert [(tally["label"], tally["source"]) for tally in ann["spans"]] == [
        ("GPE", "b 1"),
        ("ORG", "a 1"),
        ("PERSON", "ann"),
    ]
    assert main(["stats", "texts/2.txt", "--db", database, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["documents"] == 1


def test_the_most_disputed_come_first(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "texts", "--json", "--order", "disputed", *ANN]) == 0
    rows = json.loads(capsys.readouterr().out)["documents"]
    assert [row["name"] for row in rows] == ["10.txt", "1.txt", "2.txt", "11.txt"]


def test_an_export_holds_what_is_named(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db = ("--db", str(here / "texts" / "annotations.json"))
    assert names(*db, capsys=capsys) == ["2.txt", "10.txt"]
    assert names("texts", capsys=capsys) == ["2.txt", "10.txt"]
    assert names("texts/1*.txt", *db, capsys=capsys) == ["10.txt"]
    assert names("texts/2.txt", "texts/1*.txt", *db, capsys=capsys) == ["2.txt", "10.txt"]
    assert names("2.txt", *db, capsys=capsys) == ["2.txt"], "by its name"


def test_done_of_a_folder_marks_all_or_none(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["done", "texts", *ANN]) == 2
    assert "10.txt: 2" in capsys.readouterr().err
    assert main(["done", "texts", "--yes", *ANN]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said == ["2.txt: done.", "10.txt: done; 2 undecided count as no entity."]
    assert main(["done", "texts/1?.txt", "--undo", *ANN]) == 0
    assert capsys.readouterr().out.splitlines() == ["10.txt: no longer done; 2 undecided."]
    assert names("texts", "--strict", "--label", "PERSON", "--document", "2.txt", capsys=capsys) == [
        "2.txt"
    ]


def test_many_documents_are_summed_up(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = (json.dumps({"text": f"Text {n}.", "meta": {"name": f"{n}.txt"}}) for n in range(30))
    Path("in.jsonl").write_text("\n".join(lines))
    assert main(["import", "in.jsonl", "--as", "accepted", *ANN]) == 0
    for number in range(30):
        Path(f"{number}.txt").write_text(f"Text {number}.")
    capsys.readouterr()
    assert main(["done", ".", *ANN]) == 0
    said = capsys.readouterr().out.splitlines()
    assert len(said) == 11
    assert said[-1] == "In total, 30 of 30 documents marked done."


def test_several_files_and_patterns_are_imported_at_once(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a1", "a2", "b"):
        Path(f"{name}.jsonl").write_text(json.dumps({"text": f"Text of {name}."}))
    assert main(["import", "a*.jsonl", "b.jsonl", "a1.jsonl"]) == 0
    said = capsys.readouterr().out
    assert said.count("Read ") == 3
    assert "3 new documents" in said
    Path("c.jsonl").write_text("{")
    Path("d.jsonl").write_text(json.dumps({"text": "Text of d."}))
    assert main(["import", "d.jsonl", "c.jsonl"]) == 2
    store = open_store(here / "annotations.json", read_only=True)
    assert len(list(store.documents())) == 3
    store.close()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("stats", "empty"), "There is nothing to annotate in"),
        (("done", "empty"), "There is nothing to annotate in"),
        (("export", "empty", "--format", "jsonl", "-o", "x"), "There is nothing to annotate in"),
        (("import", "empty"), "has no format that is recognised"),
        (("import", "no*"), "No file is called no*"),
        (("stats",), "There is no database"),
        (("stats", "1.txt"), "There is no database"),
        (
            ("stats", "texts/1.txt", "--db", "texts/annotations.json"),
            "has no annotations of texts/1.txt",
        ),
        (("stats", "no*", "--db", "texts/annotations.json"), "has no annotations of no*"),
        (("done", "texts/11*"), "has no annotations of these texts: 11.txt is not in the database"),
        (("stats", "texts", "--annotator", "bob"), "has no annotations by bob."),
    ],
)
def test_what_is_not_there_is_one_sentence(
    arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(list(arguments)) == 2
    out, err = capsys.readouterr()
    refused = [line for line in err.splitlines() if "left out:" not in line]
    assert (out, len(refused)) == ("", 1)
    assert said in refused[0]


def test_the_reference_names_every_key_of_the_json(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = Path(__file__).parents[2] / "docs" / "reference" / "commands.md"
    described = page.read_text("utf-8").partition("\n## JSON\n")[2].partition("\n## ")[0]
    for command, inner in (("list", "documents"), ("stats", "annotators")):
        assert main([command, "texts", "--json", *ANN]) == 0
        whole = json.loads(capsys.readouterr().out)
        keys = [*whole, *whole[inner][0]]
        assert [key for key in keys if f"`{key}`" not in described] == []
