"""Exporting as a whole: losses are listed first, strict exports, atomic writing, no overwriting, parts, units."""

import gc
import json
import os
import re
import shutil
import signal
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from annotations.formats import export as export_module
from annotations.formats.annotated_document import AnnotatedDocument
from annotations.formats.division import DivisionUnit, Split, divide, parse_shares
from annotations.formats.export import Export, Report
from annotations.formats.format import Options
from annotations.formats.loss import StrictRefusal
from annotations.formats.registry import entry, load
from annotations.model.document import Document
from annotations.model.errors import AnnotateError
from annotations.model.span import Span
from annotations.model.value import Timex
from annotations.text import interruption, work_folder
from tests.annotations.formats.corpus import document
from tests.interrupting import interrupt_at_each_line

NESTED = document(
    "The Bank of England met. Kenya voted.\n\nAda spoke.",
    Span(0, 19, "ORG", "accepted"),
    Span(12, 19, "GPE", "accepted"),
    Span(25, 30, "GPE", "accepted"),
    Span(39, 42, "PERSON", "accepted"),
)


def export(output: Path, name: str, *documents: AnnotatedDocument, **more: object) -> Report:
    made = Export(entry(name), output, Options(), **more)  # type: ignore[arg-type]
    return made.run(lambda: documents, lambda report: None)


def test_losses_are_announced_before_a_file_has_its_name(tmp_path: Path) -> None:
    output = tmp_path / "train.spacy"
    heard: list[tuple[bool, list[str]]] = []

    def announce(report: Report) -> None:
        heard.append((output.exists(), [line.reason for line in report.losses.lost()]))

    Export(entry("spacy"), output, Options()).run(lambda: [NESTED], announce)
    assert heard == [(False, ['overlaps a longer span: kept in doc.spans["sc"], not in doc.ents'])]
    assert output.exists()


def test_every_file_is_on_the_disk_before_it_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    named: list[int] = []
    fsync, replace_ = os.fsync, os.replace

    def note_sync(descriptor: int) -> None:
        fsync(descriptor)
        synced.append(os.fstat(descriptor).st_ino)

    def note_name(old: Path, new: Path) -> None:
        named.append(len(synced))
        replace_(old, new)

    monkeypatch.setattr("os.fsync", note_sync)
    monkeypatch.setattr("os.replace", note_name)
    documents = [document(f"Ada spoke {number} times.", path=f"/{number}.txt") for number in range(20)]
    export(tmp_path / "out", "brat", *documents)
    files = {file.stat().st_ino for file in (tmp_path / "out").iterdir()}
    assert len(files) == 2 * 20 + 1
    assert files <= set(synced[: named[0]])
    assert tmp_path.stat().st_ino in synced[named[0] :]


def test_strict_writes_nothing_and_says_three(tmp_path: Path) -> None:
    with pytest.raises(StrictRefusal) as refusal:
        export(tmp_path / "train.spacy", "spacy", NESTED, strict=True)
    assert refusal.value.exit_status == 3
    assert list(tmp_path.iterdir()) == []


def test_strict_writes_what_fits_whole(tmp_path: Path) -> None:
    export(tmp_path / "all.jsonl", "jsonl", NESTED, strict=True)
    assert (tmp_path / "all.jsonl").exists()


def test_nothing_is_overwritten_without_force(tmp_path: Path) -> None:
    output = tmp_path / "all.jsonl"
    output.write_text("mine")
    with pytest.raises(AnnotateError, match="--force"):
        export(output, "jsonl", NESTED)
    assert output.read_text() == "mine"
    export(output, "jsonl", NESTED, force=True)
    assert json.loads(output.read_text())["text"] == NESTED.text


def test_a_dangling_link_is_not_written_through(tmp_path: Path) -> None:
    output = tmp_path / "all.jsonl"
    output.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(AnnotateError, match="--force"):
        export(output, "jsonl", NESTED)
    assert not (tmp_path / "elsewhere").exists()


def test_an_error_while_writing_leaves_no_trace(tmp_path: Path) -> None:
    def broken() -> list[AnnotatedDocument]:
        raise AnnotateError("the store went away")

    with pytest.raises(AnnotateError, match="went away"):
        Export(entry("jsonl"), tmp_path / "x.jsonl", Options()).run(broken, lambda report: None)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_and_one_that_may_not_be_written_are_said(tmp_path: Path) -> None:
    with pytest.raises(AnnotateError, match="no folder"):
        export(tmp_path / "none" / "x.jsonl", "jsonl", NESTED)
    if os.geteuid():
        tmp_path.chmod(0o500)
        with pytest.raises(AnnotateError, match="cannot be written"):
            export(tmp_path / "x.jsonl", "jsonl", NESTED)
        tmp_path.chmod(0o700)


@pytest.mark.parametrize("name", ["brat", "webanno-tsv", "cas-xmi", "timeml"])
def test_files_are_named_after_the_articles(name: str, tmp_path: Path) -> None:
    other = document("Ada", path="/articles/../b c.txt")
    export(tmp_path / "out", name, other, NESTED)
    names = {file.stem for file in (tmp_path / "out").iterdir()} - {"annotation", "TypeSystem"}
    assert names == {"a", "b c"}
    back = load(name).read(tmp_path / "out", "out", Options())
    ending = entry(name).file_endings[0]
    assert [one.annotated.name for one in back] == [f"a{ending}", f"b c{ending}"]


SHARES = parse_shares("train=0.8,dev=0.2")
TEXTS = [f"Kenya voted {number} times." for number in range(40)]


def test_a_text_stays_in_its_part_whatever_else_there_is() -> None:
    whole = Split(SHARES, 7)
    parts = {text: whole.part(Document(text).sha256) for text in TEXTS}
    assert {text: Split(SHARES, 7).part(Document(text).sha256) for text in TEXTS[:3]} == {
        text: parts[text] for text in TEXTS[:3]
    }
    assert parts != {text: Split(SHARES, 8).part(Document(text).sha256) for text in TEXTS}
    assert Split(parse_shares("train=80, dev=20"), 7).part(Document("x").sha256) == whole.part(
        Document("x").sha256
    )


def test_shares_are_what_is_to_be_expected() -> None:
    split = Split(parse_shares("train=0.7,dev=0.2,test=0.1"), 3)
    counted = Counter(split.part(Document(str(number)).sha256) for number in range(5000))
    assert {name: round(counted[name] / 5000, 1) for name in counted} == {
        "train": 0.7,
        "dev": 0.2,
        "test": 0.1,
    }


def test_parts_share_no_text_and_leave_none_out(tmp_path: Path) -> None:
    documents = [document(text, Span(0, 5, "GPE", "accepted")) for text in TEXTS]
    again = document(TEXTS[0], path="/articles/copy.txt")
    report = export(tmp_path / "corpus", "jsonl", *documents, again, split=Split(SHARES, 7))
    texts = {
        file.stem: [json.loads(line)["text"] for line in file.read_text().splitlines()]
        for file in (tmp_path / "corpus").iterdir()
    }
    assert sorted(texts) == ["dev", "train"]
    assert not set(texts["train"]) & set(texts["dev"])
    assert sorted(texts["train"] + texts["dev"]) == sorted([*TEXTS, TEXTS[0]])
    assert {name: part.documents for name, part in report.parts.items()} == {
        name: len(inside) for name, inside in texts.items()
    }
    assert sum(part.spans for part in report.parts.values()) == len(TEXTS)


def test_a_part_that_gets_nothing_is_an_error_with_a_seed_that_helps(tmp_path: Path) -> None:
    documents = [document(text) for text in TEXTS[:3]]
    split = next(
        split
        for split in (Split(SHARES, seed) for seed in range(100))
        if len({split.part(one.document.sha256) for one in documents}) == 1
    )
    with pytest.raises(AnnotateError, match="gets no document") as error:
        export(tmp_path / "corpus", "jsonl", *documents, split=split)
    seed = int(re.search(r"with --seed (\d+) every part", str(error.value))[1])  # type: ignore[index]
    assert not (tmp_path / "corpus").exists()
    export(tmp_path / "corpus", "jsonl", *documents, split=Split(SHARES, seed))
    filled = [
        number
        for number in range(seed + 1)
        if len({Split(SHARES, number).part(one.document.sha256) for one in documents}) == 2
    ]
    assert filled == [seed]


def test_too_few_documents_for_the_parts_are_said(tmp_path: Path) -> None:
    with pytest.raises(AnnotateError, match="none of the seeds 0 to 999"):
        export(tmp_path / "corpus", "jsonl", NESTED, split=Split(SHARES))


def test_documents_that_are_left_out_fill_no_part(tmp_path: Path) -> None:
    with pytest.raises(AnnotateError, match="gets no document"):
        export(tmp_path / "corpus", "jsonl", split=Split(SHARES))


@pytest.mark.parametrize("bad", ["", "train", "train=0", "train=-1", "train=nan", "a=1,a=2", "../x=1"])
def test_shares_that_are_none_are_refused(bad: str) -> None:
    with pytest.raises(AnnotateError, match="--split"):
        parse_shares(bad)


@pytest.mark.parametrize(
    ("unit", "texts"),
    [
        ("document", [NESTED.text]),
        ("paragraph", ["The Bank of England met. Kenya voted.\n\n", "Ada spoke."]),
        ("sentence", ["The Bank of England met. ", "Kenya voted.\n\n", "Ada spoke."]),
    ],
)
def test_units_keep_every_span_and_character(unit: DivisionUnit, texts: list[str]) -> None:
    pieces = list(divide(NESTED, unit))
    assert [piece.text for piece in pieces] == texts
    named = [(span.label, piece.text[span.start : span.end]) for piece in pieces for span in piece.spans]
    assert named == [(span.label, NESTED.text[span.start : span.end]) for span in NESTED.spans]


def test_a_line_of_a_windows_file_is_no_paragraph() -> None:
    text = "Ada spoke.\r\nNobody\r\nwent.\r\n\r\nThen all did.\r\n"
    pieces = [piece.text for piece in divide(document(text), "paragraph")]
    assert pieces == ["Ada spoke.\r\nNobody\r\nwent.\r\n\r\n", "Then all did.\r\n"]


def test_a_span_over_the_end_of_a_sentence_joins_the_two() -> None:
    crossing = document("He read Who? What! Then slept.", Span(8, 18, "WORK_OF_ART"))
    assert [piece.text for piece in divide(crossing, "sentence")] == [
        "He read Who? What! ",
        "Then slept.",
    ]


@pytest.mark.parametrize("name", ["hf-jsonl", "hf-parquet"])
def test_parts_of_a_dataset_have_one_card_and_one_list_of_classes(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    import datasets  # imported here, because it reads the environment and is slow

    labels = ["PERSON", "ORG", "GPE", "DATE", "Zoo", "Art"]
    documents = [
        document(f"Ada met Bo {number}.", Span(0, 3, labels[number % 6], "accepted"))
        for number in range(40)
    ]
    split = Split(parse_shares("train=0.5,dev=0.25,held_out=0.25"), 1)
    options = Options(labels=("DATE", "GPE", "PERSON", "ORG", "LAW"))
    made = Export(entry(name), tmp_path / "corpus", options, split=split)
    report = made.run(lambda: documents, lambda report: None)
    ending = name.removeprefix("hf-")
    assert {file.name for file in (tmp_path / "corpus").iterdir()} == {
        "README.md",
        *(f"{part}.{ending}" for part in ("train", "dev", "held_out")),
    }
    loaded = datasets.load_dataset(str(tmp_path / "corpus"), cache_dir=str(tmp_path / "cache"))
    assert set(loaded) == {"train", "dev", "held_out"}
    ordered = ["DATE", "GPE", "PERSON", "ORG", "Art", "Zoo"]
    classes = ["O", *(f"{mark}-{label}" for label in ordered for mark in "BI")]
    for part, rows in loaded.items():
        feature = rows.features["ner_tags"].feature
        assert feature.names == classes
        assert len(rows) == report.parts[part].documents
        for row in rows:
            number = int(row["text"].split()[-1].strip("."))
            assert feature.int2str(row["ner_tags"][0]) == f"B-{labels[number % 6]}"
            assert split.part(Document(row["text"]).sha256) == part
    ids = [row["id"] for rows in loaded.values() for row in rows]
    assert len(set(ids)) == len(documents)
    back = load(name).read(tmp_path / "corpus", "corpus", Options())
    assert {one.annotated.text for one in back} == {one.text for one in documents}


def test_a_text_in_two_files_lies_in_one_part_in_every_format(tmp_path: Path) -> None:
    twice = [document(text, path=f"/articles/{copy}.txt") for text in TEXTS for copy in "ab"]
    for name in ("brat", "iob2", "hf-jsonl"):
        report = export(tmp_path / name, name, *twice, split=Split(SHARES, 7))
        assert all(part.documents % 2 == 0 for part in report.parts.values())
        assert report.documents == len(twice)


# Counts


def test_what_was_on_a_span_that_is_lost_is_not_counted_again(tmp_path: Path) -> None:
    inner = Span(12, 19, "GPE", "accepted", score=0.5, comment="sure?", flagged=True)
    nested = document(NESTED.text, Span(0, 19, "ORG", "accepted"), inner)
    report = export(tmp_path / "x.conll", "iob2", nested)
    assert [(line.part, line.count) for line in report.losses.lost()] == [("span", 1)]
    assert [line.part for line in report.losses.left_out()] == ["annotator", "path", "spacing"]


def test_what_a_document_loses_is_counted_once_however_many_pieces_it_has(tmp_path: Path) -> None:
    noted = document(NESTED.text)
    noted.row.facts = noted.row.facts.with_comment("look again")
    report = export(tmp_path / "x.conll", "iob2", noted, unit="sentence")
    [line] = report.losses.lost()
    assert (line.part, line.count, line.documents) == ("document comment", 1, 1)
    assert report.documents == 3


@pytest.mark.parametrize(
    ("name", "unit", "text"),
    [("jsonl", "sentence", " \n "), ("spacy", "paragraph", ""), ("csv", "document", "Nobody.")],
)
def test_a_document_that_is_not_in_the_file_is_a_loss(
    name: str, unit: DivisionUnit, text: str, tmp_path: Path
) -> None:
    report = export(tmp_path / "x", name, document(text), unit=unit)
    [line] = report.losses.lost()
    assert (line.part, line.count) == ("document", 1)
    with pytest.raises(StrictRefusal):
        export(tmp_path / "y", name, document(text), unit=unit, strict=True)


def test_a_date_that_xml_cannot_hold_is_listed_and_the_rest_is_written(tmp_path: Path) -> None:
    odd = Span(0, 4, "DATE", "accepted", value=Timex("DATE", "19\x0799", origin="import"))
    dated = replace(document("1999 was.", odd), created="\x1b2021")
    report = export(tmp_path / "x", "timeml", dated)
    assert [(line.part, line.count) for line in report.losses.lost()] == [("value", 1)]
    assert "date" in [line.part for line in report.losses.left_out()]
    assert report.spans == 1


def test_several_annotators_who_are_not_distinguished_in_the_file_are_named(tmp_path: Path) -> None:
    mine, yours = document("Ada met."), document("Bob met.", by="bob")
    report = export(tmp_path / "x.conll", "iob2", mine, yours)
    listed = [line for line in report.losses.left_out() if line.part == "annotator"]
    assert [(line.count, line.examples) for line in listed] == [
        (2, ["a.txt: ann", "a.txt: bob"]),
        (1, ["ann, bob"]),
    ]
    report = export(tmp_path / "y.conll", "iob2", mine)
    assert [line.count for line in report.losses.left_out() if line.part == "annotator"] == [1]


@pytest.mark.parametrize(("name", "number"), [("brat", signal.SIGINT), ("jsonl", signal.SIGTERM)])
def test_a_signal_at_any_line_leaves_all_files_or_none(
    name: str, number: signal.Signals, tmp_path: Path
) -> None:
    def act(line: int) -> None:
        (tmp_path / str(line)).mkdir()
        export(tmp_path / str(line) / "out", name, document("Ada spoke."), NESTED)

    modules = (export_module, work_folder, interruption, tempfile, shutil)
    counts = set()
    for line in interrupt_at_each_line(act, modules, number, 13):
        gc.collect()
        assert {path.name for path in (tmp_path / str(line)).iterdir()} <= {"out"}
        counts.add(len([*(tmp_path / str(line)).rglob("*")]))
    assert len(counts) == 2
    assert 0 in counts
