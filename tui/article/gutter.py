"""The gutter at the left of a row: one sign, and the rule of the cursor's paragraph."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from annotations.model.span import Span, SpanKey
from tui.article.marks import Mark, MarkKind
from tui.colours.glyphs import Glyphs

GutterLook = Literal["here", "marked", "flagged", "doubtful", "place"]
"""The look of a sign."""


class GutterSign(NamedTuple):
    """The sign of a row."""

    text: str
    look: GutterLook


def gutter_sign(
    start: int,
    end: int,
    spans: Sequence[Span],
    marks: Sequence[Mark],
    glyphs: Glyphs,
    stops: frozenset[SpanKey],
    *,
    here: bool,
) -> GutterSign | None:
    """The first sign that applies to the row with this range of the text; `here` for the row of the cursor.

    `spans` and `marks` are those that share a code point with the row; `stops` are the doubtful spans.
    """
    if here:
        return GutterSign(glyphs.here, "here")
    kinds = {mark.kind for mark in marks}
    of_marks: tuple[tuple[MarkKind, str], ...] = (
        ("to change", "+"),
        ("left out", glyphs.left_out),
        ("found", "/"),
    )
    for kind, sign in of_marks:
        if kind in kinds:
            return GutterSign(sign, "marked")
    beginning = [span for span in spans if start <= span.start < end]
    if any(span.flagged or span.comment for span in beginning):
        return GutterSign(glyphs.flag, "flagged")
    if any(span.key in stops for span in beginning):
        return GutterSign("?", "doubtful")
    if any(mark.kind == "place" and start <= mark.start < end for mark in marks):
        return GutterSign(glyphs.place, "place")
    return None
