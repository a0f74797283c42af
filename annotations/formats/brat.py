"""brat's standoff format: a folder with `NAME.txt` and `NAME.ann` for each document.

Offsets are code points into the `.txt`. A span over a line end is written as fragments, one a line, as
brat itself does, and read as one span again; a span with any other gap in it is discontinuous, which
this program has no place for. Status and flag are attributes (A), a comment is an AnnotatorNotes note
(#), an entity's id a normalisation (N) to the knowledge base `kb`, values in full are notes in JSON
(`Timex3`, `Entity`). `annotation.conf` declares it all. Source: brat.nlplab.org/standoff.html and
`server/src/annotation.py` of brat.
"""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from annotations.formats.annotated_document import AnnotatedDocument, annotated
from annotations.formats.file_input import LONGEST, decoded, numbered_lines, opened
from annotations.formats.format import Fitted, FormatError, Options, Reading
from annotations.formats.json_input import convert, parse
from annotations.formats.loss import Loss, Part, losses_without, minus, span_loss
from annotations.formats.numbering import numbered_name
from annotations.formats.span_input import SpanInput
from annotations.span import Span, Status
from annotations.value import Entity, Timex

_BREAKS = re.compile("[\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]+")
"""What brat, reading by lines, takes for a line end."""
_NAME = re.compile(r"[A-Za-z0-9_-]+")
_TEXT_BOUND = re.compile(r"(?P<label>\S+) (?P<extent>\d{1,12} \d{1,12}(?:;\d{1,12} \d{1,12})*)")
_STATUSES: tuple[Status, ...] = ("suggested", "rejected")


class Brat:
    """The format of brat's collections."""

    def fit(self, annotated: AnnotatedDocument, options: Options) -> Fitted:
        """Keep what can be named in brat and begins and ends on a line."""
        text = annotated.text
        holds: set[Part] = {"status", "flagged", "comment", "value"}
        losses = losses_without(annotated, holds)
        for span in annotated.spans:
            losses.extend(_losses(text, span))
        return Fitted(minus(annotated, losses).without_history(), losses)

    def write(self, documents: Iterable[AnnotatedDocument], path: Path, options: Options) -> None:
        """Write the folder, files numbered in the order of the documents."""
        path.mkdir()
        labels: dict[str, None] = {}
        for number, document in enumerate(documents, 1):
            labels.update(dict.fromkeys(span.label for span in document.spans))
            name = numbered_name(number, document.name)
            (path / f"{name}.txt").write_bytes(document.text.encode("utf-8"))
            lines = "".join(f"{line}\n" for line in _lines(document))
            (path / f"{name}.ann").write_bytes(lines.encode("utf-8"))
        (path / "annotation.conf").write_text(configuration(labels), "utf-8")

    def read(self, path: Path, name: str, options: Options) -> Iterator[Reading]:
        """Read every `.ann` of a folder with the `.txt` beside it."""
        if not path.is_dir():
            raise FormatError(f"{name} is not a folder; name the folder with the .txt and .ann files.")
        for file in sorted(path.glob("*.ann")):
            yield _Reader(file, f"{name}/{file.name}").read()


def configuration(labels: Iterable[str]) -> str:
    """The `annotation.conf` of a collection with these labels."""
    entities = "".join(f"{label}\n" for label in labels)
    return (
        f"[entities]\n{entities}\n[relations]\n\n[events]\n\n[attributes]\n"
        f"Status\tArg:<ENTITY>, Value:{'|'.join(_STATUSES)}\nFlagged\tArg:<ENTITY>\n"
    )


def _losses(text: str, span: Span) -> list[Loss]:
    if not _NAME.fullmatch(span.label):
        return [span_loss(text, span, "has a label that is no brat name (letters, digits, _ and -)")]
    covered = text[span.start : span.end]
    if _BREAKS.match(covered[0]) or _BREAKS.match(covered[-1]):
        return [span_loss(text, span, "begins or ends with a line end")]
    losses = []
    if re.search(r"[\n\r\t]", span.comment) or span.comment != span.comment.strip():
        losses.append(span_loss(text, span, "comment of several lines or with a tab", "comment"))
    return losses


def _lines(document: AnnotatedDocument) -> Iterator[str]:
    attributes = notes = links = 0
    for number, span in enumerate(document.spans, 1):
        covered = document.text[span.start : span.end]
        edges = [0, *(edge for gap in _BREAKS.finditer(covered) for edge in gap.span()), len(covered)]
        pairs = list(zip(edges[::2], edges[1::2], strict=True))
        extent = ";".join(f"{span.start + start} {span.start + end}" for start, end in pairs)
        quote = " ".join(covered[start:end] for start, end in pairs)
        yield f"T{number}\t{span.label} {extent}\t{quote}"
        if span.status != "accepted":
            attributes += 1
            yield f"A{attributes}\tStatus T{number} {span.status}"
        if span.flagged:
            attributes += 1
            yield f"A{attributes}\tFlagged T{number}"
        if isinstance(span.value, Entity) and re.fullmatch(r"\S+", span.value.id):
            links += 1
            name = re.sub(r"\s+", " ", span.value.name)
            yield f"N{links}\tReference T{number} kb:{span.value.id}\t{name}"
        if span.value is not None:
            notes += 1
            kind = "Timex3" if isinstance(span.value, Timex) else "Entity"
            yield f"#{notes}\t{kind} T{number}\t{msgspec.json.encode(span.value).decode()}"
        if span.comment:
            notes += 1
            yield f"#{notes}\tAnnotatorNotes T{number}\t{span.comment}"


class _Reader:
    """Reads one `.ann` with its `.txt`."""

    def __init__(self, file: Path, name: str) -> None:
        self._file, self._name = file, name
        text_name = f"{name.removesuffix('.ann')}.txt"
        with opened(file.with_suffix(".txt"), text_name) as stream:
            data = stream.read(LONGEST + 1)
        if len(data) > LONGEST:
            raise FormatError(f"{text_name} is longer than {LONGEST >> 20} MB.")
        self._found = SpanInput(decoded(data, text_name), name)
        self._bounds: dict[str, tuple[str, int, int, str]] = {}
        self._details: defaultdict[str, dict[str, Any]] = defaultdict(dict)
        self._discontinuous: set[str] = set()

    def read(self) -> Reading:
        """The document. Lines may come in any order, so that spans are made at the end."""
        for where, data in numbered_lines(self._file, self._name):
            cells = decoded(data, where).rstrip("\r\n").split("\t", 2)
            if cells[0][:1] == "T":
                self._text_bound(where, cells)
            elif len(cells) > 1 and cells[0][:1] in ("A", "M", "N", "#"):
                self._about_a_span(where, cells)
            else:
                what = {"R": "relation", "E": "event", "*": "equivalence"}.get(cells[0][:1])
                reason = (
                    f"{what}, for which there is no place" if what else "line that is not understood"
                )
                self._found.losses.append(Loss("foreign", reason, None, cells[0][:40]))
        for identity, (label, start, end, where) in self._bounds.items():
            more = {"status": "accepted"} | self._details[identity]
            self._found.add(start, end, label, f"{where}, {identity}", **more)
        return Reading(annotated(self._found.text, self._found.spans), self._found.losses)

    def _text_bound(self, where: str, cells: list[str]) -> None:
        match = _TEXT_BOUND.fullmatch(cells[1]) if len(cells) > 1 else None
        if match is None:
            raise FormatError(f"{where} is not a label with offsets: {cells[-1][:40]!r}.")
        if cells[0] in self._bounds or cells[0] in self._discontinuous:
            raise FormatError(f"{where} has the id {cells[0][:20]} a second time.")
        text = self._found.text
        fragments = [tuple(map(int, pair.split())) for pair in match["extent"].split(";")]
        for start, end in fragments:
            if not 0 <= start < end <= len(text):
                raise FormatError(
                    f"{where} reaches from {start} to {end}, but the text has {len(text)} characters."
                )
        if len(cells) > 2:
            quote = " ".join(_BREAKS.sub(" ", text[start:end]) for start, end in fragments)
            if quote != _BREAKS.sub(" ", cells[2]):
                raise FormatError(f"{where} should read {cells[2][:40]!r}, but reads {quote[:40]!r}.")
        for (_, end), (start, _) in itertools.pairwise(fragments):
            if end > start or not _BREAKS.fullmatch(text[end:start]):
                self._discontinuous.add(cells[0])
                reason = "discontinuous span, for which there is no place"
                self._found.losses.append(Loss("foreign", reason, None, f"{cells[0]} {cells[1][:40]}"))
                return
        self._bounds[cells[0]] = (match["label"], fragments[0][0], fragments[-1][1], where)

    def _about_a_span(self, where: str, cells: list[str]) -> None:
        """An attribute, a normalisation or a note."""
        kind, _, rest = cells[1].partition(" ")
        target, _, value = rest.partition(" ")
        text = cells[2] if len(cells) > 2 else ""
        details = self._details[target]
        if cells[0][0] in "AM" and kind == "Status" and value in _STATUSES:
            details["status"] = value
        elif cells[0][0] in "AM" and kind == "Flagged":
            details["flagged"] = True
        elif cells[0][0] == "N" and target[:1] == "T":
            identity = value.partition(":")[2] if value.startswith("kb:") else value
            details.setdefault("value", Entity(text, identity, "import"))
        elif cells[0][0] == "#" and kind == "AnnotatorNotes" and target[:1] == "T":
            before = details.get("comment")
            details["comment"] = f"{before}\n{text}" if before else text
        elif cells[0][0] == "#" and kind in ("Timex3", "Entity"):
            details["value"] = convert(
                parse(text.encode(), where), Timex if kind == "Timex3" else Entity, where
            )
        else:
            reason = f"attribute or note {kind[:40]!r}, which is not read"
            self._found.losses.append(Loss("foreign", reason, None, f"{cells[0]} {cells[1][:40]}"))


FORMAT = Brat()
