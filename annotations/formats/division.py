"""Cutting documents into smaller ones, and dividing them into training, development and test data."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from annotations.formats.annotated_document import AnnotatedDocument, annotated
from annotations.formats.tokens import TextToken
from annotations.model.errors import AnnotateError
from annotations.model.span import replace
from annotations.text.segmentation import PARAGRAPH_END, next_sentence

DivisionUnit = Literal["document", "paragraph", "sentence"]

SEEDS = 1000
"""How many seeds are tried to find one with which no part is empty."""


def divide(document: AnnotatedDocument, unit: DivisionUnit) -> Iterator[AnnotatedDocument]:
    """Cut a document into its sentences or paragraphs, none of them empty or blank.

    No span is ever cut: a boundary inside a span is ignored. Only white space is left out.
    """
    if unit == "document":
        yield document
        return
    text = document.text
    for start, end in _pieces(document, unit):
        if not text[start:end].strip():
            continue
        inside = [
            replace(span, start=span.start - start, end=span.end - start)
            for span in document.spans
            if start <= span.start and span.end <= end
        ]
        piece = annotated(
            text[start:end],
            inside,
            path=document.document.path,
            name=document.document.given_name,
            annotator=document.row.annotator,
            created=document.created,
            facts=document.row.facts,
        )
        yield piece.in_language(document.language)


def sentence_starts(document: AnnotatedDocument) -> list[int]:
    """Where sentences begin, 0 included; sentence starts inside a span are left out."""
    return _starts(document, "sentence")


def by_sentence(document: AnnotatedDocument, words: Iterable[TextToken]) -> Iterator[list[TextToken]]:
    """The words of each sentence; sentences without words are left out."""
    sentence: list[TextToken] = []
    following = iter([*sentence_starts(document)[1:], len(document.text) + 1])
    limit = next(following)
    for word in words:
        while word.start >= limit:
            if sentence:
                yield sentence
            sentence, limit = [], next(following)
        sentence.append(word)
    if sentence:
        yield sentence


def parse_shares(text: str) -> dict[str, float]:
    """The shares in a text such as `train=0.8,dev=0.2`, scaled to a sum of one.

    Raises `AnnotateError` for anything other than names with positive numbers.
    """
    shares: dict[str, float] = {}
    for part in text.split(","):
        name, _, number = part.strip().partition("=")
        try:
            share = float(number)
        except ValueError:
            share = 0.0
        if not name.isidentifier() or name in shares or not 0 < share < float("inf"):
            raise AnnotateError(f"--split {text!r} cannot be read; write it as train=0.8,dev=0.2.")
        shares[name] = share
    total = sum(shares.values())
    return {name: share / total for name, share in shares.items()}


@dataclass(frozen=True)
class Split:
    """Divides documents into parts by their texts.

    The part of a text depends only on the text, the seed and the shares: one text is never in two
    parts, and stays in its part when others are added or removed. The shares are expected values; the
    result may differ.
    """

    shares: Mapping[str, float]
    """The share of each part; the shares add up to 1."""
    seed: int = 0

    def part(self, sha256: str) -> str:
        """The part of the text with this SHA-256."""
        digest = hashlib.sha256(f"{self.seed} {sha256}".encode()).digest()
        place, passed = int.from_bytes(digest[:8], "big") / 2**64, 0.0
        for name, share in self.shares.items():
            passed += share
            if place < passed:
                return name
        return [*self.shares][-1]

    def filling_seed(self, texts: Collection[str]) -> int | None:
        """The first seed from 0 to 999 with which every part gets a text; `None` if there is none."""
        wanted = len(self.shares)
        seeds = range(SEEDS if len(texts) >= wanted else 0)
        splits = (Split(self.shares, seed) for seed in seeds)
        return next((split.seed for split in splits if len(set(map(split.part, texts))) == wanted), None)


def _pieces(document: AnnotatedDocument, unit: DivisionUnit) -> Iterator[tuple[int, int]]:
    starts = _starts(document, unit)
    return zip(starts, [*starts[1:], len(document.text)], strict=True)


def _starts(document: AnnotatedDocument, unit: DivisionUnit) -> list[int]:
    text = document.text
    inside: set[int] = set()
    for span in document.spans:
        inside.update(range(span.start + 1, span.end))
    starts, offset = [0], 0
    while (offset := _next(text, offset, unit, document.language)) < len(text):
        if offset not in inside:
            starts.append(offset)
    return starts


def _next(text: str, offset: int, unit: DivisionUnit, language: str) -> int:
    if unit == "sentence":
        return next_sentence(text, offset, language)
    match = PARAGRAPH_END.search(text, offset)
    return match.end() if match else len(text)
