"""Recognising the format of a file by its content."""

import itertools
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from annotations.formats.column_layout import TAG, cells_of, is_comment, layout
from annotations.formats.file_input import LONGEST, open_input, opened_text
from annotations.formats.folder import files_in
from annotations.formats.format import FormatError, Options
from annotations.formats.label_studio_input import is_table as is_label_studio_table
from annotations.formats.table import missing_columns
from annotations.model.errors import AnnotateError
from annotations.text import encodings, file_kinds

_HEAD = 2**20
"""How much of a file is examined, in bytes."""
_LINES = 5000


def recognise(path: Path, name: str, encoding: str = "utf-8") -> str:
    """The name of the format of a file or folder; `encoding` is that of its text files.

    Raises `AnnotateError` for a format that is not recognised or that this program does not read.
    """
    options = Options(encoding=encoding)
    found = _of_folder(path, options) if path.is_dir() else _of_file(path, name, options)
    if found is None:
        raise AnnotateError(
            f"{name} has no format that is recognised; name the format with --format (see: "
            f"annotate formats)."
        )
    return found


def _of_folder(path: Path, options: Options) -> str | None:
    for ending, name in (
        (".ann", "brat"),
        (".tml", "timeml"),
        (".xmi", "cas-xmi"),
        (".tsv", "webanno-tsv"),
        (".parquet", "hf-parquet"),
    ):
        if files_in(path, ending):
            return name
    rows = files_in(path, ".jsonl")
    if rows and _is_dataset(rows[0], options):
        return "hf-jsonl"
    return None


def _is_dataset(path: Path, options: Options) -> bool:
    with opened_text(path, path.name, options) as file:
        value = _value(_first_line(file.read(_HEAD)))
    return isinstance(value, dict) and {"tokens", "ner_tags"} <= set(value)


def _of_file(path: Path, name: str, options: Options) -> str | None:
    with open_input(path, name) as file:
        head = file.read(_HEAD)
    if head[:1] == b"\x78" and len(head) > 1 and (head[0] * 256 + head[1]) % 31 == 0:
        return "spacy"
    if head.startswith(b"PAR1"):
        return "hf-parquet"
    if kind := file_kinds.kind_of(head):
        raise FormatError(f"{name} is {kind}, which cannot be read; {file_kinds.remedy(kind)}.")
    if path.suffix.lower() in (".xmi", ".tml", ".xml") and encodings.is_utf8(options.encoding):
        # An XML file states its own encoding.
        start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
        if start[:1] == b"<":
            return _of_xml(start)
    with opened_text(path, name, options) as file:
        head = file.read(_HEAD)
        start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
        if start[:1] == b"{" and b"\n" not in start:
            start += file.readline(LONGEST)  # a long text makes a long line
    if not start:
        raise FormatError(f"{name} is empty; there is nothing to import.")
    if start.startswith(b"#FORMAT=WebAnno TSV 3."):
        return "webanno-tsv"
    if start[:1] == b"{":
        return _of_json(_first_line(start))
    if start[:1] == b"[" and (found := _of_array(start)):
        return found
    if start[:1] == b"<" and (found := _of_xml(start)):
        return found
    if _is_conllu(start):
        return "conllu-plus"
    return _of_table(start) or _of_columns(head)


def _first_line(start: bytes) -> bytes:
    return start.lstrip().partition(b"\n")[0]


def _of_xml(start: bytes) -> str | None:
    roots = {"timeml": rb"<TimeML\b", "cas-xmi": rb"<xmi:XMI\b"}
    return next((name for name, root in roots.items() if re.search(root, start)), None)


def _of_array(start: bytes) -> str | None:
    """The format of a JSON array, by its first object: full or short tasks of Label Studio, or another one."""
    text = start.decode("utf-8", "replace")
    brace = re.match(r"\[\s*(?=\{)", text)
    if brace is None:
        return None
    try:
        value, _ = json.JSONDecoder().raw_decode(text, brace.end())
    except RecursionError:
        return None
    except ValueError:
        # The first task is longer than the part that is examined, or is not JSON; its reader reports that.
        tasks = re.search(r'"(?:data"\s*:\s*\{|annotation_id"\s*:)', text)
        return "label-studio" if tasks else _of_cut_json(start)
    if isinstance(value.get("data"), dict):
        return "label-studio"
    lists = [one for one in value.values() if isinstance(one, list)]
    places = [one for several in lists for one in several if isinstance(one, dict)]
    in_short = "annotation_id" in value or any("labels" in one and "start" in one for one in places)
    return "label-studio" if in_short else _of_object(value)


def _of_table(start: bytes) -> str | None:
    """The format of a table of spans or of Label Studio's tasks, by the column names in its first line."""
    line = start.partition(b"\n")[0].decode("utf-8", "replace")
    cells = {cell.strip(' "\r') for cell in re.split("[,;\t]", line)}
    if is_label_studio_table(cells):
        return "label-studio"
    if missing_columns(cells):
        return None
    return "tsv" if "\t" in line else "csv"


def _is_conllu(start: bytes) -> bool:
    """Whether the first line names CoNLL-U Plus columns, or the first row has the ten columns of CoNLL-U."""
    if re.match(rb"#\s*global\.columns\s*=", start):
        return True
    lines = (line for line in start.splitlines() if line.strip() and not line.startswith(b"#"))
    cells = next(lines, b"").split(b"\t")
    return len(cells) == 10 and re.fullmatch(rb"\d+(?:[-.]\d+)?", cells[0]) is not None


def _value(line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _of_json(line: bytes) -> str | None:
    value = _value(line)
    return _of_object(value) if isinstance(value, dict) else _of_cut_json(line)


def _of_object(value: dict[str, Any]) -> str | None:
    if _is_own(value):
        return "jsonl"
    if {"tokens", "ner_tags"} <= set(value):
        return "hf-jsonl"
    signs = ("answer", "_input_hash", "_task_hash", "pattern", *(["tokens"] if "text" in value else []))
    if any(key in value for key in signs):
        return "prodigy"
    if any(isinstance(value.get(key), list) for key in ("label", "labels", "annotations")):
        return "doccano"
    if "entities" in value:
        return "doccano-entities"
    return "jsonl" if "spans" in value or isinstance(value.get("text"), str) else None


def _of_cut_json(line: bytes) -> str | None:
    """The format of a line that is longer than the part that is examined, or is not JSON."""
    for name, field in (
        ("jsonl", rb'"(?:spans|document_date)"'),
        ("doccano", rb'"labels?"\s*:\s*\[|^\{"id":\d+,"text"'),
        ("doccano-entities", rb'"entities"'),
        ("prodigy", rb'"(?:answer|_input_hash|meta)"'),
        ("jsonl", rb'"text"'),
    ):
        if re.search(field, line):
            return name
    return None


def _is_own(value: dict[str, Any]) -> bool:
    meta = value.get("meta")
    return isinstance(meta, dict) and meta.get("format") == "annotate"


def _of_columns(head: bytes) -> str | None:
    """The column format, by the number of columns and by how the tags mark the first word of a span."""
    lines = head.decode("utf-8", "replace").split("\n")[:_LINES]
    found = layout(lines)
    layers: list[list[str]] = [[] for _ in found.tags]
    good = bad = 0
    for line in lines:
        cells = cells_of(line) if line.strip() and not is_comment(line) else []
        tags = [cells[number] for number in found.tags] if len(cells) == found.width else []
        if 1 < len(cells) < found.width and len(found.tags) == 1:
            tags = cells[-1:]
        right = bool(tags) and all(map(TAG.fullmatch, tags))
        good += right
        bad += bool(cells) and not right
        for number, layer in enumerate(layers):
            layer.append(tags[number] if right else "O")
    if not good or bad > max(good // 20, int(good > 2)):
        return None
    schemes = [_scheme(layer) for layer in layers]
    if "BILUO" in schemes:
        return "biluo"
    if "IOB1" in schemes:
        return "conll2003-iob1"
    return "conll2003-iob2" if found.width == 4 and len(layers) == 1 and not found.word else "iob2"


def _scheme(tags: Iterable[str]) -> str:
    """The scheme of the tags in a column; the ends of sentences are among them as `O`."""
    tags = list(tags)
    if any(tag[:2] in ("U-", "L-", "S-", "E-", "M-") for tag in tags):
        return "BILUO"
    begun = {tag[:2] for before, tag in itertools.pairwise(["O", *tags]) if before[2:] != tag[2:]} - {
        "O"
    }
    return "IOB1" if "I-" in begun and "B-" not in begun else "IOB2"
