"""The colours of any theme at any depth: our themes have tables, other themes get computed colours."""

from collections.abc import Mapping
from functools import lru_cache

from msgspec.structs import replace
from textual.color import Color
from textual.theme import Theme

from annotations.model.label_scheme import Label, LabelScheme
from tui.colours.arithmetic import (
    BLACK,
    READABLE,
    WHITE,
    contrast,
    few,
    from_oklch,
    greyish,
    lightness_and_hue,
    mix,
    readable,
)
from tui.colours.depth import Depth
from tui.colours.palette import DEFAULT, Chrome, Colours, LabelColours
from tui.colours.themes import DEFAULT_THEME, OWN_THEMES, ROWS, SIXTEEN, OwnTheme

VGA = (
    *("#000000", "#aa0000", "#00aa00", "#aa5500", "#0000aa", "#aa00aa", "#00aaaa", "#aaaaaa"),
    *("#555555", "#ff5555", "#55ff55", "#ffff55", "#5555ff", "#ff55ff", "#55ffff", "#ffffff"),
)
"""The sixteen colours that Rich assumes for a terminal of sixteen colours: each represents its number."""
_SIXTEEN_ON_WHITE = (4, 1, 5)
"""The numbers of those that can be read on a terminal's own white background."""
_BROWN, _YELLOW = VGA[3], VGA[11]
_OTHER_GREY = 0.12
"""How far `raised` is from `page` in other themes; `bar` is half as far, `found` at most twice."""


def colours_of(scheme: LabelScheme, theme: Theme, depth: Depth, linux_console: bool = False) -> Colours:
    """The colours of a theme and of every label of a scheme, as this terminal can show them."""
    chrome = chrome_of(theme, depth, linux_console)
    labels = {
        label.name: _label_colours(label.colour, _row(scheme, label, place), theme, depth, linux_console)
        for place, label in enumerate(scheme)
    }
    return Colours(depth, chrome, labels, strikes=not linux_console)


def _row(scheme: LabelScheme, label: Label, place: int) -> int:
    """Which row of a theme's colours a label gets."""
    return place if scheme.own or label.name not in ROWS else ROWS.index(label.name)


def chrome_of(theme: Theme, depth: Depth, linux_console: bool = False) -> Chrome:
    """The colours of a theme for everything but labels."""
    if depth == "none":
        return Chrome(*(DEFAULT,) * 13)
    if depth == "16":
        return _sixteen(theme, linux_console)
    if theme.name in OWN_THEMES:
        return OWN_THEMES[theme.name].chrome
    if theme.ansi:
        # The terminal's own page, whatever that is.
        chrome = _like(theme.dark).chrome
        return replace(chrome, page=DEFAULT, bar=DEFAULT, raised=DEFAULT, text=DEFAULT)
    variables = theme.to_color_system().generate()
    return _computed_chrome(theme.dark, _opaque(theme, variables), depth)


def _sixteen(theme: Theme, linux_console: bool) -> Chrome:
    on_white = theme.ansi and not theme.dark
    rule = VGA[7] if linux_console and not on_white else VGA[8]
    chrome = Chrome(
        page=VGA[0],
        bar=VGA[0],
        raised=VGA[0],
        rule=rule,
        found=VGA[7],
        muted=VGA[7],
        text=VGA[7],
        bright=VGA[15],
        lamp=VGA[11],
        on_lamp=VGA[0],
        mark=VGA[11],
        bad=VGA[9],
        good=VGA[10],
    )
    if not theme.ansi:
        return chrome
    chrome = replace(chrome, page=DEFAULT, bar=DEFAULT, raised=DEFAULT, text=DEFAULT, muted=DEFAULT)
    if theme.dark:
        return chrome
    lamp = {"lamp": VGA[4], "on_lamp": VGA[15], "mark": VGA[4]}
    return replace(chrome, bright=DEFAULT, bad=VGA[1], good=DEFAULT, **lamp)


def _opaque(theme: Theme, variables: Mapping[str, str]) -> tuple[str, ...]:
    """Page, text and possible lamp colours of a theme, then its error and success."""
    names = ("background", "foreground", "accent", "warning", "primary", "secondary", "error", "success")
    return tuple(Color.parse(variables[name]).hex6.lower() for name in names)


@lru_cache(maxsize=64)
def _computed_chrome(dark: bool, of_theme: tuple[str, ...], depth: Depth) -> Chrome:
    page, text, *lamps, error, success = of_theme
    away = WHITE if dark else BLACK
    if depth == "256":
        page = greyish(page)

    def ground(share: float) -> str:
        mixed = mix(page, away, share)
        return greyish(mixed) if depth == "256" else mixed

    bar, raised = ground(_OTHER_GREY / 2), ground(_OTHER_GREY)
    shares = (_OTHER_GREY * step / 10 for step in range(20, 0, -1))
    found = next((g for g in map(ground, shares) if _least(away, g) >= READABLE), page)
    grounds = (page, bar, raised)
    text = readable(text, grounds, READABLE)
    lamp = next((one for one in lamps if _least(one, page) >= READABLE), text)
    on_lamp = max((BLACK, WHITE), key=lambda one: _least(one, lamp))
    lamp = readable(lamp, (on_lamp,), READABLE)
    return Chrome(
        page=page,
        bar=bar,
        raised=raised,
        rule=ground(2 * _OTHER_GREY),
        found=found,
        muted=readable(mix(text, page, 0.42), grounds, READABLE),
        text=text,
        bright=readable(away, (*grounds, found), READABLE),
        lamp=lamp,
        on_lamp=on_lamp,
        mark=readable(lamp, grounds, READABLE),
        bad=readable(error, grounds, READABLE),
        good=readable(success, grounds, READABLE),
    )


def _least(text: str, ground: str) -> float:
    return min(contrast(text, ground), contrast(few(text), few(ground)))


def _like(dark: bool) -> OwnTheme:
    """The theme of ours whose label colours another theme gets."""
    return OWN_THEMES[DEFAULT_THEME if dark else "annotate-light"]


def _label_colours(
    own: str, place: int, theme: Theme, depth: Depth, linux_console: bool
) -> LabelColours:
    if depth == "none":
        return LabelColours(*(DEFAULT,) * 5)
    if depth == "16":
        return _label_of_sixteen(own, place, theme, linux_console)
    ours = OWN_THEMES.get(theme.name, _like(theme.dark))
    table = ours.labels[place % len(ours.labels)]
    chrome = ours.chrome if theme.ansi else chrome_of(theme, depth)
    if theme.name in OWN_THEMES and not own:
        return _of_table(*table, chrome.text, ours.on_chip)
    return _computed_label(own or table[0], chrome, ours)


def _of_table(ink: str, tint: str, text: str, on_chip: str) -> LabelColours:
    return LabelColours(ink, tint, _done_text(ink, text), ink, on_chip)


def _done_text(ink: str, text: str) -> str:
    return mix(ink, text, 0.55)


@lru_cache(maxsize=1024)
def _computed_label(colour: str, chrome: Chrome, ours: OwnTheme) -> LabelColours:
    """The colours of a label with this colour, as readable as in our themes."""
    grounds = (chrome.page, chrome.bar, chrome.raised)
    ink = readable(colour.lower(), grounds, ours.contrast)
    lightness, chroma = ours.tint
    away = lightness - lightness_and_hue(ours.chrome.page)[0]
    page, hue = lightness_and_hue(chrome.page)[0], lightness_and_hue(ink)[1]
    # The tint is moved towards the page until the ink, which is readable on the page, is readable on
    # the tint.
    tints = (from_oklch(page + away * step / 8, chroma, hue) for step in range(8, -1, -1))
    tint = next((one for one in tints if contrast(ink, one) >= ours.contrast), chrome.page)
    done = readable(_done_text(ink, chrome.text), (tint,), ours.contrast)
    on_chip = max((BLACK, WHITE), key=lambda text: contrast(text, ink))
    return LabelColours(ink, tint, done, readable(ink, (on_chip,), ours.contrast), on_chip)


def _label_of_sixteen(own: str, place: int, theme: Theme, linux_console: bool) -> LabelColours:
    on_white = theme.ansi and not theme.dark
    numbers = _SIXTEEN_ON_WHITE if on_white else SIXTEEN
    ink = VGA[numbers[place % len(numbers)]]
    if own:
        ink = _nearest(own, [VGA[number] for number in dict.fromkeys(numbers)])
    if linux_console and ink == _BROWN:
        ink = _YELLOW
    page = VGA[15] if on_white else VGA[0]
    return LabelColours(ink, page, ink, ink, page)


def _nearest(colour: str, others: list[str]) -> str:
    """The one of the others with the nearest hue."""
    hue = lightness_and_hue(colour)[1]
    return min(others, key=lambda one: abs((lightness_and_hue(one)[1] - hue + 180) % 360 - 180))
