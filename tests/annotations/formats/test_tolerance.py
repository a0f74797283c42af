"""What cannot be read is listed with its place, and the rest is imported; nothing is dropped without a message."""

import json
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from annotations.formats.annotated_document import AnnotatedDocument, annotated
from annotations.formats.format import FormatError, Options, Reading
from annotations.formats.importing import Choices, ImportFile, import_files
from annotations.formats.loss import LossTable, StrictRefusal
from annotations.formats.recognition import recognise
from annotations.formats.registry import FORMATS, load
from annotations.formats.span_input import NO_TEXT, OTHER_TEXT, OUTSIDE, SpanInput
from annotations.formats.tolerance import BAD_ROW, UNREADABLE, read_each
from annotations.model.span import Span
from tests.annotations.formats.counting_store import CountingStore

TEXT = "Ada met Bo in Peru."
ADA, PERU = Span(0, 3, "PERSON", "accepted"), Span(14, 18, "GPE", "accepted")


def read(name: str, path: Path, **options: str) -> list[Reading]:
    return list(load(name).read(path, "file", Options(**options)))  # type: ignore[arg-type]


def quotes(reading: Reading) -> list[tuple[str, str]]:
    found = reading.annotated
    return [(span.label, found.text[span.start : span.end]) for span in found.spans]


def reasons(*readings: Reading) -> list[str]:
    return [loss.reason for reading in readings for loss in reading.losses]


ZERO: dict[str, dict[str, str]] = {
    "jsonl": {
        "file": json.dumps(
            {"text": TEXT, "spans": [{"start": s, "end": e, "label": "X"} for s, e in ((0, 3), (4, 4))]}
        )
    },
    "doccano": {"file": json.dumps({"text": TEXT, "label": [[0, 3, "X"], [4, 4, "X"]]})},
    "prodigy": {
        "file": json.dumps(
            {
                "text": TEXT,
                "answer": "accept",
                "spans": [{"start": 0, "end": 3, "label": "X"}, {"start": 4, "end": 4, "label": "X"}],
            }
        )
    },
    "label-studio": {
        "file": json.dumps(
            [
                {
                    "data": {"text": TEXT},
                    "annotations": [
                        {
                            "result": [
                                {"type": "labels", "value": {"start": s, "end": e, "labels": ["X"]}}
                                for s, e in ((0, 3), (4, 4))
                            ]
                        }
                    ],
                }
            ]
        )
    },
    "brat": {"a.txt": TEXT, "a.ann": "T1\tX 0 3\tAda\nT2\tX 4 4\t\n"},
    "webanno-tsv": {
        "a.tsv": "#FORMAT=WebAnno TSV 3.3\n#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|value\n\n\n"
        "#Text=Ada met\n1-1\t0-3\tAda\tX\n1-2\t4-7\tmet\t_\n1-2.1\t4-4\t\tX\n"
    },
    "timeml": {
        "a.tml": '<TimeML><TEXT><TIMEX3 tid="t1" type="DATE" value="2020">Ada</TIMEX3> met '
        '<TIMEX3 tid="t2" type="DATE" value="2021"/></TEXT></TimeML>'
    },
    "hf-jsonl": {
        "train.jsonl": json.dumps({"tokens": ["Ada", "", "met"], "ner_tags": ["B-X", "B-X", "O"]})
    },
}


@pytest.mark.parametrize("name", ZERO)
def test_an_annotation_of_no_text_is_listed_and_the_rest_is_read(name: str, tmp_path: Path) -> None:
    for file, content in ZERO[name].items():
        (tmp_path / file).write_text(content, "utf-8")
    path = tmp_path / "file" if "file" in ZERO[name] else tmp_path
    assert recognise(path, "file") == name
    [reading] = read(name, path)
    assert [span.end for span in reading.annotated.spans] == [3]
    assert [
        reason in (NO_TEXT, "TIMEX3 without text, which cannot be stored") for reason in reasons(reading)
    ] == [True]
    assert not reading.complete
    with pytest.raises(StrictRefusal, match="1 ×"):
        import_files(
            [ImportFile("x", [reading])],
            CountingStore(),
            Choices("accepted", "ann", by_file=True, strict=True),
        )


def test_an_annotation_of_no_text_alone_does_not_refuse_a_file(tmp_path: Path) -> None:
    (tmp_path / "x").write_text(json.dumps({"text": TEXT, "label": [[4, 4, "X"]]}))
    [reading] = read("doccano", tmp_path / "x")
    assert reading.annotated.text == TEXT
    assert reasons(reading) == [NO_TEXT]


def test_annotations_that_do_not_fit_are_listed_while_others_do(tmp_path: Path) -> None:
    lines = [
        {"text": TEXT, "label": [[0, 3, "PERSON"], [90, 95, "X"], [-3, 2, "X"]]},
        {"text": "Bo", "label": []},
    ]
    (tmp_path / "x").write_text("\n".join(map(json.dumps, lines)))
    first, second = read("doccano", tmp_path / "x")
    assert quotes(first) == [("PERSON", "Ada")]
    assert reasons(first) == [OUTSIDE, OUTSIDE]
    assert first.losses[0].example.startswith("file, line 1, field label[1] reaches from 90 to 95")
    assert not reasons(second)
    (tmp_path / "x").write_text(json.dumps({"text": TEXT, "label": [[90, 95, "X"]]}))
    with pytest.raises(FormatError, match="reaches from 90 to 95"):
        read("doccano", tmp_path / "x")


@pytest.mark.parametrize("name", [one.name for one in FORMATS if one.reads and one.suffix == ".jsonl"])
@pytest.mark.parametrize(
    "bad", [b"{", b"not json", b'{"text": 5}', b"[1]", b'{"text": "a\\u0000"}', b'"\xff"', b"null"]
)
def test_one_bad_line_is_listed(name: str, bad: bytes, tmp_path: Path) -> None:
    format_ = load(name)
    some = [annotated(f"Ada met Zoë {number}.", [ADA]) for number in range(3)]
    format_.write([format_.fit(one, Options()).annotated for one in some], tmp_path / "x", Options())
    lines = (tmp_path / "x").read_bytes().splitlines()
    for place in (0, 1, 3):
        (tmp_path / "x").write_bytes(b"\n".join([*lines[:place], bad, *lines[place:]]))
        readings = read(name, tmp_path / "x")
        assert [one.annotated.text for one in readings] == [one.text for one in some]
        assert reasons(*readings) == [UNREADABLE]
        [loss] = [loss for one in readings for loss in one.losses]
        assert loss.example.startswith(f"file, line {place + 1}")
        table = LossTable()
        table.add("doc", [loss])
        assert (table.lost()[0].examples, table.lost()[0].documents) == ([loss.example], 0)


def test_a_file_of_nothing_but_bad_lines_is_refused_with_the_first(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("{\n[\n")
    with pytest.raises(FormatError, match="line 1 is not JSON"):
        read("jsonl", tmp_path / "x")


def test_too_many_bad_lines_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotations.formats.tolerance.MOST", 3)
    asked = []

    def endless() -> Iterator[tuple[str, int]]:
        for number in range(1000):
            asked.append(number)
            yield f"line {number}", number

    def refuse(where: str, _: int) -> list[Reading]:
        raise FormatError(f"{where} is bad.")

    with pytest.raises(FormatError, match="line 0 is bad"):
        list(read_each(endless(), refuse))
    assert len(asked) == 4


def test_one_bad_task_of_an_array_is_listed(tmp_path: Path) -> None:
    tasks = '[{"data": {"text": "Ada"}}, {"data": 5}, {"data": {"text": "Bo"}}, {"x": NaN}]'
    (tmp_path / "x").write_text(tasks)
    readings = read("label-studio", tmp_path / "x")
    assert [one.annotated.text for one in readings] == ["Ada", "Bo"]
    assert sorted(loss.example[:18] for one in readings for loss in one.losses) == [
        "file, document 2, ",
        "file, document 4 i",
    ]


def test_bad_lines_of_brat_are_listed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "a.ann").write_text(
        "T1\tP 0 3\tAda\nT2\tP x y\tBo\nT3\tP 4 7\tMET\nT4\tP 90 95\tx\n\nrubbish\nT1\tP 4 7\tmet\n"
        "A1\tNegation T2\nA2\tFlagged T9\n#1\tTimex3 T1\t{broken\nT5\tG 14 18\tPeru\n"
    )
    [reading] = read("brat", tmp_path)
    assert quotes(reading) == [("P", "Ada"), ("G", "Peru")]
    assert len(reading.losses) == 8
    assert sum("file/a.ann, " in loss.example and "line" in loss.example for loss in reading.losses) == 5


def test_rows_of_a_table_that_are_bad_are_listed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "x").write_text(
        "path,start,end,label\na.txt,0,3,PERSON\na.txt,x,3,P\na.txt,4,4,P\na.txt,0,3,P,Q,R\na.txt,14,18,GPE\na.txt,90,99,P\n"
    )
    [reading] = read("csv", tmp_path / "x")
    assert quotes(reading) == [("PERSON", "Ada"), ("GPE", "Peru")]
    assert sorted(reasons(reading)) == sorted([UNREADABLE, NO_TEXT, UNREADABLE, OUTSIDE])


def test_a_bad_row_of_webanno_tsv_is_listed_and_moves_nothing(tmp_path: Path) -> None:
    head = "#FORMAT=WebAnno TSV 3.3\n#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|value\n\n\n"
    (tmp_path / "a.tsv").write_text(
        f"{head}#Text=Ada met Bo\n1-1\tbad\tAda\tX\n1-2\t4-7\tmet\tX\n1-3\t8-10\tBo\tY\n\n"
        "#Text=In Peru\n2-1\t11-13\tIn\t_\n2-2\t14-18\tLima\tX\n"
    )
    [reading] = read("webanno-tsv", tmp_path)
    assert reading.annotated.text == "Ada met Bo\nIn Peru"
    assert quotes(reading) == [("X", "met"), ("Y", "Bo")]
    assert sorted(reasons(reading)) == sorted([BAD_ROW, OTHER_TEXT])


def test_one_bad_entity_of_a_cas_is_listed(tmp_path: Path) -> None:
    load("cas-xmi").write([annotated(TEXT, [ADA, PERU])], tmp_path / "x", Options())
    [file] = (tmp_path / "x").glob("*.xmi")
    good = file.read_text("utf-8")
    for bad in ('begin="14" end="14"', 'begin="14" end="900"', 'begin="18" end="14"'):
        file.write_text(
            good.replace('begin="14" end="18" value="GPE"', f'{bad} value="GPE"').replace(
                'value="GPE" begin="14" end="18"', f'value="GPE" {bad}'
            )
        )
        assert file.read_text("utf-8") != good or 'begin="14"' not in good
        [reading] = read("cas-xmi", tmp_path / "x")
        if file.read_text("utf-8") != good:
            assert quotes(reading) == [("PERSON", "Ada")]
            assert len(reading.losses) == 1


def test_a_bad_document_of_a_docbin_is_listed(tmp_path: Path) -> None:
    some = [annotated(f"Ada met Bo {number}.", [ADA], annotator="ann") for number in range(3)]
    load("spacy").write(some, tmp_path / "x", Options())
    packed = msgspec.msgpack.decode(zlib.decompress((tmp_path / "x").read_bytes()))
    packed["user_data"][1] = msgspec.msgpack.encode({"annotate": {"annotator": 5}})
    (tmp_path / "x").write_bytes(zlib.compress(msgspec.msgpack.encode(packed)))
    readings = read("spacy", tmp_path / "x")
    assert [one.annotated.text for one in readings] == [some[0].text, some[2].text]
    assert reasons(*readings) == [UNREADABLE]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("jsonl", '{"text": "Zoë – “Ada”", "spans": []}\n{"text": "Bo", "spans": []}\n'),
        ("doccano", '{"text": "Zoë – “Ada”", "label": [[0, 3, "P"]]}\n{"text": "Bo", "label": []}\n'),
        ("iob2", "Zoë\tB-P\n–\tO\n“\tO\nAda\tB-P\n"),
        ("conllu-plus", "# global.columns = ID FORM NER\n1\tZoë\tB-P\n2\t–\tO\n"),
        ("label-studio", '[{"data": {"text": "Zoë – “Ada”"}}]'),
        ("timeml", "<TimeML><TEXT>Zoë – “Ada”</TEXT></TimeML>"),
        ("webanno-tsv", "#FORMAT=WebAnno TSV 3.3\n\n\n#Text=Zoë –\n1-1\t0-3\tZoë\n1-2\t4-5\t–\n"),
    ],
)
@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-16-le", "utf-8-sig"])
def test_every_text_format_is_read_in_the_encoding_that_is_named(
    name: str, text: str, encoding: str, tmp_path: Path
) -> None:
    (tmp_path / "x").write_text(text, "utf-8", newline="")
    expected = [one.annotated for one in read(name, tmp_path / "x")]
    assert any("Zoë" in one.text for one in expected)
    (tmp_path / "x").write_bytes(text.encode(encoding))
    assert recognise(tmp_path / "x", "file", encoding) == name
    assert [one.annotated for one in read(name, tmp_path / "x", encoding=encoding)] == expected
    if encoding == "cp1252" and name != "timeml":
        with pytest.raises(FormatError, match="looks like Windows-1252, so try --encoding cp1252"):
            read(name, tmp_path / "x")
        with pytest.raises(FormatError, match="--encoding cp1252"):
            recognise(tmp_path / "x", "file")


def test_xml_keeps_the_encoding_it_declares_unless_one_is_named(tmp_path: Path) -> None:
    text = '<?xml version="1.0" encoding="ISO-8859-1"?>\n<TimeML><TEXT>Zoë</TEXT></TimeML>'
    (tmp_path / "x").write_bytes(text.encode("latin-1"))
    assert read("timeml", tmp_path / "x")[0].annotated.text == "Zoë"
    (tmp_path / "x").write_bytes(text.encode("utf-16"))
    assert read("timeml", tmp_path / "x", encoding="utf-16")[0].annotated.text == "Zoë"


def test_a_cas_is_read_in_the_encoding_that_is_named(tmp_path: Path) -> None:
    load("cas-xmi").write(
        [annotated("Zoë met.", [Span(0, 3, "P", "accepted")])], tmp_path / "x", Options()
    )
    [file] = (tmp_path / "x").glob("*.xmi")
    file.write_bytes(file.read_text("utf-8").encode("utf-16-le"))
    [reading] = read("cas-xmi", tmp_path / "x", encoding="utf-16-le")
    assert quotes(reading) == [("P", "Zoë")]


@pytest.mark.parametrize("name", ["spacy", "hf-parquet"])
def test_binary_formats_say_that_an_encoding_does_not_apply(name: str, tmp_path: Path) -> None:
    load(name).write(
        [load(name).fit(annotated(TEXT, [ADA]), Options()).annotated], tmp_path / "x", Options()
    )
    with pytest.raises(FormatError, match="leave out --encoding"):
        read(name, tmp_path / "x", encoding="cp1252")


@pytest.mark.parametrize("encoding", ["nonsense", "rot13", "a\0b"])
def test_an_unknown_encoding_is_said(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "x").write_text("Ada\tO\n")
    for name in ("jsonl", "iob2", "csv", "label-studio", "timeml"):
        with pytest.raises(FormatError, match="There is no encoding"):
            read(name, tmp_path / "x", encoding=encoding)


def test_bytes_that_are_not_of_the_named_encoding_are_said(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"Ada\tO\n\x81\tO\n")
    with pytest.raises(FormatError, match="file is not cp1252: "):
        read("iob2", tmp_path / "x", encoding="cp1252")


@pytest.mark.parametrize("name", ["auto", "jsonl", "iob2", "csv", "webanno-tsv"])
def test_files_that_are_no_text_are_called_what_they_are(name: str, tmp_path: Path) -> None:
    for data, kind in (
        (b"%PDF-1.4 x", "a PDF document"),
        (b"\x1f\x8b\x08", "packed with gzip"),
        (b"PK\x03\x04word/", "a Word document"),
    ):
        (tmp_path / "x").write_bytes(data)
        with pytest.raises(FormatError, match=f"file is {kind}"):
            read(recognise(tmp_path / "x", "file") if name == "auto" else name, tmp_path / "x")


def test_a_bad_byte_in_a_file_that_is_utf_8_spoils_only_its_line(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes("Zoë\tB-P\n".encode() + b"b\xff\tO\n" + "schläft\tO\n".encode())
    [reading] = read("iob2", tmp_path / "x")
    assert (reading.annotated.text, reasons(reading)) == ("Zoë schläft", [BAD_ROW])


def test_spans_are_listed_once_each() -> None:
    found = SpanInput(TEXT, "x")
    for start, end, quote in ((0, 3, "Ada"), (0, 3, None), (5, 5, None), (4, 7, "Met"), (7, 4, None)):
        found.add(start, end, "X", "field", quote)
    assert [span.end for span in found.spans] == [3]
    assert [loss.reason for loss in found.losses] == [NO_TEXT, OTHER_TEXT, OUTSIDE]
    assert all(
        loss.example.startswith("x, field ") and loss.example.endswith(".") for loss in found.losses
    )


def test_json_of_texts_without_spans_is_read(tmp_path: Path) -> None:
    (tmp_path / "x").write_text('{"text": "Ada", "id": 7, "title": "A"}\n{"text": "Bo"}\n')
    assert recognise(tmp_path / "x", "x") == "jsonl"
    first, second = read("jsonl", tmp_path / "x")
    assert (first.annotated.text, second.annotated.text) == ("Ada", "Bo")
    assert (first.key, second.key) == ("7", "")
    assert reasons(first, second) == ["field 'title', which is not read"]


def test_two_documents_with_one_text_stay_two(tmp_path: Path) -> None:
    sha256 = annotated("Ada", []).document.sha256
    some: list[AnnotatedDocument] = [
        annotated("Ada", [ADA], name="a.txt", annotator="ann"),
        annotated("Ada", [ADA], name="b.txt", annotator="ann", document_id=f"{sha256}-0011aabb"),
        annotated("Ada", [ADA], path="/x/b.txt", document_id=f"{sha256}-0011aabb", annotator="bo"),
    ]
    known = {one.document.id: one.document for one in some}
    options = Options(find=lambda id_, path: known.get(id_))
    for name in (
        "jsonl",
        "spacy",
        "prodigy",
        "doccano",
        "doccano-entities",
        "label-studio",
        "csv",
        "tsv",
    ):
        fits = [load(name).fit(one, Options()) for one in some]
        assert not [loss for fit in fits for loss in fit.losses if loss.part == "path"]
        load(name).write([fit.annotated for fit in fits], tmp_path / name, Options())
        back = [one.annotated for one in load(name).read(tmp_path / name, "x", options)]
        # A table refers to known articles, which keep their names.
        wanted = [known[one.document.id] if name in ("csv", "tsv") else one.document for one in some]
        assert [one.document for one in back] == wanted
        assert [one.row.annotator for one in back] == ["ann", "ann", "bo"]


def test_a_nul_in_a_line_costs_that_line_and_an_empty_file_is_named_so(tmp_path: Path) -> None:
    (tmp_path / "x.tsv").write_bytes(b"Ada\tB-P\nB\0\tO\nran\tO\n")
    [reading] = read("iob2", tmp_path / "x.tsv")
    assert (reading.annotated.text, reading.complete) == ("Ada ran", False)
    assert [loss.example for loss in reading.losses] == [
        "file, line 2 has a NUL character; that is not text."
    ]
    for nothing in (b"", b"\n \n", b"\xef\xbb\xbf"):
        (tmp_path / "x").write_bytes(nothing)
        with pytest.raises(FormatError, match="x is empty"):
            recognise(tmp_path / "x", "x")


def test_a_row_of_webanno_without_its_word_is_listed(tmp_path: Path) -> None:
    head = "#FORMAT=WebAnno TSV 3.3\n#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|value\n\n\n"
    rows = "#Text=Ada met Bo\n1-1\t0-3\t\tP\t\n1-2\t4-7\tmet\t_\t\n1-3\t8-10\tBo\tP\t\n"
    (tmp_path / "x.tsv").write_text(head + rows)
    [reading] = read("webanno-tsv", tmp_path / "x.tsv")
    assert reading.annotated.text == "Ada met Bo"
    assert quotes(reading) == [("P", "Bo")]
    assert reasons(reading) == [BAD_ROW]


def test_cassis_warns_nobody_of_a_type_system(tmp_path: Path, recwarn: pytest.WarningsRecorder) -> None:
    load("cas-xmi").write([annotated(TEXT, [ADA])], tmp_path / "x", Options())
    types = tmp_path / "x" / "TypeSystem.xml"
    feature = re.search(r"<featureDescription>.*?</featureDescription>", types.read_text(), re.DOTALL)
    assert feature is not None
    types.write_text(types.read_text().replace(feature[0], feature[0] * 2, 1))
    recwarn.clear()
    [reading] = read("cas-xmi", tmp_path / "x")
    assert quotes(reading) == [("PERSON", "Ada")]
    assert [str(one.message) for one in recwarn if one.category is UserWarning] == []
