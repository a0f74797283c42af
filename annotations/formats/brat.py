"""brat's standoff format: a folder with `NAME.txt` and `NAME.ann` for each document.

Files are named after the documents, and documents after their `.txt` file. Offsets are code points into
the `.txt`. A span over a line end is written as fragments, one for each line, as in brat itself, and
read as one span again; a span with any other gap is discontinuous, which this program does not support.
Status and flag are attributes (A), a comment is an AnnotatorNotes note (#), an entity's id is a
normalisation (N) to the knowledge base `kb`, and complete values are notes in JSON (`Timex3`,
`Entity`). `annotation.conf` declares the labels and the attributes. Source:
brat.nlplab.org/standoff.html and `server/src/annotation.py` of brat.
"""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from annotations.formats.annotated_document import AnnotatedDocument, annotated
from annotations.formats.file_input import decoded, numbered_lines, whole
from annotations.formats.folder import (
    NamedFile,
    given_names,
    losses_beside_name,
    named_files,
    write_below,
)
from annotations.formats.format import Fitted, FormatError, Options, Reading
from annotations.formats.json_input import convert, parse
from annotations.formats.loss import Loss, Part, minus, span_loss
from annotations.formats.span_input import OTHER_TEXT, OUTSIDE, UNUSABLE, SpanInput
from annotations.formats.tolerance import read_each
from annotations.model.span import STATUSES, Span
from annotations.model.value import Entity, Timex

TEXT, MARKS = ".txt", ".ann"
"""The endings of a document's two files."""
_BREAKS = re.compile("[\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]+")
"""What brat, which reads line by line, treats as a line end."""
_NAME = re.compile(r"[A-Za-z0-9_-]+")
_TEXT_BOUND = re.compile(r"(?P<label>\S+) (?P<extent>\d{1,12} \d{1,12}(?:;\d{1,12} \d{1,12})*)")
_STATUSES = frozenset(STATUSES) - {"accepted"}


class Brat:
    """The format of brat's document collections."""

    def fit(self, annotated: AnnotatedDocument, options: Options) -> Fitted:
        """Keep the spans whose label is a valid brat name and that neither begin nor end with a line end."""
        text = annotated.text
        holds: set[Part] = {"status", "flagged", "comment", "value"}
        losses = losses_beside_name(annotated, holds, TEXT)
        for span in annotated.spans:
            losses.extend(_losses(text, span))
        return Fitted(minus(annotated, losses).without_history(), losses)

    def write(self, documents: Iterable[AnnotatedDocument], path: Path, options: Options) -> None:
        """Write the folder, two files for each document."""
        path.mkdir()
        labels: dict[str, None] = {}
        for name, document in given_names(documents, TEXT, MARKS):
            labels.update(dict.fromkeys(span.label for span in document.spans))
            write_below(path, name, document.text.encode("utf-8"))
            lines = "".join(f"{line}\n" for line in _lines(document))
            write_below(path, name.removesuffix(TEXT) + MARKS, lines.encode("utf-8"))
        (path / "annotation.conf").write_text(configuration(labels), "utf-8")

    def read(self, path: Path, name: str, options: Options) -> Iterator[Reading]:
        """Read every `.ann` in a folder and its sub-folders, with the `.txt` beside it."""
        if not path.is_dir():
            raise FormatError(f"{name} is not a folder; name the folder with the .txt and .ann files.")
        files = [(file.where, file) for file in named_files(path, name, MARKS, TEXT)]
        marked = {file.path.with_suffix("") for _, file in files if file.path.suffix.lower() == MARKS}

        def read_one(where: str, file: NamedFile) -> Iterator[Reading]:
            if file.path.suffix.lower() == MARKS:
                yield _Reader(file, options).read()
            elif file.path.with_suffix("") not in marked:
                raise FormatError(f"{where} has no {MARKS} file beside it.")

        yield from read_each(files, read_one)


def configuration(labels: Iterable[str]) -> str:
    """The `annotation.conf` of a collection with these labels."""
    entities = "".join(f"{label}\n" for label in labels)
    return (
        f"[entities]\n{entities}\n[relations]\n\n[events]\n\n[attributes]\n"
        f"Status\tArg:<ENTITY>, Value:{'|'.join(_STATUSES)}\nFlagged\tArg:<ENTITY>\n"
    )


def _losses(text: str, span: Span) -> list[Loss]:
    if not _NAME.fullmatch(span.label):
        return [span_loss(text, span, "has a label that is not a brat name (letters, digits, _ and -)")]
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
        if not span.accepted:
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

    def __init__(self, file: NamedFile, options: Options) -> None:
        self._file, self._options = file, options
        self._document = file.document[: -len(MARKS)] + TEXT
        text_name = file.where[: -len(MARKS)] + TEXT
        text = decoded(whole(file.path.with_suffix(TEXT), text_name, options), text_name)
        self._found = SpanInput(text, file.where)
        self._bounds: dict[str, tuple[str, int, int, str]] = {}
        self._details: defaultdict[str, dict[str, Any]] = defaultdict(dict)
        self._left_out: set[str] = set()

    def read(self) -> Reading:
        """The document. Lines may come in any order, so spans are made at the end."""
        for where, data in numbered_lines(self._file.path, self._file.where, self._options):
            try:
                self._line(where, decoded(data, where).rstrip("\r\n").split("\t", 2))
            except FormatError as error:
                self._found.losses.append(Loss("foreign", UNUSABLE, None, str(error)))
        for identity, (label, start, end, where) in self._bounds.items():
            more = {"status": "accepted"} | self._details[identity]
            self._found.add(start, end, label, _field(identity, where), **more)
        for identity in self._details.keys() - self._bounds.keys() - self._left_out:
            reason = "attribute or note of what is not an annotation of text"
            self._found.losses.append(Loss("foreign", reason, None, identity[:40]))
        document = annotated(self._found.text, self._found.spans, name=self._document)
        return Reading(document, self._found.losses)

    def _line(self, where: str, cells: list[str]) -> None:
        """Add one line. Raises `FormatError` for one that brat would not write."""
        if cells[0][:1] == "T":
            self._text_bound(where, cells)
        elif len(cells) > 1 and cells[0][:1] in ("A", "M", "N", "#"):
            self._about_a_span(where, cells)
        else:
            what = {"R": "relation", "E": "event", "*": "equivalence"}.get(cells[0][:1])
            reason = f"{what}, which cannot be stored" if what else "line that is not understood"
            self._found.losses.append(Loss("foreign", reason, None, cells[0][:40]))

    def _text_bound(self, where: str, cells: list[str]) -> None:
        match = _TEXT_BOUND.fullmatch(cells[1]) if len(cells) > 1 else None
        if match is None:
            self._left_out.add(cells[0])
            raise FormatError(f"{where} is not a label with offsets: {cells[-1][:40]!r}.")
        if cells[0] in self._bounds or cells[0] in self._left_out:
            raise FormatError(f"{where} has the id {cells[0][:20]} a second time.")
        text = self._found.text
        fragments = [tuple(map(int, pair.split())) for pair in match["extent"].split(";")]
        self._left_out.add(cells[0])
        field = _field(cells[0], where)
        if any(not 0 <= start <= end <= len(text) for start, end in fragments):
            what = f"{field} reaches to {fragments[-1][1]}, but the text has {len(text)} characters"
            self._found.leave_out(OUTSIDE, what)
            return
        if len(cells) > 2:
            quote = " ".join(_BREAKS.sub(" ", text[start:end]) for start, end in fragments)
            if not _same(quote, _BREAKS.sub(" ", cells[2])):
                what = f"{field} should read {cells[2][:40]!r}, but reads {quote[:40]!r}"
                self._found.leave_out(OTHER_TEXT, what)
                return
        for (_, end), (start, _) in itertools.pairwise(fragments):
            if end > start or not _BREAKS.fullmatch(text[end:start]):
                reason = "discontinuous span, which cannot be stored"
                self._found.losses.append(Loss("foreign", reason, None, f"{cells[0]} {cells[1][:40]}"))
                return
        self._left_out.discard(cells[0])
        self._bounds[cells[0]] = (match["label"], fragments[0][0], fragments[-1][1], where)

    def _about_a_span(self, where: str, cells: list[str]) -> None:
        """An attribute, a normalisation or a note."""
        kind, _, rest = cells[1].partition(" ")
        target, _, value = rest.partition(" ")
        text = cells[2] if len(cells) > 2 else ""
        if cells[0][0] in "AM" and kind == "Status" and value in _STATUSES:
            self._details[target]["status"] = value
        elif cells[0][0] in "AM" and kind == "Flagged":
            self._details[target]["flagged"] = True
        elif cells[0][0] == "N" and target[:1] == "T":
            identity = value.partition(":")[2] if value.startswith("kb:") else value
            self._details[target].setdefault("value", Entity(text, identity, "import"))
        elif cells[0][0] == "#" and kind == "AnnotatorNotes" and target[:1] == "T":
            before = self._details[target].get("comment")
            self._details[target]["comment"] = f"{before}\n{text}" if before else text
        elif cells[0][0] == "#" and kind in ("Timex3", "Entity"):
            self._details[target]["value"] = convert(
                parse(text.encode(), where), Timex if kind == "Timex3" else Entity, where
            )
        else:
            reason = f"attribute or note {kind[:40]!r}, which is not read"
            self._found.losses.append(Loss("foreign", reason, None, f"{cells[0]} {cells[1][:40]}"))


def _field(identity: str, where: str) -> str:
    """The name of an annotation in errors: its id and its line."""
    return f"{identity[:20]} in line {where.rpartition(' ')[2]}"


def _same(quote: str, said: str) -> bool:
    """Whether the text of an annotation is the one its line quotes, ignoring white space at the ends."""
    return quote == said or quote.strip() == said.strip()


FORMAT = Brat()
