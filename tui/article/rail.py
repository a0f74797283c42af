"""The rail at the right of a row: the label of each span that begins in it, by its key or by its name.

Pure functions: from spans, marks and the focus they make the pieces to write, in reading order.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Literal, NamedTuple, assert_never

from msgspec import Struct

from annotations.model.span import Span, SpanKey
from tui.article.marks import Mark, MarkKind
from tui.article.shown import ShownFocus
from tui.cells.cut import shown_width
from tui.colours.glyphs import Glyphs

RailLook = Literal[
    "selected", "decided", "undecided", "doubtful", "place", "to change", "left out", "sign", "doubt"
]
"""The look of a piece of the rail: a label in one of its states, a sign before it, the sign of doubt."""

INSIDE, ACROSS = "(", "~"
"""The signs before the letter of a span inside another one, and of a span across the end of another."""


class RailPiece(NamedTuple):
    """Something to write in the rail."""

    text: str
    look: RailLook
    label: str = ""


class RailEntry(Struct, frozen=True):
    """A span or a mark in the rail: `(` or `~`, the sign of a change, the label, and `?` for doubt.

    A place where a name may be has only a sign.
    """

    label: str
    look: RailLook
    before: str = ""
    change: str = ""
    doubtful: bool = False
    sign: str = ""
    """Written instead of a label's name or key, if there is no label."""

    def pieces(self, name: str) -> Iterable[RailPiece]:
        """What to write for the entry, with this name for its label."""
        if self.before:
            yield RailPiece(self.before, "sign")
        yield RailPiece(self.change + (self.sign or name), self.look, self.label)
        if self.doubtful:
            yield RailPiece("?", "doubt")


def rail_entries(
    start: int,
    end: int,
    spans: Sequence[Span],
    marks: Sequence[Mark],
    focus: ShownFocus,
    glyphs: Glyphs,
    stops: frozenset[SpanKey],
) -> list[RailEntry]:
    """The entries for what begins in a range of the text, in reading order.

    `spans` and `marks` are those that share a code point with the range; `stops` are the doubtful spans.
    Rejected spans are left out.
    """
    alive = [span for span in spans if not span.rejected]
    named = [mark for mark in marks if mark.kind in ("to change", "left out", "place")]
    marked = {mark.start: mark for mark in named if start <= mark.start < end}
    placed: list[tuple[int, RailEntry]] = []
    for span in alive:
        if start <= span.start < end:
            mark = marked.pop(span.start, None) if _marks(marked.get(span.start), span) else None
            sign, doubtful = _sign_before(span, alive), span.key in stops
            placed.append((span.start, _entry(span, mark, sign, focus, glyphs, doubtful=doubtful)))
    for mark in marked.values():
        selected = (mark.start, mark.end) == (focus.start, focus.end)
        change, look = _change(mark.kind, mark.sign, glyphs)
        sign = glyphs.no_label if mark.kind == "place" else ""
        entry = RailEntry(mark.label, "selected" if selected else look, change=change, sign=sign)
        placed.append((mark.start, entry))
    return [entry for _, entry in sorted(placed, key=lambda one: one[0])]


def rail_pieces(
    entries: Sequence[RailEntry], columns: int, keys: Mapping[str, str], glyphs: Glyphs, *, names: bool
) -> list[RailPiece]:
    """The text of a rail with some columns: names if all fit, else letters, without gaps or cut if necessary.

    `keys` are the keys of the labels, by name. Text that is cut ends in the sign for that.
    """
    if names:
        spelt = [[*entry.pieces(entry.label), RailPiece(" ", "sign")] for entry in entries]
        in_full = list(chain.from_iterable(spelt))[:-1]
        if _cells(in_full) <= columns:
            return in_full
    letters = [list(entry.pieces(keys.get(entry.label) or glyphs.keyless)) for entry in entries]
    apart = list(_apart(letters))
    if _cells(apart) <= columns:
        return apart
    closed_up = list(chain.from_iterable(letters))
    if _cells(closed_up) <= columns:
        return closed_up
    shown: list[RailPiece] = []
    for pieces in letters:
        if _cells([*shown, *pieces]) > columns - 1:
            break
        shown += pieces
    return [*shown, RailPiece(glyphs.cut, "sign")]


def _entry(
    span: Span, mark: Mark | None, before: str, focus: ShownFocus, glyphs: Glyphs, *, doubtful: bool
) -> RailEntry:
    look: RailLook = "decided" if span.decided else "doubtful" if doubtful else "undecided"
    label, change = span.label, ""
    if mark is not None:
        change, look = _change(mark.kind, mark.sign, glyphs)
        label = mark.label if mark.kind == "to change" else label
    if focus.span == span.key:
        look = "selected"
    return RailEntry(label, look, before, change, doubtful)


def _marks(mark: Mark | None, span: Span) -> bool:
    return mark is not None and mark.end == span.end


def _change(kind: MarkKind, sign: str, glyphs: Glyphs) -> tuple[str, RailLook]:
    match kind:
        case "to change":
            return sign[:1], "to change"
        case "left out":
            return glyphs.left_out, "left out"
        case "found" | "letters":
            return "", "undecided"
        case "place":
            return "", "place"
        case unknown:
            assert_never(unknown)


def _sign_before(span: Span, alive: Sequence[Span]) -> str:
    """The sign of a span that is inside another one or across the end of one."""
    others = [other for other in alive if other is not span]
    size = span.end - span.start
    if any(o.contains(span.start, span.end) and o.end - o.start > size for o in others):
        return INSIDE
    return ACROSS if any(o.start < span.start < o.end < span.end for o in others) else ""


def _apart(entries: Sequence[Sequence[RailPiece]]) -> Iterator[RailPiece]:
    """Put a blank between two letters, except before the letter of a span inside another."""
    for number, entry in enumerate(entries):
        if number and entry[0].text != INSIDE:
            yield RailPiece(" ", "sign")
        yield from entry


def _cells(pieces: Iterable[RailPiece]) -> int:
    return sum(shown_width(piece.text) for piece in pieces)
