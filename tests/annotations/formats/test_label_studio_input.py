"""Exports of Label Studio: whose annotations they are, in which text, and of which kind."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from annotations.formats.annotated_document import annotated
from annotations.formats.format import FormatError, Options, Reading
from annotations.formats.hypertext import Hypertext
from annotations.formats.recognition import recognise
from annotations.formats.registry import load
from annotations.formats.span_input import OTHER_TEXT, OUTSIDE
from annotations.formats.tolerance import UNREADABLE
from annotations.formats.utf16 import Utf16
from annotations.model.span import Span

TEXT = "Ada Lovelace met 😀 Bo in Peru, a country she had never seen before."


def region(start: int, end: int, label: str, text: str | None = None, **more: object) -> dict[str, Any]:
    value = {"start": start, "end": end, "labels": [label]} | ({"text": text} if text else {})
    return {"type": "labels", "from_name": "label", "to_name": "text", "value": value} | more


def read(folder: Path, *tasks: object) -> list[Reading]:
    (folder / "x.json").write_text(json.dumps(tasks))
    return list(load("label-studio").read(folder / "x.json", "x", Options()))


def quotes(reading: Reading) -> list[tuple[str, str]]:
    found = reading.annotated
    return [(span.label, found.text[span.start : span.end]) for span in found.spans]


def test_people_are_kept_apart(tmp_path: Path) -> None:
    by = [{"email": "a@x.org", "id": 1}, 7, {"id": 9}, None, None]
    task = {
        "id": 3,
        "data": {"text": TEXT, "annotator": "a column of theirs", "date": "12 May"},
        "annotations": [
            {"id": 100 + number, "completed_by": who, "result": [region(0, 12, f"L{number}")]}
            for number, who in enumerate(by)
        ],
    }
    readings = read(tmp_path, task)
    assert [one.annotated.row.annotator for one in readings] == [
        "a@x.org",
        "7",
        "9",
        "annotation 103",
        "annotation 104",
    ]
    assert [quotes(one) for one in readings] == [[(f"L{n}", "Ada Lovelace")] for n in range(5)]
    assert {one.annotated.text for one in readings} == {TEXT}
    assert {one.key for one in readings} == {"3"}
    assert all(one.complete for one in readings)
    assert [loss.reason for one in readings for loss in one.losses] == [
        "field 'data.annotator', which is not read",
        "field 'data.date', which is not read",
    ]
    assert not readings[0].annotated.created


def test_cancelled_annotations_and_drafts_are_counted(tmp_path: Path) -> None:
    cancelled = {"was_cancelled": True, "completed_by": 1, "result": [region(0, 12, "X")]}
    task = {"data": {"text": TEXT}, "annotations": [cancelled, cancelled], "drafts": [{"result": []}]}
    [reading] = read(tmp_path, task)
    assert not reading.annotated.spans
    assert not reading.complete
    assert sorted(loss.reason for loss in reading.losses) == [
        "cancelled annotation, which is not read",
        "cancelled annotation, which is not read",
        "draft of an annotation, which is not read",
    ]


@pytest.mark.parametrize(
    ("data", "config"),
    [
        ({"body": TEXT}, ""),
        ({"body": TEXT, "n": 5, "tags": ["a"]}, ""),
        ({"title": "A short title", "body": TEXT, "author": "Bo"}, ""),
        ({"title": TEXT.replace("Ada", "Eve"), "body": TEXT, "text": "Bo"}, "body"),
        ({"title": "Ada", "text": TEXT}, ""),
    ],
)
@pytest.mark.parametrize("quoted", [True, False])
def test_the_text_of_a_task(data: dict[str, object], config: str, quoted: bool, tmp_path: Path) -> None:
    if config:
        (tmp_path / "x.config.xml").write_text(
            f'<View><Labels name="label" toName="text"/><Text name="text" value="${config}"/></View>'
        )
    result = [region(0, 12, "PERSON", "Ada Lovelace" if quoted else None)]
    [reading] = read(tmp_path, {"data": data, "annotations": [{"result": result}]})
    assert reading.annotated.text == TEXT
    assert quotes(reading) == [("PERSON", "Ada Lovelace")]


def test_many_annotations_of_a_long_text_map_it_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []

    class Counting(Utf16):
        def __init__(self, text: str) -> None:
            made.append(len(text))
            super().__init__(text)

    monkeypatch.setattr("annotations.formats.label_studio_text.Utf16", Counting)
    results = [region(start, start + 3, "X", TEXT[start : start + 3]) for start in range(15)] * 20
    read(tmp_path, {"data": {"text": TEXT}, "annotations": [{"result": results}]})
    assert len(made) <= 2


def test_what_annotations_quote_tells_the_text(tmp_path: Path) -> None:
    data = {"text": "Another short one.", "body": TEXT, "old": TEXT.replace("Ada", "Eve")}
    result = [region(0, 12, "PERSON", "Ada Lovelace")]
    [reading] = read(tmp_path, {"data": data, "annotations": [{"result": result}]})
    assert reading.annotated.text == TEXT


def test_texts_that_cannot_be_known_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"several strings \(a, b\).*config"):
        read(tmp_path, {"data": {"a": "Ada met Bo.", "b": "Bo met Ada."}})
    with pytest.raises(FormatError, match="has no text"):
        read(tmp_path, {"data": {"a": 5}})
    with pytest.raises(FormatError, match="address of a text"):
        read(tmp_path, {"data": {"text": "https://example.org/a.txt"}})


def test_offsets_in_utf_16_and_in_code_points(tmp_path: Path) -> None:
    place = TEXT.index("Bo")
    for start in (place, place + 1):
        [reading] = read(
            tmp_path,
            {"data": {"text": TEXT}, "annotations": [{"result": [region(start, start + 2, "P", "Bo")]}]},
        )
        assert quotes(reading) == [("P", "Bo")]
    results = [region(0, 3, "P", "Ada"), region(4, 9, "P", "nothing"), region(900, 905, "P")]
    [reading] = read(tmp_path, {"data": {"text": TEXT}, "annotations": [{"result": results}]})
    assert [loss.reason for loss in reading.losses] == [OTHER_TEXT, OUTSIDE]


def test_line_ends_in_quotes_are_written_as_escapes(tmp_path: Path) -> None:
    for quote in ("Bank\nof England", "Bank\\nof England", "Bank of England"):
        [reading] = read(
            tmp_path,
            {
                "data": {"text": "the Bank\nof England"},
                "annotations": [{"result": [region(4, 19, "ORG", quote)]}],
            },
        )
        assert quotes(reading) == [("ORG", "Bank\nof England")]


HTML = "<div><h1>Ada &amp; Bo</h1><p>They <b>met</b> in<br>Peru 😀.</p><p>Then Zoë<script>x</script> left.</p></div>"
UNITS = "Ada & BoThey met in\nPeru 😀.Then Zoë left."


def hyper(
    words: str, xpath: tuple[str, int, str, int], offsets: bool = True, quote: bool = True
) -> dict[str, Any]:
    before = UNITS[: UNITS.index(words)]
    start = len(before.encode("utf-16-le")) // 2
    end = start + len(words.encode("utf-16-le")) // 2
    first, begin, last, finish = xpath
    value: dict[str, Any] = {"start": first, "startOffset": begin, "end": last, "endOffset": finish}
    value |= {"hypertextlabels": ["X"]}
    value |= {"globalOffsets": {"start": start, "end": end}} if offsets else {}
    value |= {"text": words} if quote else {}
    return {"type": "hypertextlabels", "from_name": "l", "to_name": "t", "value": value}


@pytest.mark.parametrize(
    ("offsets", "quote"), [(True, True), (True, False), (False, True), (False, False)]
)
def test_hypertext_is_read_as_its_text(offsets: bool, quote: bool, tmp_path: Path) -> None:
    results = [
        hyper("Ada", ("/div[1]/h1[1]/text()[1]", 0, "/div[1]/h1[1]/text()[1]", 3), offsets, quote),
        hyper("met in", ("/div[1]/p[1]/b[1]/text()[1]", 0, "/div[1]/p[1]/text()[2]", 3), offsets, quote),
        hyper("Peru 😀", ("/div[1]/p[1]/text()[3]", 0, "/div[1]/p[1]/text()[3]", 7), offsets, quote),
        hyper("Zoë", ("/div[1]/p[2]/text()[1]", 5, "/div[1]/p[2]/text()[1]", 8), offsets, quote),
    ]
    [reading] = read(tmp_path, {"data": {"html": HTML}, "annotations": [{"result": results}]})
    assert reading.annotated.text == "Ada & Bo\nThey met in\nPeru 😀.\nThen Zoë left."
    assert [words for _, words in quotes(reading)] == ["Ada", "met in", "Peru 😀", "Zoë"]
    assert not reading.losses


def test_hypertext_of_hostile_shape() -> None:
    for html in (
        "<div>" * 3000 + "x",
        "</p></p><p",
        "<br>" * 1000,
        "<" * 1000,
        "<p>a<p>b<li>c<td>",
        "&#0;&#x110000;",
    ):
        page = Hypertext(html)
        for place in (-1, 0, 1, 10**9):
            for end in (True, False):
                found = page.offset_of_global(place, end, True)
                assert found is None or 0 <= found <= len(page.text)
        assert page.at("/../x", 0) is None
        assert page.at("", 5) is None
    assert Hypertext("<p>Ada<p>Bo").text == "Ada\nBo"


def test_paragraphs_of_a_dialogue(tmp_path: Path) -> None:
    data = {
        "dialogue": [{"author": "A", "text": "Hello 😀 Ada"}, {"author": "B", "text": "Hi Bo in Peru"}]
    }

    def result(first: str, begin: int, last: str, end: int) -> dict[str, Any]:
        value = {
            "start": first,
            "startOffset": begin,
            "end": last,
            "endOffset": end,
            "paragraphlabels": ["X"],
        }
        return {"type": "paragraphlabels", "value": value}

    results = [
        result("0", 9, "0", 12),
        result("1", 3, "1", 5),
        result("0", 9, "1", 2),
        result("7", 0, "7", 1),
    ]
    [reading] = read(tmp_path, {"data": data, "annotations": [{"result": results}]})
    assert reading.annotated.text == "Hello 😀 Ada\nHi Bo in Peru"
    assert [words for _, words in quotes(reading)] == ["Ada\nHi", "Ada", "Bo"]
    assert [loss.reason for loss in reading.losses] == [
        "field 'author' of paragraphs, which is not read",
        OUTSIDE,
    ]


def test_the_short_export_is_read(tmp_path: Path) -> None:
    places = [{"start": 0, "end": 12, "text": "Ada Lovelace", "labels": ["PERSON", "NAME"]}]
    row = {
        "text": TEXT,
        "id": 4,
        "label": places,
        "annotator": 2,
        "annotation_id": 9,
        "created_at": "x",
        "updated_at": "x",
        "lead_time": 1.5,
    }
    other = row | {"annotator": 3, "label": [], "annotation_id": 10}
    first, second = read(tmp_path, row, other)
    assert recognise(tmp_path / "x.json", "x") == "label-studio"
    assert quotes(first) == [("NAME", "Ada Lovelace"), ("PERSON", "Ada Lovelace")]
    assert [one.annotated.row.annotator for one in (first, second)] == ["2", "3"]
    assert [one.key for one in (first, second)] == ["4", "4"]
    assert (second.annotated.spans, second.complete) == ((), True)


def test_older_exports_call_annotations_completions(tmp_path: Path) -> None:
    [reading] = read(
        tmp_path, {"data": {"text": TEXT}, "completions": [{"result": [region(0, 3, "P")]}]}
    )
    assert quotes(reading) == [("P", "Ada")]


@pytest.mark.parametrize(
    "text",
    [
        '[["Ada met Bo", {"entities": [[0, 3, "P"]]}]]',
        '[{"id": 0, "paragraphs": []}]',
        '[{"sentence": "Ada"}]',
        '{"tokens": ["Ada"], "tags": [1]}',
        "[1, 2]",
        "[Photo: Ada]\nAda met Bo.\n",
        "[",
    ],
)
def test_what_begins_with_a_bracket_is_not_label_studio_for_that(text: str, tmp_path: Path) -> None:
    (tmp_path / "x").write_text(text)
    with pytest.raises(Exception, match="no format that is recognised"):
        recognise(tmp_path / "x", "x")


def test_columns_that_begin_with_a_bracket_are_columns(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("[\tO\nAda\tB-PER\n]\tO\n")
    assert recognise(tmp_path / "x", "x") == "iob2"


def test_our_own_tasks_come_back_with_their_columns(tmp_path: Path) -> None:
    ours = annotated(
        TEXT, [Span(0, 3, "P", "accepted")], path="/a/b.txt", annotator="ann", created="2020-01-02"
    )
    load("label-studio").write([ours], tmp_path / "x.json", Options())
    [reading] = load("label-studio").read(tmp_path / "x.json", "x", Options())
    assert reading.annotated == ours
    assert not reading.losses
    [task] = json.loads((tmp_path / "x.json").read_text())
    del task["data"]["name"], task["data"]["document_id"]
    assert read(tmp_path, task)[0].annotated == ours  # as earlier versions wrote it


def test_a_text_of_ours_may_be_an_address(tmp_path: Path) -> None:
    ours = annotated("https://example.org/ada", [Span(8, 19, "SITE", "accepted")])
    load("label-studio").write([ours], tmp_path / "x.json", Options())
    [reading] = load("label-studio").read(tmp_path / "x.json", "x", Options())
    assert reading.annotated == ours
    with pytest.raises(FormatError, match="is the address of a text"):
        read(tmp_path, {"data": {"text": "https://example.org/ada"}, "annotations": []})


@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_the_short_export_as_a_table_is_read(delimiter: str, tmp_path: Path) -> None:
    places = [{"start": 0, "end": 12, "text": "Ada Lovelace", "labels": ["PERSON"]}]
    rows = [
        ["note", "id", "label", "annotator", "annotation_id", "created_at", "updated_at", "lead_time"],
        [f"{TEXT}\nA line", "1", json.dumps(places), "2", "9", "x", "x", "1.5"],
        [f"{TEXT}\nA line", "1", "", "3", "10", "x", "x", "1.5"],
        ["[{ is not a list here", "2", "[{broken", "3", "11", "x", "x", "1.5"],
    ]
    with (tmp_path / "x").open("w", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    assert recognise(tmp_path / "x", "x") == "label-studio"
    first, second = load("label-studio").read(tmp_path / "x", "x", Options())
    assert (first.annotated.row.annotator, quotes(first)) == ("2", [("PERSON", "Ada Lovelace")])
    assert (second.annotated.row.annotator, quotes(second)) == ("3", [])
    assert (first.annotated.text, second.complete) == (f"{TEXT}\nA line", True)
    assert [loss.reason for loss in second.losses] == [UNREADABLE]
