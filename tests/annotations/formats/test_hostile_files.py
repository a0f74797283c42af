"""Whatever a file contains, a reader gives documents or an error of one sentence, and nothing else."""

import json
import random
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.formats.format import Options
from annotations.formats.recognition import recognise
from annotations.formats.registry import FORMATS, load
from annotations.model.errors import AnnotateError
from annotations.model.span import Span
from annotations.model.value import Entity, Timex
from tests.annotations.formats.corpus import document
from tests.spans import sources_named

READABLE = [entry.name for entry in FORMATS if entry.reads]
EXAMPLE = document(
    "On 3 March 😀 the Bank\nof England met Ada.",
    Span(3, 10, "DATE", "accepted", value=Timex("DATE", "2021-03-03"), comment="hm"),
    Span(13, 32, "ORG", "accepted", flagged=True),
    Span(37, 40, "PERSON", "suggested", sources_named("m"), 0.5, Entity("Ada", "Q7259")),
)
TOKENS = [
    b"-1", b"1e999", b"NaN", b"99999999999999999999", b"null", b"{}", b"[]", b'""', b"\xff", b"\0",
    b"\\ud800", b"[[[[", b"]", b"}", b'"', b"\n", b"\t", b"<", b">", b"&#0;", b"&x;", b"1.5", b"true",
]  # fmt: skip


def written(name: str, folder: Path) -> Path:
    path = folder / "file"
    load(name).write([load(name).fit(EXAMPLE, Options()).annotated] * 2, path, Options())
    return path


def complaint(name: str, path: Path) -> str:
    """The error of the reader for a file; empty if it can be read, and then every span is inside its text."""
    try:
        chosen = recognise(path, "file") if name == "auto" else name
        for reading in load(chosen).read(path, "file", Options(find=lambda *_: EXAMPLE.document)):
            found = reading.annotated
            assert all(span.end <= len(found.text) for span in found.spans)
    except AnnotateError as error:
        return str(error)
    return ""


def damaged(data: bytes, seed: int) -> bytes:
    """The data with some bytes changed, removed, repeated or inserted at a few places."""
    draw = random.Random(seed)
    for _ in range(draw.randint(1, 4)):
        place = draw.randrange(len(data) + 1)
        end = min(len(data), place + draw.choice([0, 1, 1, 2, 5, 40]))
        kind = draw.randrange(5)
        if kind == 0:
            data = data[:place]
        elif kind == 1:
            data = data[:place] + draw.choice(TOKENS) + data[end:]
        elif kind == 2:
            data = data[:end] + data[place:]
        elif kind == 3:
            data = data[:place] + bytes(draw.randrange(256) for _ in range(end - place)) + data[end:]
        else:
            numbers = [i for i, byte in enumerate(data) if 48 <= byte <= 57]
            if numbers:
                at = draw.choice(numbers)
                data = data[:at] + draw.choice(TOKENS[:7]) + data[at + 1 :]
    return data


@pytest.mark.parametrize("name", READABLE)
def test_damaged_files(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("hostile")
    good = written(name, folder)
    files = sorted(file for file in good.rglob("*") if file.is_file()) if good.is_dir() else [good]
    originals = {file: file.read_bytes() for file in files}

    @settings(max_examples=150)
    @given(seed=st.integers(0, 2**32), which=st.integers(0, len(files) - 1))
    def check(seed: int, which: int) -> None:
        file = files[which]
        if name == "spacy":
            file.write_bytes(zlib.compress(damaged(zlib.decompress(originals[file]), seed)))
        else:
            file.write_bytes(damaged(originals[file], seed))
        said = complaint(name, good)
        file.write_bytes(originals[file])
        assert said == "" or said.startswith("file")
        assert "\n" not in said

    check()


ODD = [
    None, True, 5, -1, 1.5, "", "x", "/p[1]/text()[1]", [], {}, [1], ["X"], {"start": 0}, {"text": "Ada"},
    "Ada met Bo", 10**30, [{"text": "a"}], {"start": 0, "end": 3}, "<p>Ada</p>",
]  # fmt: skip
SHAPES: dict[str, object] = {
    "jsonl": {
        "text": "Ada",
        "spans": [{"start": 0, "end": 3, "label": "X", "text": "Ada"}],
        "id": 3,
        "annotator": "a",
        "meta": {"path": "p", "name": "n", "id": "i", "facts": {"done": "yes"}},
    },
    "prodigy": {
        "text": "Ada met",
        "spans": [{"start": 0, "end": 3, "label": "P"}],
        "answer": "accept",
        "meta": {"path": "a", "name": "b", "id": "c"},
        "_session_id": "s",
    },
    "doccano": {
        "id": 1,
        "text": "Ada met",
        "label": [[0, 3, "P"]],
        "path": "a",
        "name": "n",
        "document_id": "x",
        "annotator": "z",
        "entities": [{"start_offset": 0, "end_offset": 3, "label": "X"}],
    },
    "label-studio": [
        {
            "id": 1,
            "data": {
                "text": "Ada met 😀",
                "html": "<p>Ada <b>met</b></p>",
                "d": [{"author": "a", "text": "Ada"}],
            },
            "annotations": [
                {
                    "id": 5,
                    "completed_by": {"email": "a"},
                    "was_cancelled": False,
                    "result": [
                        {
                            "id": "r",
                            "type": "labels",
                            "value": {"start": 0, "end": 3, "text": "Ada", "labels": ["P"]},
                        },
                        {"id": "r", "type": "textarea", "from_name": "value", "value": {"text": ["{}"]}},
                        {
                            "type": "hypertextlabels",
                            "value": {
                                "start": "/p[1]/text()[1]",
                                "end": "/p[1]/text()[1]",
                                "startOffset": 0,
                                "endOffset": 3,
                                "globalOffsets": {"start": 0, "end": 3},
                                "hypertextlabels": ["X"],
                                "text": "Ada",
                            },
                        },
                        {
                            "type": "paragraphlabels",
                            "value": {
                                "start": "0",
                                "end": "0",
                                "startOffset": 0,
                                "endOffset": 2,
                                "paragraphlabels": ["Z"],
                            },
                        },
                    ],
                }
            ],
            "predictions": [{"model_version": "m", "result": []}],
            "drafts": [{}],
        },
        {
            "text": "Ada",
            "label": [{"start": 0, "end": 3, "text": "Ada", "labels": ["X"]}],
            "annotator": 1,
            "annotation_id": 3,
        },
    ],
}


def changed(value: object, draw: random.Random) -> object:
    """A JSON value with some of its parts left out or replaced."""
    if draw.random() < 0.12:
        return draw.choice(ODD)
    if isinstance(value, dict):
        return {key: changed(one, draw) for key, one in value.items() if draw.random() > 0.05}
    if isinstance(value, list):
        return [changed(one, draw) for one in value]
    return value


@pytest.mark.parametrize("name", SHAPES)
def test_json_of_other_shapes(name: str, tmp_path: Path) -> None:
    for seed in range(300):
        value = changed(SHAPES[name], random.Random(seed))
        (tmp_path / "x").write_text(json.dumps(value))
        for how in (name, "auto"):
            said = complaint(how, tmp_path / "x")
            assert said == "" or said.startswith("file")
            assert "\n" not in said


@pytest.mark.parametrize("name", [*READABLE, "auto"])
@settings(max_examples=60)
@given(data=st.one_of(st.binary(max_size=200), st.lists(st.sampled_from(TOKENS)).map(b"".join)))
def test_noise(name: str, data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("noise") / "file"
    file.write_bytes(data)
    assert "\n" not in complaint(name, file)


BOMB = "".join(
    ["<!DOCTYPE x [<!ENTITY a0 'aaaaaaaaaa'>"]
    + [f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)]
    + ["]><TimeML><TEXT>&a11;</TEXT></TimeML>"]
)
SECRET = "<!DOCTYPE x [<!ENTITY s SYSTEM 'file:///etc/passwd'>]><TimeML><TEXT>&s;</TEXT></TimeML>"


@pytest.mark.parametrize("text", [BOMB, SECRET])
def test_declared_entities_are_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "x.tml").write_text(text)
    with pytest.raises(AnnotateError, match="declares the entity"):
        list(load("timeml").read(tmp_path / "x.tml", "x.tml", Options()))


def test_elements_without_end_are_refused(tmp_path: Path) -> None:
    (tmp_path / "x.tml").write_text("<TimeML>" + "<x>" * 100_000)
    with pytest.raises(AnnotateError, match="nested too deeply"):
        list(load("timeml").read(tmp_path / "x.tml", "x.tml", Options()))
