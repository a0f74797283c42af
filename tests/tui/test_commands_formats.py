"""`annotate export`, `import` and `formats` on a real database."""

import argparse
import io
import json
import shutil
import sys
from pathlib import Path

import pytest

from annotations.formats.loss import StrictRefusal
from annotations.formats.registry import FORMATS, entry
from annotations.model.errors import AnnotateError
from annotations.store.opening import open_store
from tui.commands import export, formats, import_

TEXT = "2021-04-08 The Bank of England met.\r\n\r\nKenya voted. 😀\n"
SPANS = [
    {
        "start": 0,
        "end": 10,
        "label": "DATE",
        "value": {"kind": "timex3", "type": "DATE", "value": "2021"},
    },
    {"start": 11, "end": 30, "label": "ORG", "comment": "sure?"},
    {"start": 23, "end": 30, "label": "GPE"},
    {"start": 39, "end": 42, "label": "X"},
]
ALL = ("--undone", "outside")
LINE = {"text": TEXT, "spans": SPANS}


def command(module: object, *arguments: str) -> int:
    parser = argparse.ArgumentParser()
    module.add_arguments(parser)  # type: ignore[attr-defined]
    status: int = module.run(parser.parse_args(arguments))  # type: ignore[attr-defined]
    return status


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ANNOTATE_DB", raising=False)
    (tmp_path / "in.jsonl").write_text(json.dumps(LINE) + "\n")
    assert command(import_, "in.jsonl", "--as", "accepted", "--annotator", "ann") == 0
    return tmp_path / "annotations.json"


def test_own_jsonl_goes_in_and_comes_out(database: Path) -> None:
    assert database.exists()
    assert command(export, "--format", "jsonl", "--output", "out.jsonl") == 0
    line = json.loads(Path("out.jsonl").read_text())
    assert line["text"] == TEXT
    assert [(s["start"], s["end"], s["label"]) for s in line["spans"]] == [
        (s["start"], s["end"], s["label"]) for s in SPANS
    ]
    assert line["spans"][0]["text"] == "2021-04-08"
    assert (line["annotator"], line["document_date"]) == ("ann", "2021-04-08")
    assert not {"path", "name", "id"} & line["meta"].keys()


@pytest.mark.parametrize("name", [one.name for one in FORMATS if one.writes])
def test_every_format_writes_suggestions_and_the_values_that_rules_gave(
    database: Path, name: str
) -> None:
    suggested = {
        "text": TEXT + "It meets again on Friday.",
        "spans": [
            {"start": TEXT.index("Kenya"), "end": TEXT.index("Kenya") + 5, "label": "GPE"},
            {"start": len(TEXT) + 18, "end": len(TEXT) + 24, "label": "DATE"},
        ],
    }
    Path("more.jsonl").write_text(json.dumps(suggested) + "\n")
    assert command(import_, "more.jsonl", "--annotator", "ann") == 0
    way = next(how for how in entry(name).undone if how != "leave-out")
    to = ("--output", f"out-{name}", "--undone", way)
    assert command(export, "--format", name, *to, "--status", "all") == 0
    assert Path(f"out-{name}").exists()


def test_docbin_lists_its_losses_and_strict_refuses(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(StrictRefusal):
        command(export, "--format", "spacy", "-o", "x.spacy", "--strict")
    assert not Path("x.spacy").exists()
    assert command(export, "--format", "spacy", "-o", "x.spacy") == 0
    said = capsys.readouterr().err
    assert (
        "lost: 1 × begins or ends inside a token, in 1 document (in.jsonl#1: X 'Ken' at 39–42)" in said
    )
    assert "lost: 1 × overlaps a longer span" in said
    with pytest.raises(AnnotateError, match="--force"):
        command(export, "--format", "spacy", "-o", "x.spacy")
    assert command(export, "--format", "spacy", "-o", "x.spacy", "--force") == 0


def test_a_span_of_white_space_only_is_not_imported_and_listed(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spans = [{"start": 0, "end": 4, "label": "GPE"}, {"start": 4, "end": 6, "label": "ORG"}]
    Path("blank.jsonl").write_text(json.dumps({"text": "Oslo \t Bern", "spans": spans}) + "\n")
    capsys.readouterr()
    assert command(import_, "blank.jsonl", "--annotator", "ann") == 0
    said = capsys.readouterr().out
    assert "not imported: 1 × a span of white space only" in said
    assert "1 span in 1 document became" in said
    with pytest.raises(StrictRefusal, match="white space only"):
        command(import_, "blank.jsonl", "--annotator", "bo", "--strict")


def test_exporting_leaves_the_database_alone(database: Path) -> None:
    before = {file.name: file.read_bytes() for file in database.parent.glob("annotations.json*")}
    command(export, "--format", "jsonl", "-o", "out.jsonl")
    assert before == {file.name: file.read_bytes() for file in database.parent.glob("annotations.json*")}


def test_standard_output_is_only_data(database: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    command(export, "--format", "jsonl", "--output", "-", "--label", "GPE")
    out, err = capfdbinary.readouterr()
    assert [span["label"] for span in json.loads(out)["spans"]] == ["GPE"]
    assert b"1 document with 1 span" in err


def test_standard_input_is_read(
    database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    line = {"text": TEXT.replace("\r\n", "\n"), "spans": [{"start": 37, "end": 42, "label": "GPE"}]}
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(line).encode())))
    assert command(import_, "-", "--similar", "--yes") == 0
    said = capsys.readouterr().out
    assert "standard input#1 has almost the same text as in.jsonl#1: 1 span placed" in said
    assert "0 new documents" in said
    command(export, "--format", "jsonl", "-o", "s.jsonl", "--status", "suggested")
    spans = [
        span for line in Path("s.jsonl").read_text().splitlines() for span in json.loads(line)["spans"]
    ]
    assert [(s["text"], s["sources"]) for s in spans] == [("Kenya", ["import -"])]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--format", "nonsense", "-o", "x"), "formats are jsonl"),
        (("--format", "jsonl", "-o", "x", "--db", "none.json"), "no database"),
        (("--format", "jsonl", "-o", "x", "--document", "none.txt"), "Nothing to export"),
        (("--format", "brat", "-o", "-"), "standard output"),
        (("--format", "jsonl", "-o", "x", "--split", "train"), "--split"),
        (("--format", "spacy", "-o", "x", "--language", "../etc"), "no language"),
    ],
)
def test_what_a_user_gets_wrong_is_one_sentence(
    database: Path, arguments: tuple[str, ...], says: str
) -> None:
    with pytest.raises(AnnotateError, match=says) as error:
        command(export, *arguments)
    assert "\n" not in str(error.value)


def test_the_table_names_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    assert command(formats) == 0
    said = capsys.readouterr().out
    assert all(name in said for name in ("jsonl", "spacy", "brat", "conll2003-iob1", "UTF-16"))


def test_escape_sequences_from_files_do_not_reach_the_terminal(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hostile = {
        "text": "a\x1b[31mb",
        "spans": [{"start": 0, "end": 3, "label": "X\x1b]0;y"}],
        "z\x1b[2J": 1,
    }
    Path("hostile.jsonl").write_text(json.dumps(hostile))
    command(import_, "hostile.jsonl", "--as", "accepted")
    command(export, "--format", "spacy", "-o", "h.spacy")
    said = capsys.readouterr()
    assert "\x1b" not in said.out + said.err


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
def test_documents_without_spans_are_stored_and_said(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [
        {"text": "Nothing here.", "label": []},
        {"text": "Nor here.", "label": []},
        {"text": "", "label": []},
    ]
    Path("texts.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    capsys.readouterr()
    assert command(import_, "texts.jsonl", "--format", "doccano") == 0
    assert "(3 new documents" in capsys.readouterr().out
    store = open_store(database, read_only=True)
    assert [document.text for document in store.documents()][1:] == ["Nothing here.", "Nor here.", ""]
    store.close()
    assert command(import_, "texts.jsonl", "--format", "doccano") == 0
    assert "(0 new documents" in capsys.readouterr().out


def test_a_split_prints_its_parts_and_names_a_seed_that_fills_them(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = [{"text": f"Kenya voted {number} times.", "spans": []} for number in range(30)]
    spans = [{"start": 0, "end": 5, "label": "GPE"}]
    Path("few.jsonl").write_text("\n".join(json.dumps(one | {"spans": spans}) for one in texts))
    assert command(import_, "few.jsonl", "--as", "accepted", "--annotator", "ann", "--done") == 0
    capsys.readouterr()
    assert (
        command(export, "--format", "hf-jsonl", "-o", "parts", "--split", "train=0.7,dev=0.3", *ALL) == 0
    )
    said = capsys.readouterr().err
    written = {file.stem: len(file.read_text().splitlines()) for file in Path("parts").glob("*.jsonl")}
    assert sorted(written) == ["dev", "train"]
    assert sum(written.values()) == 31
    for part, number in written.items():
        assert f"{part}: {number} documents with " in said
    with pytest.raises(AnnotateError, match="none of the seeds"):
        command(export, "--format", "jsonl", "-o", "y", "--document", "in.jsonl#1", "--split", "a=1,b=1")
    assert not Path("y").exists()


def test_a_broken_setting_is_said_before_anything_is_written(database: Path) -> None:
    Path("annotate.toml").write_text("labels = ")
    with pytest.raises(AnnotateError, match=r"annotate\.toml"):
        command(export, "--format", "jsonl", "-o", "out.jsonl")
    assert not Path("out.jsonl").exists()


def test_labels_are_numbered_in_the_order_of_the_project(database: Path) -> None:
    Path("annotate.toml").write_text('[[labels]]\nname = "DATE"\n\n[[labels]]\nname = "ORG"\n')
    assert command(export, "--format", "hf-jsonl", "-o", "out", *ALL) == 0
    classes = [
        line.split(": ")[1]
        for line in Path("out/README.md").read_text().splitlines()
        if "          '" in line
    ]
    assert classes == ['"O"', '"B-DATE"', '"I-DATE"', '"B-ORG"', '"I-ORG"']
