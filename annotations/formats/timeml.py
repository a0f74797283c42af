"""TimeML 1.2.1: a folder with one XML document for each article, with its name and its dates as TIMEX3.

Spans labelled DATE or TIME, or with a TIMEX3 value, become `<TIMEX3 tid type value …>`. They must not
overlap; other spans are lost. The document creation time is the TIMEX3 `t0` in `DCT`. XML cannot hold most
control characters, and reads a carriage return as a line feed unless it is escaped. Documents that declare
entities are refused; only XML's own five entities are resolved. The text that is read is the content of
`TEXT`, at any place in the document, or of the whole document if it has no `TEXT`, as in TimeBank. Its
creation time is the TIMEX3 in `DCT` or the first one with `functionInDocument="CREATION_TIME"`.
Source: timeml.org, TimeML 1.2.1 and its DTD; TempEval-3 for DOCID, DCT and TEXT.
"""

import xml.parsers.expat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import get_args
from xml.sax.saxutils import escape, quoteattr

from annotations.dates.document_dates import is_date, label_of_value
from annotations.formats.annotated_document import AnnotatedDocument, annotated
from annotations.formats.file_input import LONGEST, open_input, whole
from annotations.formats.folder import (
    NamedFile,
    given_names,
    losses_beside_name,
    named_files,
    write_below,
)
from annotations.formats.format import Fitted, FormatError, Options, Reading
from annotations.formats.json_input import convert
from annotations.formats.loss import (
    NOT_XML,
    Loss,
    Part,
    bare_value,
    losses_in_xml,
    minus,
    span_loss,
)
from annotations.formats.span_input import UNUSABLE, SpanInput
from annotations.formats.tokens import OVERLAP, without_overlaps
from annotations.formats.tolerance import read_each
from annotations.model.span import Span
from annotations.model.value import Entity, Timex, TimexType

ENDING = ".tml"
_TYPES: tuple[str, ...] = get_args(TimexType)
_REFERENCES = ("anchorTimeID", "beginPoint", "endPoint", "valueFromFunction")
_ROOT, _TEXT = "TimeML", "TEXT"
_HEAD = ("DOCID", "DCT")
"""The elements before the text."""
_ESCAPES = {"\r": "&#13;"}
_IN_ATTRIBUTES = {"\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}


class TimeML:
    """The format of TimeML documents."""

    def fit(self, annotated: AnnotatedDocument, options: Options) -> Fitted:
        """Keep dates and times that do not overlap, with the parts of their values that TIMEX3 can hold."""
        text = annotated.text
        losses = losses_beside_name(annotated, {"value", "comment", "created", "date"}, ENDING)
        dates = []
        for span in annotated.spans:
            if not is_date(span) or isinstance(span.value, Entity):
                losses.append(span_loss(text, span, "is not a date or time"))
            else:
                dates.append(span)
        kept, beside = without_overlaps(dates)
        losses.extend(span_loss(text, span, OVERLAP) for span in beside)
        for span in kept:
            losses.extend(_losses(text, span))
        if NOT_XML.search(annotated.created):
            part: Part = "created" if annotated.row.facts.creation_time else "date"
            losses.append(Loss(part, "document date with control characters"))
        losses.extend(losses_in_xml(text))
        return Fitted(minus(annotated, losses).without_history(), losses)

    def write(self, documents: Iterable[AnnotatedDocument], path: Path, options: Options) -> None:
        """Write one XML document for each annotated document."""
        path.mkdir()
        for name, document in given_names(documents, ENDING):
            data = _xml(document, name.removesuffix(ENDING)).encode("utf-8")
            write_below(path, name, data)

    def read(self, path: Path, name: str, options: Options) -> Iterator[Reading]:
        """Read one XML document, or all `.tml` and `.xml` files in a folder and its subfolders."""
        files = [(file.where, file) for file in named_files(path, name, ENDING, ".xml")]
        yield from read_each(files, lambda _, file: [_Reader(file, options).read()])


def _losses(text: str, span: Span) -> list[Loss]:
    losses, value = [], span.value
    if isinstance(value, Timex) and NOT_XML.search(
        "".join((value.value, value.mod, value.quant, value.freq))
    ):
        losses.append(span_loss(text, span, "value with control characters", "value"))
        value = None
    elif value != bare_value(value):
        losses.append(span_loss(text, span, "how a value was found, and other readings", "origin"))
    if span.label != label_of_value(value):
        losses.append(
            span_loss(text, span, "label that does not follow from the type (DATE or TIME)", "label")
        )
    if NOT_XML.search(span.comment):
        losses.append(span_loss(text, span, "comment with control characters", "comment"))
    return losses


def _xml(document: AnnotatedDocument, name: str) -> str:
    text, created = document.text, document.created
    parts, offset = [], 0
    for number, span in enumerate(document.spans, 1):
        parts.append(escape(text[offset : span.start], _ESCAPES))
        covered = escape(text[span.start : span.end], _ESCAPES)
        parts.append(f'<TIMEX3 tid="t{number}"{_attributes(span)}>{covered}</TIMEX3>')
        offset = span.end
    parts.append(escape(text[offset:], _ESCAPES))
    date_type = "TIME" if "T" in created else "DATE"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<TimeML>\n<DOCID>{escape(name)}</DOCID>\n'
        f'<DCT><TIMEX3 tid="t0" type="{date_type}" value={quoteattr(created, _IN_ATTRIBUTES)}'
        ' temporalFunction="false" functionInDocument="CREATION_TIME">'
        f"{escape(created)}</TIMEX3></DCT>\n<TEXT>{''.join(parts)}</TEXT>\n</TimeML>\n"
    )


def _attributes(span: Span) -> str:
    value = span.value if isinstance(span.value, Timex) else Timex("DATE", "")
    pairs = {"type": value.type, "value": value.value}
    for name in ("mod", "quant", "freq"):
        if getattr(value, name):
            pairs[name] = getattr(value, name)
    if span.comment:
        pairs["comment"] = span.comment
    return "".join(f" {name}={quoteattr(said, _IN_ATTRIBUTES)}" for name, said in pairs.items())


class _Reader:
    """Reads one XML document; the parser calls it for each element and piece of text."""

    def __init__(self, file: NamedFile, options: Options) -> None:
        self._file, self._name, self._options = file, file.where, options
        self._path: list[str] = []
        self._text: list[str] = []
        self._length = 0
        self._open: list[tuple[int, dict[str, str]]] = []
        self._dates: list[tuple[int, int, dict[str, str]]] = []
        self._created = self._docid = ""
        self._body = ""
        """The name of the element whose content is the text."""
        self._losses: list[Loss] = []

    def read(self) -> Reading:
        """Read the document of the file."""
        data, encoding = _bytes_of(self._file, self._options)
        elements: set[str] = set()

        def note(name: str, _: dict[str, str]) -> None:
            self._enter(name)
            elements.add(name)

        self._parse(data, encoding, note, lambda _: self._leave())
        self._body = next((name for name in (_TEXT, _ROOT) if name in elements), "")
        if not self._body:
            raise FormatError(f"{self._name} has no TEXT or TimeML element; it is not TimeML.")
        self._parse(data, encoding, self._start, self._end, self._characters)
        found = SpanInput("".join(self._text), self._name)
        found.losses = self._losses
        for start, end, attributes in self._dates:
            self._add(found, start, end, attributes)
        document = annotated(found.text, found.spans, name=self._file.document, created=self._created)
        return Reading(document, found.losses, key=self._docid.strip())

    def _parse(
        self,
        data: bytes,
        encoding: str | None,
        start: Callable[[str, dict[str, str]], None],
        end: Callable[[str], None],
        characters: Callable[[str], None] | None = None,
    ) -> None:
        parser = xml.parsers.expat.ParserCreate(encoding)
        parser.buffer_text = True
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = characters
        parser.EntityDeclHandler = self._entity
        try:
            parser.Parse(data, True)
        except xml.parsers.expat.ExpatError as error:
            what = xml.parsers.expat.ErrorString(error.code)
            raise FormatError(f"{self._name}, line {error.lineno} is not XML: {what}.") from None
        except (LookupError, ValueError) as error:
            raise FormatError(f"{self._name} cannot be read: {error}.") from None

    def _enter(self, name: str) -> None:
        if len(self._path) > 100:
            raise FormatError(f"{self._name} is nested too deeply.")
        self._path.append(name)

    def _leave(self) -> None:
        self._path.pop()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._enter(name)
        if name == "TIMEX3":
            created = attributes.get("functionInDocument") == "CREATION_TIME" and not self._created
            if created or "DCT" in self._path:
                self._created = attributes.get("value", "")
            if self._in_text():
                self._open.append((self._length, attributes))
                return
            if created or "DCT" in self._path:
                return
        elif name == self._body or (len(self._path) <= 2 and name in (_ROOT, *_HEAD)):
            return
        self._losses.append(Loss("foreign", f"{name[:40]} element, which cannot be stored"))

    def _end(self, name: str) -> None:
        in_text = self._in_text()
        self._leave()
        if name == "TIMEX3" and in_text:
            start, attributes = self._open.pop()
            if start == self._length:
                reason = "TIMEX3 without text, which cannot be stored"
                self._losses.append(Loss("foreign", reason, None, attributes.get("value", "")[:40]))
            else:
                self._dates.append((start, self._length, attributes))

    def _characters(self, text: str) -> None:
        if self._in_text():
            self._text.append(text)
            self._length += len(text)
        elif self._path[1:] == ["DOCID"]:
            self._docid += text

    def _in_text(self) -> bool:
        """Whether the parser is inside the text; if the whole document is the text, its head is left out."""
        return self._body in self._path and (
            self._body == _TEXT or not set(_HEAD).intersection(self._path[1:2])
        )

    def _entity(self, name: str, *_: object) -> None:
        raise FormatError(f"{self._name} declares the entity {name[:40]!r}; that is refused.")

    def _add(self, found: SpanInput, start: int, end: int, attributes: dict[str, str]) -> None:
        kind = attributes.get("type", "DATE").upper()
        field = f"TIMEX3 {attributes.get('tid', '')[:20]}"
        if unread := ", ".join(name for name in _REFERENCES if attributes.get(name)):
            reason = f"attributes of TIMEX3 that name other times, which are not read: {unread}"
            found.losses.append(Loss("foreign", reason, None, attributes.get("tid", "")[:40]))
        if kind not in _TYPES:
            found.leave_out(UNUSABLE, f"{field} has the type {kind[:40]!r}, which TIMEX3 does not have")
            return
        value = convert(
            {"kind": "timex3", "type": kind, "value": attributes.get("value", ""), "origin": "import"}
            | {name: attributes.get(name, "") for name in ("mod", "quant", "freq")},
            Timex,
            f"{self._name}, {field}",
        )
        span = Span(start, end, label_of_value(value), "accepted", value=value)
        found.add(
            start,
            end,
            span.label,
            field,
            status="accepted",
            value=bare_value(value),
            comment=attributes.get("comment", ""),
        )


def _bytes_of(file: NamedFile, options: Options) -> tuple[bytes, str | None]:
    """The bytes of a file and the encoding to read them in; `None` for the one that the XML declares."""
    if options.encoding != "utf-8":
        return whole(file.path, file.where, options), "UTF-8"
    with open_input(file.path, file.where) as stream:
        data = stream.read(LONGEST + 1)
    if len(data) > LONGEST:
        raise FormatError(f"{file.where} is longer than {LONGEST >> 20} MB.")
    return data, None


FORMAT = TimeML()
