"""The styles of text, spans and marks in the article.

How the states of a span differ, colour aside:

    accepted   filled and bold; in the label row NAME and a line
    suggested  underlined; in the label row NAME? and a dotted line
    rejected   struck through; in the label row NAME× and nothing
    nested     inside another span: bold and underlined, a suggestion also italic
    selected   reversed and bold; the word of the cursor in it underlined
    found      by a search: reversed
    to change  in the preview of a propagation: reversed and italic; in the label row +NAME, or ×NAME
    left out   of it: italic and struck through; in the label row =
"""

from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, assert_never

from rich.style import Style

from annotations.model.span import Status
from tui.marks import MarkKind
from tui.placed import PLACED
from tui.theme import LabelColours

_Shape = Literal["filled", "underlined", "struck"]
Around = tuple[tuple[str, Status], ...]
"""Label and status of each span over a place, the outermost first."""


@dataclass(frozen=True)
class ArticleStyles:
    """The colours of the article, as Rich writes them, and the styles made of them, each made once."""

    fore: str
    back: str
    muted: str
    colours: dict[str, LabelColours]
    """The colours of each label by its name."""
    _made: dict[Hashable, Style] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def base(self) -> Style:
        """Text that nobody labelled, and what is empty."""
        return Style(color=self.fore, bgcolor=self.back)

    def text(
        self,
        around: Around,
        *,
        in_focus: bool = False,
        in_cursor: bool = False,
        mark: tuple[MarkKind, str] | None = None,
    ) -> Style:
        """The style of text under these spans; `mark` is the kind and the label of a mark on it.

        The focus is shown rather than a mark, and a mark rather than the spans.
        """
        key = (around, in_focus, in_cursor, mark)
        if key not in self._made:
            marked = mark is not None and not in_focus
            self._made[key] = (
                self._marked(*mark)
                if mark is not None and marked
                else self._of_spans(around, in_focus, in_cursor)
            )
        return self._made[key]

    def name(self, label: str, status: Status) -> Style:
        """The style of a label's name in the row under the text."""
        key = (label, status)
        if key not in self._made:
            shape = _shape(status)
            fore = self.muted if shape == "struck" else self.colours[label].fore
            style = Style(color=fore, bgcolor=self.back, bold=shape == "filled")
            self._made[key] = style + PLACED
        return self._made[key]

    def _marked(self, kind: MarkKind, label: str) -> Style:
        if kind == "left out":
            return Style(color=self.muted, bgcolor=self.back, italic=True, strike=True)
        fore = self.colours[label].fore if label in self.colours else self.fore
        return Style(color=fore, bgcolor=self.back, reverse=True, italic=kind == "to change")

    def _of_spans(self, around: Around, in_focus: bool, in_cursor: bool) -> Style:
        fore, back = self.fore, self.back
        shapes = [(label, _shape(status)) for label, status in around]
        alive = [(label, shape) for label, shape in shapes if shape != "struck"]
        filled = [label for label, shape in alive if shape == "filled"]
        if filled:
            colours = self.colours[filled[-1]]
            fore, back = colours.on_back, colours.back
        elif alive:
            fore = self.colours[alive[-1][0]].fore
        elif around:
            fore = self.muted
        underlined = bool(alive) and alive[-1][1] == "underlined"
        nested = len(alive) > 1
        if in_focus:
            fore, back = self.fore, self.back
        return Style(
            color=fore,
            bgcolor=back,
            bold=bool(filled) or nested or in_focus,
            italic=underlined and nested,
            underline=underlined or nested or (in_cursor and in_focus),
            strike=bool(around) and not alive,
            reverse=in_focus,
        )


def _shape(status: Status) -> _Shape:
    """The sign of a status that is no colour."""
    match status:
        case "accepted":
            return "filled"
        case "suggested":
            return "underlined"
        case "rejected":
            return "struck"
        case unknown:
            assert_never(unknown)
