"""The spans and contents that the tests of the article draw rows from."""

from typing import NamedTuple

from textual.strip import Strip

from annotations.model.span import Span, SpanKey, Status
from tests.tui.own_colours import own_colours
from tui.article.drawing import RowContent
from tui.article.marks import Mark
from tui.article.styles import ArticleStyles

STYLES = ArticleStyles(own_colours())
TEXT = "Port of Sines, Portugal"


class Stretch(NamedTuple):
    start: int
    end: int
    span: SpanKey | None = None
    hidden: bool = False


def span(words: str, label: str = "GPE", status: Status = "accepted", text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words), label, status)


def content(
    *spans: Span,
    marks: tuple[Mark, ...] = (),
    focus: tuple[int, int] = (0, 0),
    cursor: tuple[int, int] = (0, 0),
) -> RowContent:
    return RowContent(Stretch(*focus), cursor, spans, marks)


def pieces(strip: Strip) -> list[tuple[str, str]]:
    """The pieces of a strip that have text, each with the attributes of its style: bold, italic and so on."""
    signs = ("bold", "italic", "underline", "strike", "reverse")
    return [
        (piece.text, " ".join(sign for sign in signs if piece.style and getattr(piece.style, sign)))
        for piece in strip
        if piece.text
    ]
