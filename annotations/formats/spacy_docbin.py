"""spaCy's binary training format, `DocBin` 0.1, as `spacy train` and `spacy debug data` read it.

Every span lies on tokens. `doc.ents` holds those that do not overlap, `doc.spans["sc"]` all of them. In a
document that is not done, tokens outside of them are missing (`ent_iob_` is empty), as it is unknown what
they are: training learns nothing from these. A group of spans cannot say that, so there is none. What spaCy
has no place for (status, sources, score, value, comment, flag, date, annotator, path, name, id) stands
in `doc.user_data["annotate"]`, which spaCy keeps and training ignores. Source of the format:
`spacy/tokens/_serialize.py` and `span_group.pyx` of spaCy 3.8: msgpack in zlib.
"""

import struct
import tempfile
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import zip_longest
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple, TypeVar

import msgspec
from msgspec import Struct

from annotations.entities.identity import id_of
from annotations.formats.annotated_document import AnnotatedDocument, annotated
from annotations.formats.file_input import opened, refuse_encoding
from annotations.formats.format import Fitted, FormatError, Options, Reading
from annotations.formats.json_input import convert
from annotations.formats.loss import Loss, span_loss
from annotations.formats.msgpack_input import MsgpackReader, places
from annotations.formats.span_input import NO_TEXT, OUTSIDE, SpanInput
from annotations.formats.tokens import OVERLAP, Token, place, tokenized, tokens, without_overlaps
from annotations.formats.tolerance import read_each
from annotations.model.document_facts import NOTHING_SAID, DocumentFacts
from annotations.model.errors import AnnotateError
from annotations.model.span import Span, SpanKey, replace
from annotations.model.value import Entity

if TYPE_CHECKING:
    from spacy.strings import StringStore
    from spacy.tokens import Doc

SPANS_KEY = "sc"
"""The span group that spaCy's span categorizer learns from by default."""
USER_DATA_KEY = "annotate"
LARGEST = 2**31
"""The largest unpacked file that is read, in bytes: a bomb stops there."""

T = TypeVar("T")

_CHUNK = 2**20
_NO_GROUP = f'not done: without doc.spans["{SPANS_KEY}"], no training text for a span categorizer'
_ATTRIBUTES = ("ENT_IOB", "ENT_TYPE", "ENT_KB_ID", "ENT_ID")
_GROUPED_SPAN = struct.Struct(">QQQllll")


class _Details(Struct, omit_defaults=True):
    """What of a document spaCy has no place for."""

    path: str = ""
    name: str = ""
    id: str = ""
    annotator: str = ""
    created: str = ""
    facts: DocumentFacts = NOTHING_SAID
    spans: tuple[Span, ...] = ()
    unknown: bool = False
    """Whether it was not done, so that it is unknown whether all its entities are labelled."""


class _Flags(Struct):
    has_unknown_spaces: bool = False


class _Packed(NamedTuple):
    """One document of a file: a row of attributes a token, and what stands beside the tokens."""

    attributes: list[list[int]]
    spaces: list[bool]
    groups: bytes
    details: bytes


class SpacyDocBin:
    """The format of `.spacy` files."""

    def fit(self, annotated: AnnotatedDocument, options: Options) -> Fitted:
        """Keep the spans on tokens; those that overlap are kept, but not among the entities."""
        text = annotated.text
        placed, losses = place(text, annotated.spans, tokens(text, options.language))
        kept = [on.span for on in placed]
        flat, beside = without_overlaps(kept)
        if _is_unknown(annotated, options):
            kept = flat
            losses.extend(span_loss(text, span, f"{OVERLAP}: not in doc.ents") for span in beside)
            losses.append(Loss("unknown", _NO_GROUP))
        else:
            reason = f'{OVERLAP}: kept in doc.spans["{SPANS_KEY}"], not in doc.ents'
            losses.extend(span_loss(text, span, reason, "flat") for span in beside)
        return Fitted(annotated.without_history().with_spans(kept), losses)

    def write(self, documents: Iterable[AnnotatedDocument], path: Path, options: Options) -> None:
        """Write all documents as one `DocBin`, in memory that does not grow with their tokens."""
        with _Packer(path.parent) as packer:
            for document in documents:
                ranges = tokens(document.text, options.language)
                packer.add(_doc(document, ranges, options), ranges, document, options)
            packer.write(path)

    def read(self, path: Path, name: str, options: Options) -> Iterator[Reading]:
        """Read the documents without letting spaCy's own reader near bytes it would trust."""
        from spacy.strings import StringStore

        refuse_encoding(options, name)
        with tempfile.TemporaryFile() as unpacked:
            _unpack(path, name, unpacked)
            try:
                packed = _Bin(unpacked)
                strings = StringStore(packed.strings())
                documents = (
                    (f"{name}, document {number}", document)
                    for number, document in enumerate(packed.documents(), 1)
                )
                yield from read_each(
                    documents, lambda where, one: [_reading(one, packed.attrs, strings, where)]
                )
            except FormatError:
                raise
            except (msgspec.DecodeError, ValueError, RecursionError) as error:
                raise FormatError(f"{name} is not a whole spaCy file: {error}.") from None


class _Packer:
    """Collects documents in files and packs them as spaCy's `DocBin.to_bytes` does."""

    def __init__(self, folder: Path) -> None:
        from spacy.attrs import IDS

        self._attributes = [IDS["ORTH"], *sorted(IDS[name] for name in _ATTRIBUTES)]
        self._space = IDS["SPACY"]
        self._files = ExitStack()
        self._parts = {
            name: self._files.enter_context(tempfile.TemporaryFile(dir=folder))  # noqa: SIM115
            for name in ("tokens", "spaces", "span_groups", "user_data")
        }
        self._lengths = array("i")
        self._strings: set[str] = {""}

    def __enter__(self) -> "_Packer":
        return self

    def __exit__(self, *_: object) -> None:
        self._files.close()

    def add(
        self, doc: "Doc", ranges: Sequence[Token], document: AnnotatedDocument, options: Options
    ) -> None:
        """Add a document: its tokens, its spans, and the details spaCy has no place for."""
        self._parts["tokens"].write(doc.to_array(self._attributes).tobytes())
        self._parts["spaces"].write(doc.to_array(self._space).astype(bool).tobytes())
        self._parts["span_groups"].write(msgspec.msgpack.encode(doc.spans.to_bytes()))
        row = document.row
        source = document.document
        details = _Details(
            source.path,
            source.given_name,
            source.given_id,
            row.annotator,
            document.created,
            row.facts,
            document.spans,
            _is_unknown(document, options),
        )
        user_data = msgspec.msgpack.encode({USER_DATA_KEY: details})
        self._parts["user_data"].write(msgspec.msgpack.encode(user_data))
        self._lengths.append(len(doc))
        self._strings.update(document.text[start:end] for start, end in ranges)
        for span in document.spans:
            self._strings.update((span.label, id_of(span)))

    def write(self, path: Path) -> None:
        """Write the packed file. Raises `AnnotateError` for more tokens than the format can hold."""
        number = len(self._lengths)
        encode = msgspec.msgpack.encode
        packer = zlib.compressobj()
        with path.open("wb") as file:

            def put(data: bytes) -> None:
                file.write(packer.compress(data))

            def put_part(name: str) -> None:
                part = self._parts[name]
                part.seek(0)
                while chunk := part.read(_CHUNK):
                    put(chunk)

            put(b"\x8a" + encode("version") + encode("0.1") + encode("attrs") + encode(self._attributes))
            for name in ("tokens", "spaces"):
                size = self._parts[name].tell()
                if size >= 2**32:
                    raise AnnotateError(
                        "One .spacy file cannot hold as much; use --split or --document."
                    )
                put(encode(name) + b"\xc6" + size.to_bytes(4, "big"))
                put_part(name)
            put(encode("lengths") + encode(self._lengths.tobytes()))
            put(encode("strings") + encode(sorted(self._strings)))
            put(encode("cats") + encode([{}] * number))
            put(encode("flags") + encode([{"has_unknown_spaces": False}] * number))
            for name in ("span_groups", "user_data"):
                put(encode(name) + b"\xdd" + number.to_bytes(4, "big"))
                put_part(name)
            file.write(packer.flush())


def _doc(document: AnnotatedDocument, ranges: Sequence[Token], options: Options) -> "Doc":
    from spacy.tokens import Span as SpacySpan
    from spacy.tokens import SpanGroup

    text = document.text
    doc = tokenized(text, options.language).copy()
    placed, _ = place(text, document.spans, ranges)
    made = {
        on.span.key: SpacySpan(doc, on.first, on.last + 1, on.span.label, kb_id=id_of(on.span))
        for on in placed
    }
    entities, _ = without_overlaps([on.span for on in placed])
    unknown = _is_unknown(document, options)
    doc.set_ents([made[span.key] for span in entities], default="missing" if unknown else "outside")
    if not unknown:
        doc.spans[SPANS_KEY] = SpanGroup(doc, name=SPANS_KEY, spans=list(made.values()))
    return doc


def _is_unknown(document: AnnotatedDocument, options: Options) -> bool:
    """Whether what is not labelled is to be written as unknown."""
    return options.undone == "missing" and not document.row.facts.done


def _unpack(path: Path, name: str, unpacked: IO[bytes]) -> None:
    """Unpack a file into another one."""
    unpacker = zlib.decompressobj()
    try:
        with opened(path, name) as file:
            while not unpacker.eof and (chunk := unpacker.unconsumed_tail or file.read(_CHUNK)):
                unpacked.write(unpacker.decompress(chunk, _CHUNK))
                if unpacked.tell() > LARGEST:
                    raise FormatError(f"{name} unpacks to more than {LARGEST >> 30} GB.")
    except zlib.error:
        raise FormatError(f"{name} is not a spaCy file: it is not packed as one.") from None
    if not unpacker.eof or not unpacked.tell():
        raise FormatError(f"{name} is cut short, or is not a spaCy file.")
    unpacked.flush()


class _Bin:
    """An unpacked file, of which one document at a time is in memory.

    Everything raises `ValueError` and `msgspec.DecodeError` for what is not as spaCy writes it.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._places = places(file)
        self.attrs = self._value("attrs", list[int])
        lengths = self._value("lengths", bytes)
        if len(lengths) % 4:
            raise ValueError("its lengths do not come out even")
        self._lengths = array("i", lengths)
        columns = max(len(self.attrs), 1)
        tokens, spaces = self._at("tokens"), self._at("spaces")
        if min(self._lengths, default=0) < 0 or not (
            tokens.expect("bytes") == sum(self._lengths) * 8 * columns
            and spaces.expect("bytes") == sum(self._lengths)
        ):
            raise ValueError("its documents do not fit its tokens")
        self._tokens, self._spaces = tokens, spaces

    def strings(self) -> list[str]:
        """Every string that tokens and spans name by its hash."""
        return self._value("strings", list[str])

    def documents(self) -> Iterator[_Packed]:
        """The documents, once."""
        columns = max(len(self.attrs), 1)
        flags = self._value("flags", list[_Flags]) if "flags" in self._places else []
        groups, details = self._blobs("span_groups"), self._blobs("user_data")
        for length, flag in zip_longest(self._lengths, flags[: len(self._lengths)]):
            flat = memoryview(self._tokens.take(length * 8 * columns)).cast("Q").tolist()
            spaces = [bool(byte) for byte in self._spaces.take(length)]
            if flag is not None and flag.has_unknown_spaces:
                spaces = [True] * length
            attributes = [flat[row : row + columns] for row in range(0, len(flat), columns)]
            yield _Packed(attributes, spaces, next(groups, b""), next(details, b""))

    def _at(self, name: str) -> MsgpackReader:
        if name not in self._places:
            raise ValueError(f"it has no {name}")
        return MsgpackReader(self._file, self._places[name][0])

    def _value(self, name: str, kind: type[T]) -> T:
        reader = self._at(name)
        start, end = self._places[name]
        return msgspec.msgpack.decode(reader.take(end - start), type=kind)

    def _blobs(self, name: str) -> Iterator[bytes]:
        return self._at(name).blobs() if name in self._places else iter(())


def _reading(document: _Packed, attrs: list[int], strings: "StringStore", where: str) -> Reading:
    from spacy.attrs import IDS

    try:
        column = {name: attrs.index(IDS[name]) for name in ("ORTH", *_ATTRIBUTES) if IDS[name] in attrs}
        words = [strings[row[column["ORTH"]]] for row in document.attributes]
        ranges, text = _spaced(words, document.spaces)
        found = SpanInput(text, where)
        grouped, unread = _groups(document.groups, where)
        found.losses += unread
        for first, last, label, entity in [*_entities(document.attributes, column), *grouped]:
            if not 0 <= first <= last < len(ranges):
                reason = NO_TEXT if last + 1 == first else OUTSIDE
                found.leave_out(reason, f"a span is on tokens {first} to {last}, which are not there")
                continue
            name = strings[entity]
            found.add(
                ranges[first][0],
                ranges[last][1],
                strings[label],
                f"the span on tokens {first} to {last}",
                status="accepted",
                value=Entity(id=name, origin="import") if name else None,
            )
        details = _details(document.details, where)
    except KeyError as error:
        raise FormatError(f"{where} uses the string {error}, which is not in the file.") from None
    known = {span.key: span for span in details.spans}
    return Reading(
        annotated(
            text,
            [_with_details(span, known) for span in found.spans],
            path=details.path,
            name=details.name,
            document_id=details.id,
            annotator=details.annotator,
            created=details.created,
            facts=details.facts,
        ),
        found.losses,
        complete=details.facts.done or (not details.unknown and _is_whole(document.attributes, column)),
    )


def _spaced(words: list[str], spaces: list[bool]) -> tuple[list[tuple[int, int]], str]:
    ranges, parts, offset = [], [], 0
    for word, space in zip(words, spaces, strict=True):
        ranges.append((offset, offset + len(word)))
        parts.append(word + " " * space)
        offset += len(parts[-1])
    return ranges, "".join(parts)


def _entities(rows: list[list[int]], column: dict[str, int]) -> Iterator[tuple[int, int, int, int]]:
    """The entities as (first token, last token, label, id); IOB is 3 for B, 1 for I, 2 for O."""
    if not {"ENT_IOB", "ENT_TYPE"} <= set(column):
        return
    first = None
    for number, row in enumerate([*rows, [0] * len(column) * 8]):
        mark = row[column["ENT_IOB"]] if number < len(rows) else 2
        if first is not None and mark != 1:
            head = rows[first]
            entity = head[column["ENT_KB_ID"]] if "ENT_KB_ID" in column else 0
            yield first, number - 1, head[column["ENT_TYPE"]], entity
            first = None
        if mark == 3 and row[column["ENT_TYPE"]]:
            first = number


def _is_whole(rows: list[list[int]], column: dict[str, int]) -> bool:
    """Whether there are tokens and the entities say of each of them what it is."""
    return "ENT_IOB" in column and bool(rows) and all(row[column["ENT_IOB"]] for row in rows)


def _groups(data: bytes, where: str) -> tuple[list[tuple[int, int, int, int]], list[Loss]]:
    """The spans of the group `sc`, in the shape of `_entities`, and the other groups, which are not read."""
    spans: list[tuple[int, int, int, int]] = []
    unread: list[Loss] = []
    if not data:
        return spans, unread
    try:
        groups = msgspec.msgpack.decode(data)
        for packed, keys in groups.items() if isinstance(groups, dict) else ():
            if SPANS_KEY in keys:
                for span in msgspec.msgpack.decode(packed)["spans"]:
                    _, entity, label, start, end, _, _ = _GROUPED_SPAN.unpack(span)
                    spans.append((start, end - 1, label, entity))
            elif msgspec.msgpack.decode(packed)["spans"]:
                reason = f"group of spans {', '.join(map(str, keys))[:40]!r}, which is not read"
                unread.append(Loss("foreign", reason))
    except (msgspec.DecodeError, struct.error, TypeError, KeyError, ValueError, RecursionError):
        raise FormatError(f"{where} has a group of spans that cannot be read.") from None
    return spans, unread


def _details(data: bytes, where: str) -> _Details:
    if not data:
        return _Details()
    try:
        user_data = msgspec.msgpack.decode(data, strict=False)
    except (msgspec.DecodeError, ValueError, RecursionError):
        return _Details()
    if not isinstance(user_data, dict) or USER_DATA_KEY not in user_data:
        return _Details()
    return convert(user_data[USER_DATA_KEY], _Details, f"{where}, user data")


def _with_details(span: Span, known: dict[SpanKey, Span]) -> Span:
    if span.key not in known:
        return span
    details = known[span.key]
    return details if id_of(details) == id_of(span) else replace(details, value=span.value)


FORMAT = SpacyDocBin()
