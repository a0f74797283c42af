"""The styles of text, spans and marks in the article.

How the states of a span differ. Without colours, everything here that is not a colour remains:

    suggested   in the label's colour, underlined
    doubtful    bold as well; `?` in the gutter
    accepted    a soft tint of the label's colour; without colours bold
    rejected    muted and struck through
    nested      inside another span: bold, on its own tint; a suggestion also underlined
    crossing    over another span: bold and italic where both are
    selected    bold on the lamp; the word of the cursor in it underlined
    elsewhere   selected while the focus is not in the text: bold and underlined, no lamp
    found       by a search: bold on grey; without colours reversed
    to change   in a preview: bold and italic on the tint; `+` in the gutter
    left out    of a preview: muted and italic; `−` in the gutter
    place       where a name may be: underlined in grey; `·` in the gutter, `–` in the rail
    letters     of a jump, over the first cells: the label's chip; over a word, like a match
"""

from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple, assert_never

from rich.style import Style

from annotations.model.span import Status
from tui.article.marks import MarkKind
from tui.colours.palette import Colours
from tui.terminal_output.placed import PLACED

_Shape = Literal["tinted", "underlined", "struck"]
FocusPlace = Literal["here", "elsewhere"]
"""Whether the next key acts on what is selected, or on something outside the text."""


class Over(NamedTuple):
    """A span over a place: what its style depends on."""

    label: str
    status: Status
    doubtful: bool = False


Around = tuple[Over, ...]
"""The spans over a place, the outermost first."""


@dataclass(frozen=True)
class ArticleStyles:
    """The styles of the article, each made once."""

    colours: Colours
    _made: dict[Hashable, Style] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def base(self) -> Style:
        """The style of text without a label, and of empty cells."""
        return self.colours.style("text", "page")

    def text(
        self,
        around: Around,
        *,
        crossing: bool = False,
        focus: FocusPlace | None = None,
        in_cursor: bool = False,
        mark: tuple[MarkKind, str] | None = None,
    ) -> Style:
        """The style of text under these spans; `mark` is the kind and the label of a mark on it.

        `crossing` means that two of them overlap and neither contains the other. The focus is shown
        rather than a mark, and a mark rather than the spans.
        """
        key = (around, crossing, focus, in_cursor, mark)
        if key not in self._made:
            self._made[key] = self.base + self._text(around, crossing, focus, in_cursor, mark)
        return self._made[key]

    def name(self, label: str, status: Status, *, doubtful: bool = False) -> Style:
        """The style of a label's name in the row under the text."""
        key = (label, status, doubtful)
        if key not in self._made:
            if _shape(status) == "struck":
                style = self.colours.style("muted")
            else:
                style = self.colours.ink(label, bold=doubtful)
            self._made[key] = self.base + style + PLACED
        return self._made[key]

    def _text(
        self,
        around: Around,
        crossing: bool,
        focus: FocusPlace | None,
        in_cursor: bool,
        mark: tuple[MarkKind, str] | None,
    ) -> Style:
        if focus is not None:
            return self._selected(focus, in_cursor)
        if mark is not None:
            return self._marked(*mark)
        return self._of_spans(around, crossing)

    def _selected(self, focus: FocusPlace, in_cursor: bool) -> Style:
        match focus:
            case "here":
                return self.colours.style("on_lamp", "lamp", bold=True, underline=in_cursor)
            case "elsewhere":
                return self.colours.style("mark", bold=True, underline=True)
            case unknown:
                assert_never(unknown)

    def _marked(self, kind: MarkKind, label: str) -> Style:
        match kind:
            case "place":
                return self.colours.style("muted", underline=True)
            case "letters" if label in self.colours.labels:
                return self.colours.chip(label)
            case "found" | "letters":
                return self.colours.found
            case "to change" if label in self.colours.labels:
                return self.colours.to_change(label)
            case "to change":
                return self.colours.style("bright", bold=True, italic=True)
            case "left out":
                return self.colours.style("muted", italic=True)
            case unknown:
                assert_never(unknown)

    def _of_spans(self, around: Around, crossing: bool) -> Style:
        alive = [(over, shape) for over in around if (shape := _shape(over.status)) != "struck"]
        if not alive:
            return self.colours.style("muted", strike=True) if around else Style()
        if crossing:
            return self.colours.crossing
        inner, shape = alive[-1]
        if len(alive) > 1:
            return self.colours.tinted(inner.label, bold=True, underline=shape == "underlined")
        if shape == "underlined":
            return self.colours.ink(inner.label, bold=inner.doubtful, underline=True)
        return self.colours.done(inner.label)


def _shape(status: Status) -> _Shape:
    """How a status is shown besides its colour."""
    match status:
        case "accepted":
            return "tinted"
        case "suggested":
            return "underlined"
        case "rejected":
            return "struck"
        case unknown:
            assert_never(unknown)
