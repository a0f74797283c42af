"""Finding, on request, the stored document with almost the same text as a document in a file."""

import heapq
import unicodedata
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import accumulate

from annotations.formats.annotated_document import AnnotatedDocument
from annotations.formats.loss import show
from annotations.model.document import Document
from annotations.model.span import Span, replace
from annotations.text.reanchor import reanchor

BYTE_ORDER_MARK = "\ufeff"
SKETCH = 32
"""How many word triples represent a text."""


@dataclass(frozen=True)
class Match:
    """The stored document that matches one of a file, with the spans moved to it, and those without a place."""

    document: Document
    spans: list[Span]
    unplaced: list[str] = field(default_factory=list)
    """Descriptions, for a person, of the spans that could not be placed."""


class Matcher:
    """Finds the documents of a store whose texts differ only a little from a given text.

    Texts match if they differ only in byte order marks, white space or Unicode form. Texts also match if at
    least half of a sample of their word triples is the same (Broder's bottom sketch): for example an article
    in which a few words were changed. Spans are then placed by aligning the two texts.
    """

    def __init__(self, documents: Iterable[Document]) -> None:
        self._known: dict[str, Document] = {}
        self._loose: dict[bytes, Document] = {}
        self._sketched: defaultdict[int, list[str]] = defaultdict(list)
        for document in documents:
            self.add(document)

    def add(self, document: Document) -> None:
        """Add a document to those that can be found."""
        if document.sha256 not in self._known:
            for triple in _sketch(document.text):
                self._sketched[triple].append(document.sha256)
        self._known.setdefault(document.sha256, document)
        self._loose.setdefault(_fingerprint(document.text), document)

    def match(self, found: AnnotatedDocument) -> Match | None:
        """The stored document with almost this text, and the spans at its offsets; `None` if there is none."""
        there = self._loose.get(_fingerprint(found.text))
        if there is not None:
            return Match(there, *_carried_over(found, there.text))
        there = self._alike(found.text)
        if there is None:
            return None
        moved = reanchor(found.spans, found.text, there.text)
        spans = [now for _, now in moved.placed]
        return Match(there, spans, [show(found.text, span) for span in moved.lost])

    def _alike(self, text: str) -> Document | None:
        sketch = _sketch(text)
        if len(sketch) < SKETCH:
            return None
        shared = Counter(sha256 for triple in sketch for sha256 in self._sketched.get(triple, ()))
        for sha256, _ in shared.most_common(1):
            theirs = _sketch(self._known[sha256].text)
            smallest = sorted(sketch | theirs)[:SKETCH]
            if sum(triple in sketch and triple in theirs for triple in smallest) * 2 >= SKETCH:
                return self._known[sha256]
        return None


def _sketch(text: str) -> set[int]:
    """The smallest hashes of the word triples of a text; almost equal texts have most of them in common."""
    words = _seen_words(text)
    triples = {" ".join(words[n : n + 3]) for n in range(len(words) - 2)}
    return set(heapq.nsmallest(SKETCH, {zlib.crc32(triple.encode("utf-8")) for triple in triples}))


def _seen_words(text: str) -> list[str]:
    return unicodedata.normalize("NFC", text.replace(BYTE_ORDER_MARK, "")).split()


def _seen(text: str) -> str:
    return "".join(_seen_words(text))


def _fingerprint(text: str) -> bytes:
    return blake2b(_seen(text).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _carried_over(found: AnnotatedDocument, text: str) -> tuple[list[Span], list[str]]:
    """The spans moved to `text` by counting visible characters, and those whose words differ there."""
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
    """The number of visible characters before each offset, including the offset at the end of the text."""
    return [0, *accumulate(_is_seen(char) for char in text)]


def _extents(text: str) -> list[tuple[int, int]]:
    """The start and end of each visible character, with the combining marks after it."""
    extents: list[tuple[int, int]] = []
    for offset, char in enumerate(text):
        if _is_seen(char):
            extents.append((offset, offset + 1))
        elif extents and unicodedata.combining(char) and extents[-1][1] == offset:
            extents[-1] = (extents[-1][0], offset + 1)
    return extents


def _is_seen(char: str) -> bool:
    return not (char.isspace() or char == BYTE_ORDER_MARK or unicodedata.combining(char))
