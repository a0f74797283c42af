"""Telling by its content what format a file is of."""

import itertools
import json
import re
from pathlib import Path
from typing import Any

from annotations.errors import AnnotateError
from annotations.formats.file_input import numbered_lines, opened
from annotations.formats.table import lacking

_HEAD = 2**20
"""How much of a file is looked at, in bytes."""
_LINES = 5000


def recognise(path: Path, name: str) -> str:
    """The name of the format of a file or folder.

    Raises `AnnotateError` for one that is none this program reads.
    """
    found = _of_folder(path) if path.is_dir() else _of_file(path, name)
    if found is None:
        raise AnnotateError(
            f"{name} is of no format that is recognised; name it with --format (see: annotate formats)."
        )
    return found


def _of_folder(path: Path) -> str | None:
    if next(path.glob("*.ann"), None):
        return "brat"
    for ending, name in (
        ("tml", "timeml"),
        ("xmi", "cas-xmi"),
        ("tsv", "webanno-tsv"),
        ("parquet", "hf-parquet"),
        ("jsonl", "hf-jsonl"),
    ):
        if next(path.glob(f"*.{ending}"), None):
            return name
    return None


def _of_file(path: Path, name: str) -> str | None:
    with opened(path, name) as file:
        head = file.read(_HEAD)
    if head[:1] == b"\x78" and len(head) > 1 and (head[0] * 256 + head[1]) % 31 == 0:
        return "spacy"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"#FORMAT=WebAnno TSV 3."):
        return "webanno-tsv"
    if start[:1] == b"[":
        return "label-studio"
    if start[:1] == b"{":
        # A long text makes a long line.
        _, line = next(numbered_lines(path, name))
        return _of_json(line)
    if start[:1] == b"<":
        roots = {"timeml": rb"<TimeML\b", "cas-xmi": rb"<xmi:XMI\b"}
        return next((name for name, root in roots.items() if re.search(root, start)), None)
    if _is_conllu(start):
        return "conllu-plus"
    return _of_table(start) or _of_columns(head)


def _of_table(start: bytes) -> str | None:
    """Whether the first line names the columns of a table of spans."""
    line = start.partition(b"\n")[0].decode("utf-8", "replace")
    cells = {cell.strip(' "\r') for cell in re.split("[,;\t]", line)}
    if lacking(cells):
        return None
    return "tsv" if "\t" in line else "csv"


def _is_conllu(start: bytes) -> bool:
    """Whether columns are named, or there are the ten of CoNLL-U behind the comments."""
    if re.match(rb"#\s*global\.columns\s*=", start):
        return True
    lines = (line for line in start.splitlines() if line.strip() and not line.startswith(b"#"))
    cells = next(lines, b"").split(b"\t")
    return len(cells) == 10 and re.fullmatch(rb"\d+(?:[-.]\d+)?", cells[0]) is not None


def _of_json(line: bytes) -> str | None:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return "jsonl" if re.search(rb'"spans"\s*:', line) else None
    if not isinstance(value, dict):
        return None
    if _is_own(value):
        return "jsonl"
    if any(key in value for key in ("answer", "_input_hash", "_task_hash", "tokens", "pattern")):
        return "prodigy"
    if isinstance(value.get("label", value.get("labels")), list):
        return "doccano"
    if "entities" in value:
        return "doccano-entities"
    return "jsonl" if "spans" in value else None


def _is_own(value: dict[str, Any]) -> bool:
    meta = value.get("meta")
    return isinstance(meta, dict) and meta.get("format") == "annotate"


def _of_columns(head: bytes) -> str | None:
    """A column format, by the number of columns and by how beginnings are marked."""
    rows: list[list[bytes]] = []
    for line in itertools.islice(head.splitlines(), _LINES):
        rows.append(line.split(b"\t") if b"\t" in line else line.split())
    filled = [row for row in rows if row and row[0]]
    if not filled or any(len(row) < 2 for row in filled):
        return None
    tags = [row[-1].decode("utf-8", "replace") if len(row) > 1 else "O" for row in rows]
    if any(not re.fullmatch(r"O|[BILUES]-\S.*", tag) for tag in tags):
        return None
    if any(tag[:2] in ("U-", "L-", "S-", "E-") for tag in tags):
        return "biluo"
    begins_inside = any(
        tag[:2] == "I-" and before[2:] != tag[2:] for before, tag in itertools.pairwise(["O", *tags])
    )
    begins_with_b = any(
        tag[:2] == "B-" and before[2:] != tag[2:] for before, tag in itertools.pairwise(["O", *tags])
    )
    if begins_inside and not begins_with_b:
        return "conll2003-iob1"
    four = any(len(row) == 4 for row in filled)
    return "conll2003-iob2" if four else "iob2"
