"""WebAnno TSV 3.3, as WebAnno and INCEpTION import it: a folder with one `.tsv` for each document.

A file and its document have the same name; in INCEpTION's own folders there is a file for each annotator,
in a folder with the name of the document. Offsets are UTF-16 code units. Spans are of the layer NamedEntity
with their label as `value` and the id of an entity as `identifier`; those that begin or end inside a token
get rows of sub-tokens, several on one token are stacked. White space between sentences is not in the file:
it is read as a line end and spaces, of the same length. At the beginning of the text it is read as spaces,
and at the end it is lost. Source: the INCEpTION user guide, "WebAnno TSV 3.3 File format".
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from annotations.entities.identity import id_of
from annotations.formats.annotated_document import AnnotatedDocument
from annotations.formats.annotated_document import annotated as make
from annotations.formats.division import by_sentence
from annotations.formats.file_input import LONGEST, decoded, numbered_lines
from annotations.formats.folder import (
    NamedFile,
    given_names,
    losses_beside_name,
    named_files,
    write_below,
)
from annotations.formats.format import Fitted, FormatError, Options, Reading
from annotations.formats.loss import (
    Loss,
    bare_value,
    losses_beyond_ids,
    minus,
    span_loss,
)
from annotations.formats.span_input import OTHER_TEXT, SpanInput
from annotations.formats.tokens import BLANK_EDGE, TextToken, language_of, word_tokens
from annotations.formats.tolerance import BAD_ROW, read_each, unreadable
from annotations.formats.utf16 import Utf16
from annotations.model.span import Span
from annotations.model.value import Entity

LAYER = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
ENDING = ".tsv"
_HEAD = f"#FORMAT=WebAnno TSV 3.3\n#T_SP={LAYER}|identifier|value\n\n\n"
_CONTROLS = [chr(code) for code in range(32) if not 8 <= code <= 13]
_TEXT_ESCAPES = {char: "\\" + char for char in _CONTROLS} | {
    "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", "\b": "\\b", "\\": "\\\\",
}  # fmt: skip
_TEXT_UNESCAPES = {escaped: char for char, escaped in _TEXT_ESCAPES.items()}
_NOTHING, _EMPTY = "_", "*"
"""What is written on a token without an annotation, and for a feature without a value."""
_VALUE = re.compile(r"->|[][|_;\t\n*]")
_UNWRITABLE = re.compile(r"[\\\r]")
"""Characters that a value cannot contain: the escape character and a line end."""
_ROW = re.compile(r"\d{1,9}-\d{1,9}(?:\.\d{1,9})?")


class _Unit(NamedTuple):
    """The extent of a row, in code points: a token or, if `sub` is above 0, a part of the token before it."""

    start: int
    end: int
    sub: int = 0


class WebAnnoTsv:
    """The format of WebAnno's and INCEpTION's tables."""

    def fit(self, annotated: AnnotatedDocument, options: Options) -> Fitted:
        """Keep spans that do not begin or end on white space, and replace the white space between sentences."""
        text = annotated.text
        losses = losses_beside_name(annotated, {"value"}, ENDING)
        losses += losses_beyond_ids(annotated, _UNWRITABLE)
        sentences = list(_sentences(annotated, options))
        begins = {token.start for sentence in sentences for token in sentence}
        ends = {token.end for sentence in sentences for token in sentence}
        limits = [sentence[0].start for sentence in sentences[1:]]
        for span in annotated.spans:
            if text[span.start].isspace() or text[span.end - 1].isspace():
                losses.append(span_loss(text, span, BLANK_EDGE))
            elif bisect_right(limits, span.start) < bisect_left(limits, span.end) and not (
                span.start in begins and span.end in ends
            ):
                losses.append(
                    span_loss(text, span, "cuts a word and reaches over the end of a sentence")
                )
            elif _UNWRITABLE.search(span.label):
                losses.append(span_loss(text, span, "has a label with a backslash or a line end"))
        kept = minus(annotated, losses)
        blanked = _blanked(kept, options)
        if blanked != text:
            losses.append(
                Loss("spacing", "white space between sentences: reads back as other white space")
            )
        fitted = make(blanked, kept.spans, name=kept.document.given_name)
        return Fitted(replace(fitted, origin=kept.origin), losses)

    def write(self, documents: Iterable[AnnotatedDocument], path: Path, options: Options) -> None:
        """Write one table for each document."""
        path.mkdir()
        for name, document in given_names(documents, ENDING):
            write_below(path, name, (_HEAD + "".join(_lines(document, options))).encode("utf-8"))

    def read(self, path: Path, name: str, options: Options) -> Iterator[Reading]:
        """Read one table, or all in a folder and its subfolders."""
        files = [(file.where, file) for file in named_files(path, name, ENDING)]
        yield from read_each(files, lambda _, file: [_Reader(file, options).read()])


def _sentences(document: AnnotatedDocument, options: Options) -> Iterator[list[TextToken]]:
    return by_sentence(document, word_tokens(document.text, language_of(document, options)))


def _blanked(document: AnnotatedDocument, options: Options) -> str:
    parts, offset = [], 0
    for sentence in _sentences(document, options):
        start, end = sentence[0].start, sentence[-1].end
        parts.append(_gap(start - offset, first=offset == 0))
        parts.append(document.text[start:end])
        offset = end
    return "".join(parts)


def _gap(length: int, first: bool) -> str:
    """The white space that INCEpTION puts into a gap of this length between two sentences."""
    return " " * length if first or not length else "\n" + " " * (length - 1)


def _lines(document: AnnotatedDocument, options: Options) -> Iterator[str]:
    text = document.text
    to = Utf16(text).units
    starts = [span.start for span in document.spans]
    identities: dict[Span, int] = {}
    for number, sentence in enumerate(_sentences(document, options), 1):
        first, last = sentence[0].start, sentence[-1].end
        for line in text[first:last].split("\n"):
            yield f"#Text={_escaped(line)}\n"
        inside = slice(bisect_left(starts, first), bisect_left(starts, last))
        rows = _rows(sentence, document.spans[inside])
        for span in _ambiguous(rows):
            identities[span] = len(identities) + 1
        token = 0
        for unit, on in rows.items():
            token += not unit.sub
            sub = f".{unit.sub}" if unit.sub else ""
            numbers = [f"[{identities[span]}]" if span in identities else "" for span in on]
            ids = (_value(id_of(span)) or _EMPTY for span in on)
            cells = [
                "|".join(map("".join, zip(column, numbers, strict=True))) or _NOTHING
                for column in (ids, (_value(span.label) for span in on))
            ]
            extent = f"{to(unit.start)}-{to(unit.end)}"
            form = _escaped(text[unit.start : unit.end])
            yield "\t".join((f"{number}-{token}{sub}", extent, form, *cells)) + "\n"
        yield "\n"


def _rows(sentence: list[TextToken], spans: Sequence[Span]) -> dict[_Unit, list[Span]]:
    """The rows of a sentence in order, each with the spans that cover it."""
    rows: dict[_Unit, list[Span]] = {}
    for token in sentence:
        whole: list[Span] = []
        parts: defaultdict[TextToken, list[Span]] = defaultdict(list)
        for span in spans:
            part = TextToken(max(span.start, token.start), min(span.end, token.end))
            if part == token:
                whole.append(span)
            elif part.start < part.end:
                parts[part].append(span)
        rows[_Unit(*token)] = whole
        for number, part in enumerate(sorted(parts), 1):
            rows[_Unit(*part, number)] = parts[part]
    return rows


def _ambiguous(rows: dict[_Unit, list[Span]]) -> dict[Span, None]:
    """The spans that need a number to be distinguished: on several rows, or on a row with others."""
    times = Counter(span for on in rows.values() for span in on)
    return {span: None for on in rows.values() for span in on if len(on) > 1 or times[span] > 1}


def _escaped(text: str) -> str:
    return "".join(_TEXT_ESCAPES.get(char, char) for char in text)


def _unescaped(text: str) -> str:
    return re.sub(r"\\.", lambda match: _TEXT_UNESCAPES.get(match[0], match[0]), text, flags=re.DOTALL)


def _value(label: str) -> str:
    """A label as a cell value: reserved characters are escaped, a tab as `\\t` and a line end as `\\n`."""
    named = {"\t": "t", "\n": "n"}
    return _VALUE.sub(lambda match: "\\" + named.get(match[0], match[0]), label)


def _label(value: str) -> str:
    named = {"t": "\t", "n": "\n"}
    return re.sub(r"\\(->|.)", lambda match: named.get(match[1], match[1]), value)


def _stacked(cell: str) -> list[tuple[str, str]]:
    """The values in a cell, each with its number, which is empty for a value without one."""
    if cell == _NOTHING:
        return []
    found = []
    for value in re.split(r"(?<!\\)\|", cell):
        match = re.fullmatch(r"(.*?)(?:(?<!\\)\[(\d{1,9})\])?", value, re.DOTALL)
        plain, number = (match[1], match[2] or "") if match else (value, "")
        found.append(("" if plain == _EMPTY else _label(plain), number))
    return found


class _Reader:
    """Reads one table."""

    def __init__(self, file: NamedFile, options: Options) -> None:
        self._file, self._name, self._options = file, file.where, options
        self._text: list[str] = []
        self._units = 0
        self._sentence: list[str] = []
        self._pieces: dict[str, list[tuple[int, int, str]]] = {}
        self._labels: dict[str, str] = {}
        self._ids: dict[str, str] = {}
        self._columns: dict[str, int] = {}
        self._losses: list[Loss] = []

    def read(self) -> Reading:
        """Read the document. Offsets are converted to code points when the whole text is known."""
        lines = numbered_lines(self._file.path, self._name, self._options, blank=True)
        where, data = next(lines, (self._name, b""))
        if not data.startswith(b"#FORMAT=WebAnno TSV 3."):
            raise FormatError(
                f"{self._name} is not a WebAnno TSV 3 file: it does not say so in its first line."
            )
        header: list[list[str]] = []
        size = 0
        for where, data in lines:
            size += len(data)
            if size > LONGEST:
                raise FormatError(f"{self._name} is longer than {LONGEST >> 20} MB.")
            line = decoded(data, where).rstrip("\r\n")
            if line.startswith("#T_"):
                header.append(line.split("|"))
                self._declare(header)
            elif line.startswith("#Text="):
                self._sentence.append(_unescaped(line.removeprefix("#Text=")))
            elif line and not line.startswith("#"):
                try:
                    self._row(where, line.split("\t"))
                except FormatError as error:
                    self._losses.append(unreadable(error, BAD_ROW))
        return self._reading()

    def _declare(self, header: list[list[str]]) -> None:
        """Find the column of the layer NamedEntity; the columns before it are those of other layers."""
        *before, (layer, *features) = header
        if layer == f"#T_SP={LAYER}" and "value" in features:
            first = 3 + sum(max(len(one) - 1, 1) for one in before)
            self._columns = {
                feature: first + place
                for place, feature in enumerate(features)
                if feature in ("value", "identifier")
            }
        else:
            reason = f"layer {layer.partition('=')[2].rpartition('.')[2][:40]}, which is not read"
            self._losses.append(Loss("foreign", reason))

    def _row(self, where: str, cells: list[str]) -> None:
        extent = re.fullmatch(r"(\d{1,9})-(\d{1,9})", cells[1]) if len(cells) > 2 else None
        if (
            not extent
            or not _ROW.fullmatch(cells[0])
            or len(cells) <= max(self._columns.values(), default=0)
        ):
            raise FormatError(f"{where} is not a row of a token with its offsets and columns.")
        start, end, form = int(extent[1]), int(extent[2]), _unescaped(cells[2])
        if self._sentence and not form:
            # A row without a word does not tell where its sentence begins.
            raise FormatError(f"{where} is the first of its sentence and has no word.")
        if self._sentence:
            self._begin_sentence(where, start - self._units_before(form))
        labels, ids = (
            _stacked(cells[self._columns[feature]]) if feature in self._columns else []
            for feature in ("value", "identifier")
        )
        for (label, number), id_ in zip(labels, self._ids_of(labels, ids), strict=True):
            identity = number or f"{where} {len(self._pieces)}"
            self._pieces.setdefault(identity, []).append((start, end, form))
            self._labels.setdefault(identity, label or "NamedEntity")
            self._ids.setdefault(identity, id_)

    def _ids_of(self, labels: list[tuple[str, str]], ids: list[tuple[str, str]]) -> list[str]:
        """The id of each label of a cell: with the same number or, if there are as many ids, in the same place.

        An id that could belong to several labels is listed as a loss.
        """
        numbered = {number: id_ for id_, number in ids if number}
        in_place = [id_ for id_, _ in ids] if len(ids) == len(labels) else [""] * len(labels)
        found = [
            numbered.get(number, "" if numbered else id_)
            for (_, number), id_ in zip(labels, in_place, strict=True)
        ]
        for id_, _ in ids:
            if id_ and id_ not in found:
                reason = "id that does not state which span of the token it belongs to"
                self._losses.append(Loss("foreign", reason, None, id_[:40]))
        return found

    def _units_before(self, form: str) -> int:
        """The length of the sentence before this word, in UTF-16 units; 0 if the word is not in it."""
        before, found, _ = "\n".join(self._sentence).partition(form)
        return len(before) + sum(char > "\uffff" for char in before) if found else 0

    def _begin_sentence(self, where: str, start: int) -> None:
        gap = start - self._units
        if not 0 <= gap <= LONGEST:
            raise FormatError(f"{where} begins at {start}, but the text so far has {self._units} units.")
        text = _gap(gap, first=not self._text) + "\n".join(self._sentence)
        self._text.append(text)
        self._units += len(text) + sum(char > "\uffff" for char in text)
        self._sentence = []

    def _reading(self) -> Reading:
        found = SpanInput("".join(self._text), self._name)
        found.losses = self._losses
        to = Utf16(found.text).code_points
        for identity, pieces in self._pieces.items():
            start, end = min(piece[0] for piece in pieces), max(piece[1] for piece in pieces)
            name = f"annotation {identity.rpartition(' ')[2]}"
            value = bare_value(Entity(id=self._ids[identity]))
            label = self._labels[identity]
            if wrong := _misplaced(found.text, to, pieces):
                found.leave_out(OTHER_TEXT, f"{name} is on {wrong[:40]!r}, which is not there")
                continue
            found.add_utf16(to, start, end, label, name, status="accepted", value=value)
        document = make(
            found.text, found.spans, name=self._file.document, annotator=self._file.annotator
        )
        return Reading(document, found.losses)


def _misplaced(
    text: str, to: Callable[[int], int | None], pieces: list[tuple[int, int, str]]
) -> str | None:
    """The first word that is not in the text at the offsets of its row; `None` if all are."""
    for start, end, form in pieces:
        first, last = to(start), to(end)
        if first is None or last is None:
            continue
        if first < last <= len(text) and "\\" not in form and text[first:last] != form:
            return form
    return None


FORMAT = WebAnnoTsv()
