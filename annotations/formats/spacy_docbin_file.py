"""The packed file of a spaCy `DocBin`: its parts, written and read one document at a time.

Source: `spacy/tokens/_serialize.py` of spaCy 3.8: msgpack in zlib.
"""

import tempfile
import zlib
from array import array
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import zip_longest
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple, TypeVar

import msgspec
from msgspec import Struct

from annotations.entities.identity import id_of
from annotations.formats.file_input import open_input
from annotations.formats.format import FormatError
from annotations.formats.msgpack_input import MsgpackReader, places
from annotations.formats.tokens import TextToken
from annotations.model.document_facts import NO_FACTS, DocumentFacts
from annotations.model.errors import AnnotateError
from annotations.model.source import source_as_text
from annotations.model.span import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

USER_DATA_KEY = "annotate"
LARGEST = 2**31
"""The largest unpacked file that is read, in bytes; it protects against decompression bombs."""
ATTRIBUTES = ("ENT_IOB", "ENT_TYPE", "ENT_KB_ID", "ENT_ID")
"""The attributes that are written for each token besides its text and the space after it."""

T = TypeVar("T")

_CHUNK = 2**20


class Details(Struct, omit_defaults=True):
    """The parts of a document that spaCy has no place for."""

    path: str = ""
    name: str = ""
    id: str = ""
    annotator: str = ""
    created: str = ""
    facts: DocumentFacts = NO_FACTS
    spans: tuple[Span, ...] = ()
    unknown: bool = False
    """Whether the document was not done, so that it may have entities without a label."""


class _Flags(Struct):
    has_unknown_spaces: bool = False


class PackedDocument(NamedTuple):
    """One document of a file: a row of attributes for each token, its spaces, and packed groups and details."""

    attributes: list[list[int]]
    spaces: list[bool]
    groups: bytes
    details: bytes


class Packer:
    """Collects documents in temporary files and packs them as spaCy's `DocBin.to_bytes` does."""

    def __init__(self, folder: Path) -> None:
        from spacy.attrs import IDS

        self._attributes = [IDS["ORTH"], *sorted(IDS[name] for name in ATTRIBUTES)]
        self._space = IDS["SPACY"]
        self._files = ExitStack()
        self._parts = {
            name: self._files.enter_context(tempfile.TemporaryFile(dir=folder))  # noqa: SIM115
            for name in ("tokens", "spaces", "span_groups", "user_data")
        }
        self._lengths = array("i")
        self._strings: set[str] = {""}

    def __enter__(self) -> "Packer":
        return self

    def __exit__(self, *_: object) -> None:
        self._files.close()

    def add(self, doc: "Doc", text: str, ranges: Sequence[TextToken], details: Details) -> None:
        """Add a document: its tokens, its spans, and the details spaCy has no place for."""
        self._parts["tokens"].write(doc.to_array(self._attributes).tobytes())
        self._parts["spaces"].write(doc.to_array(self._space).astype(bool).tobytes())
        self._parts["span_groups"].write(msgspec.msgpack.encode(doc.spans.to_bytes()))
        user_data = msgspec.msgpack.encode({USER_DATA_KEY: details}, enc_hook=source_as_text)
        self._parts["user_data"].write(msgspec.msgpack.encode(user_data))
        self._lengths.append(len(doc))
        self._strings.update(text[start:end] for start, end in ranges)
        for span in details.spans:
            self._strings.update((span.label, id_of(span)))

    def write(self, path: Path) -> None:
        """Write the packed file. Raises `AnnotateError` if there are more tokens than the format can hold."""
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
                        "One .spacy file cannot hold that much; use --split or --document."
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


def unpack(path: Path, name: str, unpacked: IO[bytes]) -> None:
    """Unpack a file into another one. Raises `FormatError` if it is not packed, too large or cut short."""
    unpacker = zlib.decompressobj()
    try:
        with open_input(path, name) as file:
            while not unpacker.eof and (chunk := unpacker.unconsumed_tail or file.read(_CHUNK)):
                unpacked.write(unpacker.decompress(chunk, _CHUNK))
                if unpacked.tell() > LARGEST:
                    raise FormatError(f"{name} unpacks to more than {LARGEST >> 30} GB.")
    except zlib.error:
        raise FormatError(f"{name} is not a spaCy file: its data is not compressed with zlib.") from None
    if not unpacker.eof or not unpacked.tell():
        raise FormatError(f"{name} is cut short, or is not a spaCy file.")
    unpacked.flush()


class PackedFile:
    """An unpacked file that is read with one document at a time in memory.

    All methods raise `ValueError` or `msgspec.DecodeError` for a file that is not as spaCy writes it.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._places = places(file)
        self.attrs = self._value("attrs", list[int])
        lengths = self._value("lengths", bytes)
        if len(lengths) % 4:
            raise ValueError("its lengths do not match")
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
        """All strings that the tokens and spans refer to by their hashes."""
        return self._value("strings", list[str])

    def documents(self) -> Iterator[PackedDocument]:
        """The documents; they can be read only once."""
        columns = max(len(self.attrs), 1)
        flags = self._value("flags", list[_Flags]) if "flags" in self._places else []
        groups, details = self._blobs("span_groups"), self._blobs("user_data")
        for length, flag in zip_longest(self._lengths, flags[: len(self._lengths)]):
            flat = memoryview(self._tokens.take(length * 8 * columns)).cast("Q").tolist()
            spaces = [bool(byte) for byte in self._spaces.take(length)]
            if flag is not None and flag.has_unknown_spaces:
                spaces = [True] * length
            attributes = [flat[row : row + columns] for row in range(0, len(flat), columns)]
            yield PackedDocument(attributes, spaces, next(groups, b""), next(details, b""))

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
