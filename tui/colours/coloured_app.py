"""The part of the program that knows the terminal's colours and glyphs, and the theme."""

import os
import sys
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Any

from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.color import Color
from textual.filter import LineFilter
from textual.theme import Theme

from annotations.model.label_scheme import LabelScheme
from annotations.project.settings import GlyphSet
from tui.colours.computed import chrome_of, colours_of
from tui.colours.depth import Depth, depth_of, is_linux_console
from tui.colours.glyphs import Glyphs, glyphs_of
from tui.colours.palette import Colours
from tui.colours.themes import DEFAULT_THEME, OWN_THEMES, textual_theme


class WithoutColours(LineFilter):
    """Keeps the attributes of text and removes all colours, even the sequence for the terminal's default."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments without colours."""
        return [
            Segment(text, style and _without_colours(style), control)
            for text, style, control in segments
        ]


@lru_cache(maxsize=4096)
def _without_colours(style: Style) -> Style:
    without = style.without_color
    # The meta data say which text keeps its column, and what a click on it does.
    return without + Style.from_meta(style.meta) if style.meta else without


class ColouredApp(App[None], inherit_bindings=False):
    """An app with our themes; its widgets get their styles and glyphs from it."""

    def __init__(self, scheme: LabelScheme, theme: str = "", glyphs: GlyphSet = "") -> None:
        """`theme` is a name; empty for the default."""
        self._offered: tuple[int, dict[str, Theme]] | None = None
        self._textual_themes: dict[str, Theme] = {}
        self._colours: dict[tuple[str, LabelScheme], Colours] = {}
        self._scheme = scheme
        # Set before `super().__init__`, which reads it; if it were set later, all styles would be
        # computed twice.
        self.set_reactive(App.theme, theme or DEFAULT_THEME)
        super().__init__()
        self.glyphs: Glyphs = glyphs_of(glyphs, _encoding(), os.environ)
        """The signs to draw with."""

    @cached_property
    def depth(self) -> Depth:
        """How many colours the terminal has."""
        return depth_of(self.console.color_system, os.environ)

    @property
    def colours(self) -> Colours:
        """The colours of the theme and of the project's labels."""
        return self.colours_for(self._scheme)

    def colours_for(self, scheme: LabelScheme) -> Colours:
        """The colours of the theme and of the labels of a scheme; the same object until one of them changes."""
        key = (self.theme, scheme)
        if key not in self._colours:
            linux_console = is_linux_console(os.environ)
            theme = self.available_themes[self.theme]
            self._colours[key] = colours_of(scheme, theme, self.depth, linux_console)
        return self._colours[key]

    @property
    def available_themes(self) -> dict[str, Theme]:
        """The themes to choose from: ours first, then Textual's.

        Textual asks dozens of times for each key, so the answer is kept until a theme is added.
        """
        registered = len(self._registered_themes)
        if self._offered is None or self._offered[0] != registered:
            ours = {
                name: Theme(name=name, primary=own.chrome.mark, dark=own.dark)
                for name, own in OWN_THEMES.items()
            }
            self._offered = (registered, ours | dict(sorted(super().available_themes.items())))
        return self._offered[1]

    def get_theme(self, theme_name: str) -> Theme | None:
        """The theme by that name, in the colours that the terminal can show."""
        theme = self.available_themes.get(theme_name)
        if theme is None or theme.ansi or not hasattr(self, "console"):
            # Textual asks before it knows what the terminal can show.
            return theme
        if theme_name not in self._textual_themes:
            depth = "true" if self.depth == "none" else self.depth
            self._textual_themes[theme_name] = textual_theme(theme, chrome_of(theme, depth))
        return self._textual_themes[theme_name]

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What is drawn goes to the terminal as it is, or without its colours."""
        return _WITHOUT_COLOURS if self.depth == "none" else ()


_WITHOUT_COLOURS = (WithoutColours(),)


def coloured(app: App[Any]) -> ColouredApp:
    """The app of a widget or a screen, which knows the colours and the glyphs."""
    assert isinstance(app, ColouredApp)
    return app


def _encoding() -> str:
    return getattr(sys.__stderr__, "encoding", None) or "utf-8"
