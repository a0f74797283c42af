"""How the page is drawn: where its parts are, the styles of text, gutter and rail, the glyphs."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import assert_never

from rich.style import Style

from tui.article.geometry import Geometry
from tui.article.gutter import GutterLook
from tui.article.rail import RailLook
from tui.article.styles import ArticleStyles, FocusPlace
from tui.colours.glyphs import Glyphs
from tui.colours.palette import Colours
from tui.terminal_output.placed import PLACED


@dataclass(frozen=True)
class PageLook:
    """How the rows of the article are drawn; each style is made only once."""

    geometry: Geometry
    styles: ArticleStyles
    glyphs: Glyphs
    keys: Mapping[str, str]
    """The key of each label by its name; empty, or missing, if it has none."""
    rail: bool = True
    """Whether the rail is shown if there is room for it."""
    _made: dict[Hashable, Style] = field(default_factory=dict, init=False, repr=False, compare=False)

    def sign(self, look: GutterLook, focus: FocusPlace) -> Style:
        """The style of a sign in the gutter."""
        key = ("sign", look, focus)
        if key not in self._made:
            self._made[key] = self.styles.base + self._sign(look, focus)
        return self._made[key]

    def rule(self, focus: FocusPlace, *, here: bool) -> Style:
        """The style of the rule at the left of the cursor's paragraph; `here` in the row of the cursor."""
        key = ("rule", focus, here)
        if key not in self._made:
            lit = here and focus == "here"
            made = self.styles.colours.style("mark" if lit else "rule")
            self._made[key] = self.styles.base + made + PLACED
        return self._made[key]

    def in_rail(self, look: RailLook, label: str, focus: FocusPlace, *, in_paragraph: bool) -> Style:
        """The style of a piece of the rail; `in_paragraph` in the paragraph of the cursor."""
        key = ("rail", look, label, focus, in_paragraph)
        if key not in self._made:
            made = _in_rail(self.styles.colours, look, label, focus, in_paragraph)
            self._made[key] = self.styles.base + made + PLACED
        return self._made[key]

    def _sign(self, look: GutterLook, focus: FocusPlace) -> Style:
        colours = self.styles.colours
        match look:
            case "here":
                return colours.style("mark" if focus == "here" else "muted", bold=True)
            case "marked":
                return colours.style("bright", bold=True)
            case "flagged":
                return colours.style("mark")
            case "doubtful":
                return colours.style("muted", bold=True)
            case "place":
                return colours.style("muted")
            case unknown:
                assert_never(unknown)


def _in_rail(
    colours: Colours, look: RailLook, label: str, focus: FocusPlace, in_paragraph: bool
) -> Style:
    match look:
        case "selected" if focus == "here":
            return colours.lamp
        case "selected":
            return colours.style("mark", bold=True, underline=True)
        case "decided":
            return colours.ink(label) if in_paragraph else colours.style("muted")
        case "undecided":
            return colours.ink(label, underline=True)
        case "doubtful":
            return colours.ink(label, bold=True, underline=True)
        case "to change":
            return colours.to_change(label)
        case "left out":
            return colours.style("muted", italic=True)
        case "sign" | "place":
            return colours.style("muted")
        case "doubt":
            return colours.style("bright", bold=True)
        case unknown:
            assert_never(unknown)
