"""The files from which an article can be read, and the messages about bytes that are not text."""

from pathlib import Path

import pytest

from annotations.model.errors import AnnotateError
from annotations.text.article_file import decode, read_document
from annotations.text.encodings import advised


def complaint(data: bytes, encoding: str = "utf-8") -> str:
    with pytest.raises(AnnotateError) as error:
        decode(data, "x.txt", encoding)
    assert "\n" not in str(error.value)
    return str(error.value)


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        ("“Yes”, she said – it’s 5 €…", "cp1252", "cp1252"),
        ("“Oui”", "cp1252", "cp1252"),
        ("€", "cp1252", "cp1252"),
        ("café", "latin-1", "cp1252"),
        ("Gestern fiel in Köln und Zürich Regen.", "latin-1", "cp1252"),
        ("Niños, ¿qué? ¡Ya! La 1ª y el 2º", "latin-1", "cp1252"),
        ("Książka leży na stole, a mówi się o źródłach żywności.", "cp1250", "cp1250"),
        ("Вчера в городе шёл сильный дождь.", "cp1251", "cp1251"),
        ("Вчера в городе шёл сильный дождь.", "koi8-r", "koi8_r"),
        ("昨天北京下了一场大雨,交通受到影响。", "gb18030", "gb18030"),
        ("昨日、東京では大雨が降った。", "shift_jis", "cp932"),
        ("어제 서울에는 많은 비가 내렸다.", "euc-kr", "cp949"),
        ("Plain words", "utf-16", "utf-16"),
        ("Plain words", "utf-16-le", "utf-16-le"),
        ("Plain words", "utf-16-be", "utf-16-be"),
        ("Plain words", "utf-32", "utf-32"),
    ],
)
def test_the_encoding_that_is_advised_reads_the_article(text: str, encoding: str, name: str) -> None:
    data = text.encode(encoding)
    assert advised(data) == name
    said = complaint(data)
    assert f"--encoding {name}" in said
    assert "latin-1" not in said
    assert decode(data, "x.txt", name).removeprefix("\ufeff") == text


def test_nothing_is_advised_where_nothing_tells() -> None:
    assert advised(bytes(range(1, 9)) * 20 + b"\xff") == ""
    assert complaint(b"\x01\x02\x03\xff" * 9).endswith("name its encoding with --encoding.")


def test_an_encoding_that_does_not_fit_or_is_none_is_said() -> None:
    assert complaint(b"a\x81b", "cp1252").startswith("x.txt is not cp1252: byte 1 is 0x81")
    for name in ("nonsense", "rot13", "a\0b", ""):
        assert "There is no encoding" in complaint(b"", name)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "a PDF document"),
        (b"%PDF-1.4\nonly ascii", "a PDF document"),
        (b"\x1f\x8b\x08\x00rest", "packed with gzip"),
        (b"PK\x03\x04..[Content_Types].xml..word/document.xml", "a Word document"),
        (b"PK\x03\x04..xl/workbook.xml", "an Excel workbook"),
        (b"PK\x03\x04..mimetypeapplication/vnd.oasis.opendocument.text", "an OpenDocument file"),
        (b"PK\x03\x04..notes.txt", "a ZIP archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"SQLite format 3\0", "an SQLite database"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_other_kinds_of_files_are_called_what_they_are(data: bytes, kind: str, encoding: str) -> None:
    assert complaint(data, encoding).startswith(f"x.txt is {kind}")


def test_a_nul_is_said_with_its_place() -> None:
    said = complaint(b"Ada met Bo.\nThen\0she slept.\n")
    assert said.startswith("x.txt has a NUL character in line 2 (character 16 of the text)")
    assert "binary" in complaint(b"\0\0\1\2a" * 40)


@pytest.mark.parametrize(
    "text",
    [
        '{"text": "Ada"}\n{"text": "Bo"}\n',
        '\ufeff\n {"id": 1, "body": "Ada"}\n',
        '[{"data": {"text": "Ada"}}, {"data": {"text": "Bo"}}]',
        '[\n  {"text": "Ada"}\n]',
    ],
)
def test_json_of_documents_is_no_article(text: str, tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text(text, "utf-8")
    with pytest.raises(AnnotateError, match="annotate import"):
        read_document(str(tmp_path / "x.jsonl"))


@pytest.mark.parametrize(
    "text",
    ["{} is empty", "{curly} words", "[Photo] {x}", "[{", "{", '{"a" is cut', "[1, 2]", "[" * 100_000],
)
def test_articles_that_only_begin_like_json_are_read(text: str) -> None:
    assert decode(text.encode(), "x.txt") == text
