"""The colours of a theme on a terminal, and the styles made from them.

Widgets ask for styles by the names of what is drawn (`style("muted", "bar")`, `chip("PERSON")`), and
never see a colour. Only this module decides how a name looks with 16 colours or none.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from msgspec import Struct
from rich.style import Style

from tui.colours.arithmetic import READABLE, readable
from tui.colours.depth import Depth

ChromeName = Literal[
    "page",
    "bar",
    "raised",
    "rule",
    "found",
    "muted",
    "text",
    "bright",
    "lamp",
    "on_lamp",
    "mark",
    "bad",
    "good",
]
DEFAULT = "default"
"""The terminal's own colour, whatever that is."""


class Chrome(Struct, frozen=True):
    """The colours of everything but labels: `#rrggbb`, or `default` for the terminal's own."""

    page: str
    """Background of the article."""
    bar: str
    """Background of the lines around it."""
    raised: str
    """Background of the current row of a list."""
    rule: str
    """Thin lines, and the remaining part of a bar."""
    found: str
    """Background of what a search found."""
    muted: str
    """What is less important: sources, units, what is done or rejected."""
    text: str
    bright: str
    """What is current or needs a decision."""
    lamp: str
    """Background of the place where the next key acts."""
    on_lamp: str
    mark: str
    """Signs and edges of what has the focus."""
    bad: str
    good: str


class LabelColours(Struct, frozen=True):
    """The colours of a label: `#rrggbb`."""

    ink: str
    """Text of what needs a decision, on the page and in the lines around it."""
    tint: str
    """Background of what is accepted."""
    done_text: str
    """The text of what is accepted, on its tint."""
    chip: str
    """Background of the label's name or key where it stands out."""
    on_chip: str


@dataclass(frozen=True)
class Colours:
    """The colours to draw with, and the styles by name, each made once."""

    depth: Depth
    chrome: Chrome
    labels: Mapping[str, LabelColours]
    """The colours of each label by its name."""
    strikes: bool = True
    """Whether the terminal can strike text through; if it cannot, such text is dim."""
    _made: dict[Hashable, Style] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __hash__(self) -> int:
        return id(self)

    def style(
        self,
        fore: ChromeName | None = None,
        on: ChromeName | None = None,
        *,
        bold: bool = False,
        italic: bool = False,
        underline: bool = False,
        strike: bool = False,
        reverse: bool = False,
    ) -> Style:
        """The style of text. Without `fore` or `on`, that colour is the one of what the text is drawn on."""
        key = (fore, on, bold, italic, underline, strike, reverse)
        made = self._made.get(key)
        if made is None:
            attributes = _Attributes(bold, False, italic, underline, strike, reverse)
            made = self._made[key] = self._chrome_style(fore, on, attributes)
        return made

    @property
    def lamp(self) -> Style:
        """The one place where the next key acts."""
        return self.style("on_lamp", "lamp", bold=True)

    def chip(self, label: str) -> Style:
        """The label's name or key where it stands out."""
        key = ("chip", label)
        made = self._made.get(key)
        if made is None:
            colours = self.labels[label]
            attributes = _Attributes(bold=True, reverse=self.depth in ("16", "none"))
            if self.depth == "16":
                made = self._styled(colours.ink, self.chrome.bar, attributes)
            else:
                made = self._styled(colours.on_chip, colours.chip, attributes)
            self._made[key] = made
        return made

    def ink(
        self,
        label: str,
        on: ChromeName | None = None,
        *,
        bold: bool = False,
        italic: bool = False,
        underline: bool = False,
    ) -> Style:
        """Text in the colour of a label: its key, its letter in the rail, a suggestion."""
        key = ("ink", label, on, bold, italic, underline)
        made = self._made.get(key)
        if made is None:
            attributes = _Attributes(bold, italic=italic, underline=underline)
            ground = getattr(self.chrome, on) if on else None
            made = self._made[key] = self._styled(self.labels[label].ink, ground, attributes)
        return made

    def done(self, label: str) -> Style:
        """What is accepted: less striking than what needs a decision."""
        key = ("done", label)
        made = self._made.get(key)
        if made is None:
            colours = self.labels[label]
            if self.depth == "true":
                made = self._styled(colours.done_text, colours.tint, _Attributes())
            elif self.depth == "256":
                made = self._styled(colours.ink, self.chrome.raised, _Attributes())
            elif self.depth == "16":
                made = self._styled(colours.ink, self.chrome.page, _Attributes())
            else:
                made = Style(bold=True)
            self._made[key] = made
        return made

    def tinted(
        self, label: str, *, bold: bool = False, italic: bool = False, underline: bool = False
    ) -> Style:
        """Text in the colour of a label on its own tint, or on a replacement if there is no tint."""
        if self.depth != "true":
            return self.ink(
                label,
                "raised" if self.depth == "256" else None,
                bold=bold,
                italic=italic,
                underline=underline,
            )
        key = ("tinted", label, bold, italic, underline)
        made = self._made.get(key)
        if made is None:
            colours = self.labels[label]
            made = self._styled(
                colours.ink, colours.tint, _Attributes(bold, italic=italic, underline=underline)
            )
            self._made[key] = made
        return made

    def to_change(self, label: str) -> Style:
        """Text that a preview would change to this label."""
        key = ("to change", label)
        made = self._made.get(key)
        if made is None:
            if self.depth == "true":
                made = self.tinted(label, bold=True, italic=True)
            elif self.depth == "256":
                ink = readable(self.labels[label].ink, (self.chrome.found,), READABLE)
                made = self._styled(ink, self.chrome.found, _Attributes(bold=True, italic=True))
            else:
                made = self.ink(label, bold=True, italic=True, underline=True)
            self._made[key] = made
        return made

    @property
    def found(self) -> Style:
        """What a search found."""
        return self.style("bright", "found", bold=self.depth != "none")

    @property
    def crossing(self) -> Style:
        """Where two spans overlap and neither contains the other."""
        on: ChromeName | None = "found" if self.depth in ("true", "256") else None
        return self.style("bright", on, bold=True, italic=True)

    def _chrome_style(
        self, fore: ChromeName | None, on: ChromeName | None, attributes: "_Attributes"
    ) -> Style:
        if self.depth == "none":
            return self._without_colour(fore, on, attributes)
        text = getattr(self.chrome, fore) if fore else None
        ground = getattr(self.chrome, on) if on else None
        if self.depth == "16":
            if on == "found":
                # White on grey has too little contrast in the sixteen colours of many terminals.
                text, ground = self.chrome.on_lamp, self.chrome.text
            if fore == "muted" and on != "found":
                attributes = attributes.and_dim()
        return self._styled(text, ground, attributes)

    def _without_colour(
        self, fore: ChromeName | None, on: ChromeName | None, attributes: "_Attributes"
    ) -> Style:
        if on == "lamp":
            attributes = attributes.reversed(bold=True)
        elif on in ("found", "bad", "good", "mark"):
            attributes = attributes.reversed()
        elif fore in ("muted", "rule") and not attributes.reverse:
            attributes = attributes.and_dim()
        return self._styled(None, None, attributes)

    def _styled(self, text: str | None, ground: str | None, attributes: "_Attributes") -> Style:
        if self.depth == "none":
            text = ground = None
        struck = attributes.strike
        return Style(
            color=text,
            bgcolor=ground,
            bold=attributes.bold or None,
            dim=attributes.dim or (struck and not self.strikes) or None,
            italic=attributes.italic or None,
            underline=attributes.underline or None,
            strike=struck or None,
            reverse=attributes.reverse or None,
        )


class _Attributes(Struct, frozen=True):
    bold: bool = False
    dim: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    reverse: bool = False

    def and_dim(self) -> "_Attributes":
        """The same, but dim unless bold: a text is not both."""
        return _Attributes(
            self.bold, not self.bold, self.italic, self.underline, self.strike, self.reverse
        )

    def reversed(self, bold: bool = False) -> "_Attributes":
        """The same, reversed."""
        return _Attributes(
            self.bold or bold, self.dim, self.italic, self.underline, self.strike, reverse=True
        )
