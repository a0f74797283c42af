"""Words for the formats that have words: spaCy's tokens, and the tokens that each span covers.

A token is a range of code points. All formats with tokens use the tokenizer of a blank pipeline, which
needs no model. Everything in a text belongs to spaCy's tokens except single spaces between them.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from annotations.dates.document_language import ENGLISH
from annotations.formats.annotated_document import AnnotatedDocument
from annotations.formats.format import Options
from annotations.formats.loss import Loss, span_loss
from annotations.model.errors import AnnotateError
from annotations.model.span import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

BLANK_EDGE = "begins or ends on white space"
INSIDE_TOKEN = "begins or ends inside a token"
OVERLAP = "overlaps a longer span"
MOST_LEXEMES = 50_000
"""How many different words a pipeline may know before a new one replaces it; it never forgets any."""

LANGUAGES_KEPT = 8
"""For how many languages a tokenizer is kept in memory."""


class TextToken(NamedTuple):
    """A range of code points that is one token."""

    start: int
    end: int


class OnTokens(NamedTuple):
    """A span and the tokens it covers: `first` to `last`, both included."""

    span: Span
    first: int
    last: int


def language_of(document: AnnotatedDocument, options: Options) -> str:
    """The language whose rules divide a document into words: the requested one, otherwise its own."""
    return options.language or document.language or ENGLISH


@lru_cache(maxsize=LANGUAGES_KEPT)
def blank(language: str) -> "Language":
    """The blank pipeline of a language. Raises `AnnotateError` if spaCy has none."""
    import spacy

    try:
        return spacy.blank(language)
    except Exception as error:
        reason = str(error).splitlines()[0]
        raise AnnotateError(f"spaCy has no tokenizer for the language {language!r}: {reason}") from None


@lru_cache(maxsize=2)
def tokenized(text: str, language: str) -> "Doc":
    """The text as spaCy's tokens, kept for the next caller with the same text. Do not change it."""
    if len(blank(language).vocab) > MOST_LEXEMES:
        blank.cache_clear()
    doc = blank(language).tokenizer(text)
    if doc.text != text:
        raise AnnotateError(
            f"The tokenizer for {language!r} changes the text; choose another with --language."
        )
    return doc


@lru_cache(maxsize=2)
def tokens(text: str, language: str) -> tuple[TextToken, ...]:
    """The ranges of spaCy's tokens, including tokens of white space only."""
    places = tokenized(text, language).to_array(["IDX", "LENGTH"]).tolist()
    return tuple(TextToken(start, start + length) for start, length in places)


def word_tokens(text: str, language: str) -> tuple[TextToken, ...]:
    """The ranges of spaCy's tokens that are not white space."""
    return tuple(t for t in tokens(text, language) if not text[t.start : t.end].isspace())


def place(
    text: str, spans: Sequence[Span], on: Sequence[TextToken]
) -> tuple[list[OnTokens], list[Loss]]:
    """Find the tokens of each span that begins and ends where tokens do, and the losses of the others."""
    firsts = {token.start: number for number, token in enumerate(on)}
    lasts = {token.end: number for number, token in enumerate(on)}
    placed, losses = [], []
    for span in spans:
        if text[span.start].isspace() or text[span.end - 1].isspace():
            losses.append(span_loss(text, span, BLANK_EDGE))
        elif span.start not in firsts or span.end not in lasts:
            losses.append(span_loss(text, span, INSIDE_TOKEN))
        else:
            placed.append(OnTokens(span, firsts[span.start], lasts[span.end]))
    return placed, losses


def without_overlaps(spans: Sequence[Span]) -> tuple[list[Span], list[Span]]:
    """The spans that are kept if no two may overlap, and the other spans.

    Of two that overlap, the longer one is kept; of two equally long ones the first; and of two with the same
    extent the one whose label comes first in the alphabet. spaCy's `filter_spans` does the same.
    """
    covered: set[int] = set()
    stay, go = [], []
    for span in sorted(spans, key=lambda s: (s.start - s.end, s.start, s.label)):
        if span.start in covered or span.end - 1 in covered:
            go.append(span)
        else:
            stay.append(span)
            covered.update(range(span.start, span.end))
    return sorted(stay, key=lambda s: s.start), go
