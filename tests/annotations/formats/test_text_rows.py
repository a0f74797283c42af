"""Files of texts: finding their rows, and reading each row again exactly."""

import csv
import io
import json
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.formats.format import FormatError, Options
from annotations.formats.text_row import RowColumns, is_file_of_texts
from annotations.formats.text_rows import TextRows, list_rows, read_row

WITH_ID = RowColumns("text", "id", "date")


def listed(path: Path, columns: RowColumns = WITH_ID, encoding: str = "utf-8") -> TextRows:
    return list_rows(path, path.name, columns, Options(encoding=encoding))


def texts(path: Path, found: TextRows, encoding: str = "utf-8") -> list[str | None]:
    options = Options(encoding=encoding)
    return [read_row(path, path.name, row, found.layout, options) for row in found.rows]


def test_json_lines_with_ids_dates_and_bad_lines(tmp_path: Path) -> None:
    file = tmp_path / "texts.jsonl"
    lines = [
        '{"text": "Añn\\nLee", "id": "u:1", "date": "2021-04-08", "more": {"deep": [1, 2]}}',
        "",
        '{"text": "cut',
        '{"text": 7, "id": "n"}',
        '{"body": "x"}',
        "[1]",
        '{"text": "\\ud800", "id": "half"}',
        '{"id": 12, "text": "", "spans": []}',
        '{"text": "last", "id": ["no"], "date": null}',
    ]
    file.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(lines).encode())
    found = listed(file)
    assert [(row.line, row.id, row.date, row.size) for row in found.rows] == [
        (1, "u:1", "2021-04-08", 8),
        (8, "12", "", 0),
        (9, "", "", 4),
    ]
    assert texts(file, found) == ["Añn\nLee", "", "last"]
    assert [line for line, _ in found.bad] == [3, 4, 5, 6, 7]
    said = [reason for _, reason in found.bad]
    assert said[0].startswith("texts.jsonl, line 3 is not JSON: ")
    assert said[1] == "texts.jsonl, line 4 has a 'text' that is not a text."
    assert said[2] == "texts.jsonl, line 5 has no 'text'."
    assert said[3] == "texts.jsonl, line 6 is not a JSON object."
    assert said[4].startswith("texts.jsonl, line 7")
    assert not found.with_spans


def test_spans_beside_the_texts_are_noticed(tmp_path: Path) -> None:
    file = tmp_path / "texts.jsonl"
    file.write_text('{"text": "a"}\n{"text": "b", "spans": [{"start": 0}]}\n')
    assert listed(file, RowColumns()).with_spans


def test_a_table_with_quotes_across_lines(tmp_path: Path) -> None:
    file = tmp_path / "texts.csv"
    file.write_bytes(
        b'\xef\xbb\xbfid;text;date\r\n"1";"one\r\n""two""\n";2021-04-08\r\n;;\r\n2;\xe2\x80\xa8x;\r\n3;a\r\n4;b;;\r\n5;c;'
    )
    found = listed(file)
    assert [(row.line, row.id, row.date) for row in found.rows] == [
        (2, "1", "2021-04-08"),
        (6, "2", ""),
        (9, "5", ""),
    ]
    assert texts(file, found) == ['one\r\n"two"\n', "\u2028x", "c"]
    assert found.bad == (
        (7, "texts.csv, line 7 has 2 cells, but there are 3 columns."),
        (8, "texts.csv, line 8 has 4 cells, but there are 3 columns."),
    )


def test_tabs_stand_between_cells_of_tsv_only(tmp_path: Path) -> None:
    file = tmp_path / "texts.TSV"
    file.write_text("id\ttext\n1\ta, b; c\n")
    found = listed(file, RowColumns("text", "id"))
    assert texts(file, found) == ["a, b; c"]


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        (RowColumns(), "t.csv has no column 'text'; it has url, body, twice, twice; name one with --text-column."),
        (RowColumns("body", "id"), "name one with --id-column"),
        (RowColumns("body", "url", "day"), "name one with --date-column"),
        (RowColumns("twice"), "t.csv has the column 'twice' twice"),
    ],
)  # fmt: skip
def test_a_column_that_is_not_there_is_said_with_those_that_are(
    tmp_path: Path, columns: RowColumns, said: str
) -> None:
    file = tmp_path / "t.csv"
    file.write_text("url,body,twice,twice\n1,a,b,c\n")
    with pytest.raises(FormatError) as error:
        listed(file, columns)
    assert said in str(error.value)


def test_a_column_that_no_line_has_is_said_with_those_that_are(tmp_path: Path) -> None:
    file = tmp_path / "t.jsonl"
    file.write_text('{"body": "a", "n": 1}\n{"body": "b", "url": 2}\n')
    with pytest.raises(FormatError, match="has no column 'text'; it has body, n, url; name one"):
        listed(file, RowColumns())
    many = {f"c{number}": "" for number in range(30)}
    file.write_text(json.dumps(many))
    with pytest.raises(FormatError, match="c19 and 10 more; name one"):
        listed(file, RowColumns())


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("t.csv", b'text\n"a\nb', "t.csv, line 3 is not CSV"),
        ("t.csv", b'text\n"a"b\n', "t.csv, line 2 is not CSV"),
        ("t.csv", b"text\na\0b\n", "t.csv, line 2 has a NUL character"),
        ("t.csv", b"text\nZ\xfcrich\n", "t.csv, line 2 is not UTF-8"),
        ("t.csv", b"document,start,end,label,text\n", "annotate import t.csv"),
        ("t.csv", b"PK\x03\x04xl/", "an Excel workbook"),
        ("t.jsonl", b"%PDF-1.4", "a PDF document"),
    ],
)
def test_a_file_that_is_none_of_texts_is_one_sentence(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(FormatError) as error:
        listed(file, RowColumns())
    assert said in str(error.value)


@pytest.mark.parametrize("name", ["t.csv", "t.jsonl"])
def test_a_file_of_nothing_has_no_rows(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.touch()
    assert listed(file).rows == ()


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_files_in_other_encodings(tmp_path: Path, encoding: str) -> None:
    wanted = ["Zürich ", "é" * 3000, "Änne"]
    table, lines = tmp_path / "t.csv", tmp_path / "t.jsonl"
    table.write_text("text\n" + "\n".join(wanted), encoding)
    lines.write_text(
        "\n".join(json.dumps({"text": text}, ensure_ascii=False) for text in wanted), encoding
    )
    for file in (table, lines):
        assert texts(file, listed(file, RowColumns(), encoding), encoding) == wanted


def test_a_row_that_is_not_at_its_place_any_more_is_not_another_one(tmp_path: Path) -> None:
    for name, before, after in (
        ("t.jsonl", '{"text": "aa"}\n{"text": "bb"}\n', '{"text": "cc"}\n{"text": "aa"}\n'),
        ("t.csv", "text,id\naa,1\nbb,2\n", "text,id\naa,2\nbb,1\n"),
        ("t.csv", "text,id\naa,1\nbb,2\n", '"'),
    ):
        file = tmp_path / name
        file.write_text(before)
        found = listed(file, RowColumns("text", "id" if "csv" in name else ""))
        assert texts(file, found) == ["aa", "bb"]
        file.write_text(after)
        assert texts(file, found) == [None, None]


def test_texts_are_not_kept(tmp_path: Path) -> None:
    file = tmp_path / "t.jsonl"
    file.write_text("".join(json.dumps({"text": f"{n} " * 50_000}) + "\n" for n in range(10)))
    found = listed(file, RowColumns())
    assert sum(row.size for row in found.rows) > 900_000
    assert len(repr(found)) < 5_000


cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
pairs = st.lists(st.tuples(cells, cells.filter(bool)), max_size=6)


@given(
    pairs,
    st.sampled_from([(".csv", ","), (".csv", ";"), (".tsv", "\t")]),
    # Python's CSV writer quotes a single carriage return only if lines end with one.
    st.sampled_from([("\r\n", csv.QUOTE_MINIMAL), ("\r\n", csv.QUOTE_ALL), ("\n", csv.QUOTE_ALL)]),
)
def test_tables_of_any_content_round_trip(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[str, str]],
    kind: tuple[str, str],
    spelling: tuple[str, Literal[0, 1]],
) -> None:
    file = tmp_path_factory.mktemp("t") / f"t{kind[0]}"
    written = io.StringIO()
    end, quoting = spelling
    writer = csv.writer(written, delimiter=kind[1], lineterminator=end, quoting=quoting)
    writer.writerows([("text", "id"), *rows])
    file.write_bytes(written.getvalue().encode())
    found = listed(file, RowColumns("text", "id"))
    assert found.bad == ()
    assert [row.id for row in found.rows] == [id_ for _, id_ in rows]
    assert texts(file, found) == [text for text, _ in rows]


@given(st.lists(st.tuples(cells, cells), max_size=6), st.booleans())
def test_json_lines_of_any_content_round_trip(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], ascii_only: bool
) -> None:
    file = tmp_path_factory.mktemp("t") / "t.jsonl"
    lines = (json.dumps({"id": i, "text": t}, ensure_ascii=ascii_only) for t, i in rows)
    file.write_bytes("".join(f"{line}\n" for line in lines).encode())
    found = listed(file, RowColumns("text", "id"))
    assert [(row.id, text) for row, text in zip(found.rows, texts(file, found), strict=True)] == [
        (id_, text) for text, id_ in rows
    ]


def test_endings_tell_which_files_are_of_texts() -> None:
    wanted = ["a.jsonl", "a.NDJSON", "b.csv", "b.tsv"]
    given = [*wanted, "a.txt", "jsonl", "a.json", "csv"]
    assert [name for name in given if is_file_of_texts(name)] == wanted
