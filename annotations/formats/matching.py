"""Finding the stored document that a document from a file is, and its spans' places there."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import accumulate

from annotations.document import Document
from annotations.formats.annotated_document import AnnotatedDocument
from annotations.formats.loss import show
from annotations.span import Span, replace

BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True)
class Match:
    """A document of a file as one of the store: its spans moved there, and those with no place."""

    document: Document
    spans: list[Span]
    unplaced: list[str] = field(default_factory=list)
    """The spans that could not be placed, as a person recognises them."""
    exact: bool = True
    """Whether the two texts are the same to the last character."""


class Matcher:
    """Knows the documents of a store by their text, and by their text whatever its white space.

    A byte order mark, line ends, indentation, Unicode form: two texts that differ in nothing else are
    the same document. Offsets between them are carried over by counting characters that are seen.
    """

    def __init__(self, documents: Iterable[Document]) -> None:
        self._exact: dict[str, Document] = {}
        self._loose: dict[bytes, Document] = {}
        for document in documents:
            self.add(document)

    def add(self, document: Document) -> None:
        """Know one more document."""
        self._exact[document.sha256] = document
        self._loose.setdefault(_fingerprint(document.text), document)

    def match(self, found: AnnotatedDocument) -> Match | None:
        """The stored document that this is, with the spans in its offsets; `None` if it is new."""
        if found.document.sha256 in self._exact:
            return Match(self._exact[found.document.sha256], list(found.spans))
        there = self._loose.get(_fingerprint(found.text))
        if there is None:
            return None
        spans, unplaced = _carried_over(found, there.text)
        return Match(there, spans, unplaced, exact=False)


def _seen(text: str) -> str:
    bare = "".join(text.replace(BYTE_ORDER_MARK, "").split())
    return unicodedata.normalize("NFC", bare)


def _fingerprint(text: str) -> bytes:
    return blake2b(_seen(text).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _carried_over(found: AnnotatedDocument, text: str) -> tuple[list[Span], list[str]]:
    """Spans moved by the number of characters seen before them, and what reads otherwise there."""
    theirs, extents = _counts(found.text), _extents(text)
    spans, unplaced = [], []
    for span in found.spans:
        first, last = theirs[span.start], theirs[span.end]
        start, end = (
            (extents[first][0], extents[last - 1][1]) if first < last <= len(extents) else (0, 0)
        )
        if start < end and _seen(text[start:end]) == _seen(found.text[span.start : span.end]):
            spans.append(replace(span, start=start, end=end))
        else:
            unplaced.append(show(found.text, span))
    return spans, unplaced


def _counts(text: str) -> list[int]:
    """How many characters that are seen stand before each offset, the text's end included."""
    return [0, *accumulate(_is_seen(char) for char in text)]


def _extents(text: str) -> list[tuple[int, int]]:
    """From where to where each character that is seen reaches, with the marks on it."""
    extents: list[tuple[int, int]] = []
    for offset, char in enumerate(text):
        if _is_seen(char):
            extents.append((offset, offset + 1))
        elif extents and unicodedata.combining(char) and extents[-1][1] == offset:
            extents[-1] = (extents[-1][0], offset + 1)
    return extents


def _is_seen(char: str) -> bool:
    return not (char.isspace() or char == BYTE_ORDER_MARK or unicodedata.combining(char))
