"""Cutting documents into smaller ones, and dividing them among training, development and test."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from annotations.errors import AnnotateError
from annotations.formats.annotated_document import AnnotatedDocument, annotated
from annotations.formats.tokens import Token
from annotations.span import replace
from annotations.words import next_sentence

Unit = Literal["document", "paragraph", "sentence"]

_PARAGRAPH_END = re.compile(r"(?:\r\n|\r|\n)(?:[ \t]*(?:\r\n|\r|\n))+")


def divide(document: AnnotatedDocument, unit: Unit) -> Iterator[AnnotatedDocument]:
    """Cut a document into its sentences or paragraphs, none of them empty or blank.

    No span is ever cut: a boundary inside a span is none. Nothing but white space is left out.
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
        yield annotated(
            text[start:end],
            inside,
            path=document.document.path,
            name=document.document.given_name,
            annotator=document.row.annotator,
            created=document.created,
            facts=document.row.facts,
        )


def sentence_starts(document: AnnotatedDocument) -> list[int]:
    """Where sentences begin, 0 included, leaving out what lies inside a span."""
    return _starts(document, "sentence")


def by_sentence(document: AnnotatedDocument, words: Iterable[Token]) -> Iterator[list[Token]]:
    """The words of each sentence that has any."""
    sentence: list[Token] = []
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

    Raises `AnnotateError` for what is not names with positive numbers.
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


def split(documents: list[str], shares: Mapping[str, float], seed: int) -> dict[str, str]:
    """Which share each document, by its SHA-256, goes to.

    The order is drawn from the seed and the documents alone, not from the order they came in; the
    annotations of one document by several annotators thus stay together. Every share with room for it
    gets at least one document.
    """
    order = sorted(
        set(documents), key=lambda document: hashlib.sha256(f"{seed} {document}".encode()).digest()
    )
    names = list(shares)
    places: dict[str, str] = {}
    passed, start = 0.0, 0
    for number, name in enumerate(names):
        passed += shares[name]
        still_to_come = len(names) - number - 1
        end = round(passed * len(order))
        end = min(max(end, start + 1), max(len(order) - still_to_come, start))
        end = len(order) if not still_to_come else end
        places.update(dict.fromkeys(order[start:end], name))
        start = end
    return places


def _pieces(document: AnnotatedDocument, unit: Unit) -> Iterator[tuple[int, int]]:
    starts = _starts(document, unit)
    return zip(starts, [*starts[1:], len(document.text)], strict=True)


def _starts(document: AnnotatedDocument, unit: Unit) -> list[int]:
    text = document.text
    inside: set[int] = set()
    for span in document.spans:
        inside.update(range(span.start + 1, span.end))
    starts, offset = [0], 0
    while (offset := _next(text, offset, unit)) < len(text):
        if offset not in inside:
            starts.append(offset)
    return starts


def _next(text: str, offset: int, unit: Unit) -> int:
    if unit == "sentence":
        return next_sentence(text, offset)
    match = _PARAGRAPH_END.search(text, offset)
    return match.end() if match else len(text)
