"""This program's JSON Lines: the schema, the history, and hostile files."""

import json
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings

from annotations.editing.commands import label_range
from annotations.formats.annotated_document import AnnotatedDocument
from annotations.formats.format import FormatError, Options
from annotations.formats.registry import load
from annotations.model.annotation_set import AnnotationSet
from annotations.model.document import Document
from annotations.model.document_facts import FACTS
from annotations.model.edit import Change, Run, make_edit
from annotations.model.source import Source
from annotations.model.span import Span, replace
from tests.annotations.formats.corpus import documents
from tests.spans import sources_named

JSONL = load("jsonl")
SCHEMA = json.loads(files("annotations.formats").joinpath("jsonl.schema.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
GOOD = {"text": "Ada met", "spans": [{"start": 0, "end": 3, "label": "PERSON"}]}


def with_history() -> AnnotatedDocument:
    document = Document("Ada met Charles", "/a.txt")
    live = AnnotationSet(document.sha256, "ann")
    for start, end in ((0, 3), (8, 15)):
        changes = label_range(live.spans, start, end, "PERSON", "ann")
        live.apply(make_edit("create", "ann", changes, cursor=end))
    held = Change(None, Span(4, 7, "X", sources=sources_named("m")))
    live.apply(replace(make_edit("suggest", "m", run=Run(Source.parse("m"), 0, 15)), held=(held,)))
    possible = (Span(0, 3, "ORG", sources=sources_named("m"), score=0.2),)
    live.apply(replace(make_edit("suggest", "m"), second_readings=possible))
    return AnnotatedDocument(document, live.to_row())


def read(path: Path, *lines: object) -> list[AnnotatedDocument]:
    path.write_bytes(
        b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    )
    return [reading.annotated for reading in JSONL.read(path, "x.jsonl", Options())]


@settings(max_examples=60)
@given(document=documents())
def test_what_is_written_follows_the_schema(
    document: AnnotatedDocument, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("schema") / "x.jsonl"
    JSONL.write([document], file, Options())
    VALIDATOR.validate(json.loads(file.read_bytes()))


def test_the_schema_allows_every_fact() -> None:
    # `done` is a field of the line itself.
    assert SCHEMA["$defs"]["facts"]["propertyNames"]["enum"] == [f for f in FACTS if f != "done"]


def test_history_is_kept_on_request_and_else_left_out(tmp_path: Path) -> None:
    for history in (True, False):
        options = Options(history=history)
        file = tmp_path / f"{history}.jsonl"
        fitted, losses = JSONL.fit(with_history(), options)
        JSONL.write([fitted], file, options)
        VALIDATOR.validate(json.loads(file.read_bytes()))
        [reading] = JSONL.read(file, "x.jsonl", options)
        assert losses == []
        assert len(reading.annotated.row.undo) == (2 if history else 0)
        assert len(reading.annotated.row.held) == (1 if history else 0)
        assert len(reading.annotated.row.second_readings) == (1 if history else 0)
        assert reading.annotated == fitted


def test_spans_that_others_wrote_without_details_are_decisions(tmp_path: Path) -> None:
    [document] = read(tmp_path / "x.jsonl", b"\xef\xbb\xbf" + json.dumps(GOOD).encode(), b"  ")
    assert [(span.label, span.status) for span in document.spans] == [("PERSON", "accepted")]


def test_fields_not_understood_are_said(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    file.write_text(json.dumps(GOOD | {"relations": []}))
    [reading] = JSONL.read(file, "x.jsonl", Options())
    assert [loss.reason for loss in reading.losses] == ["field 'relations', which is not read"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"{", "line 1 is not JSON"),
        (b"[]", "line 1: Expected `object`"),
        (b'{"text": 1, "spans": []}', "field text"),
        (b'{"text": "a", "spans": [{"start": -1, "end": 1, "label": "X"}]}', r"spans\[0\]"),
        (b'{"text": "a", "spans": [{"start": 1, "end": 0, "label": "X"}]}', r"spans\[0\]"),
        (b'{"text": "a", "spans": [{"start": 0, "end": 2, "label": "X"}]}', "the text has 1"),
        (b'{"text": "a", "spans": [{"start": 0, "end": %d, "label": "X"}]}' % 10**40, r"spans"),
        (b'{"text": "a", "spans": [{"start": 0, "end": 1, "label": ""}]}', "no label"),
        (b'{"text": "a", "spans": [{"start": 0, "end": 1.5, "label": "X"}]}', r"spans\[0\].end"),
        (b'{"text": "a", "spans": [{"start": 0, "end": 1, "label": "X", "score": NaN}]}', "NaN"),
        (b'{"text": "a", "spans": [{"start": 0, "end": 1, "label": "X", "score": 1e999}]}', "score"),
        (b'{"text": "a", "spans": [{"start": 0, "end": 1, "label": "X", "status": "x"}]}', "status"),
        (b'{"text": "a", "spans": [{"start": 0, "end": 1, "label": "X", "text": "b"}]}', "should read"),
        (b'{"text": "a", "text": "b", "spans": []}', "twice"),
        (b'{"text": "\\ud800", "spans": []}', "surrogate"),
        (b'{"text": "a\\u0000b", "spans": []}', "NUL"),
        (b'{"text": "\xff", "spans": []}', "byte 10"),
        (b"[" * 100_000, "nested"),
        (b'{"text": "a", "spans": [], "n": ' + b"1" * 5000 + b"}", "not JSON"),
        (b'{"text": "a", "spans": [], "meta": {"sha256": "00"}}', "does not match the text"),
        (b'{"text": "a", "spans": [], "meta": {"version": 2}}', "version 2"),
    ],
)
def test_hostile_lines_are_one_sentence(tmp_path: Path, line: bytes, says: str) -> None:
    with pytest.raises(FormatError, match=says) as error:
        read(tmp_path / "x.jsonl", line)
    assert str(error.value).startswith("x.jsonl, line 1")
    assert "\n" not in str(error.value)


def test_a_line_without_end_is_given_up_early(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotations.formats.file_input.LONGEST", 1000)
    with pytest.raises(FormatError, match="line 2 is longer"):
        read(tmp_path / "x.jsonl", GOOD, b"x" * 5000)


def test_missing_files_and_folders_are_said(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="no file"):
        list(JSONL.read(tmp_path / "none", "none", Options()))
    with pytest.raises(FormatError, match="folder"):
        list(JSONL.read(tmp_path, "here", Options()))


def test_how_sure_the_suggester_was_beside_a_span_is_kept(tmp_path: Path) -> None:
    document, file = with_history(), tmp_path / "beside.jsonl"
    spans = [replace(span, score=0.9, beside=0.8) for span in document.row.spans]
    JSONL.write([document.with_spans(spans)], file, Options())
    VALIDATOR.validate(json.loads(file.read_bytes()))
    (again,) = JSONL.read(file, "x.jsonl", Options())
    assert {span.beside for span in again.annotated.row.spans} == {0.8}
