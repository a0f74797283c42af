"""The kind of a file that is not an article, recognised by its first bytes."""

import json
import re

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF document"),
    (b"\x1f\x8b", "packed with gzip"),
    (b"BZh91AY&SY", "packed with bzip2"),
    (b"\xfd7zXZ\0", "packed with xz"),
    (b"\x28\xb5\x2f\xfd", "packed with zstd"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (doc, xls or ppt)"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF87a", "a picture (GIF)"),
    (b"GIF89a", "a picture (GIF)"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"PAR1\x15", "a Parquet file"),
)
_IN_ZIP: tuple[tuple[bytes, str], ...] = (
    (b"word/", "a Word document (docx)"),
    (b"xl/", "an Excel workbook (xlsx)"),
    (b"ppt/", "a PowerPoint document (pptx)"),
    (b"application/vnd.oasis.opendocument", "an OpenDocument file"),
    (b"application/epub+zip", "an EPUB book"),
)
_ZIP = b"PK\x03\x04"
_BLANK = re.compile("[\ufeff \t\r\n]*")
_ARRAY = re.compile(r"\[\s*(?=\{)")


def kind_of(data: bytes) -> str:
    """The kind of bytes that are not text, such as `a PDF document`; empty if it is not recognised.

    The beginning of a file is enough, except to tell one kind of ZIP archive from another.
    """
    if data.startswith(_ZIP):
        return next((kind for sign, kind in _IN_ZIP if sign in data), "a ZIP archive")
    return next((kind for sign, kind in _SIGNATURES if data.startswith(sign)), "")


def remedy(kind: str) -> str:
    """What to do with a file of this kind, as the end of a sentence."""
    packed = kind.startswith("packed") or kind.endswith("archive")
    return "unpack it first" if packed else "save its text as a plain text file first"


def is_json_of_documents(text: str) -> bool:
    """Whether a text is JSON Lines or a JSON array of objects, and therefore not an article."""
    start = _BLANK.match(text)
    place = start.end() if start else 0
    array = _ARRAY.match(text, place)
    place = array.end() if array else place
    if text[place : place + 1] != "{":
        return False
    try:
        value, _ = json.JSONDecoder().raw_decode(text, place)
    except (ValueError, RecursionError):
        return False
    return bool(value)
