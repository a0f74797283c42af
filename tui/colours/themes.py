"""The program's own themes, and the names of other themes.

The colours of labels were found by a search in OKLCH: they are readable on all their backgrounds, the
first eight are far from each other, and each label has nearly the same hue in the dark, light and
contrast theme. The greys of `Chrome` have an HLS saturation below .15, so that a terminal of 256
colours shows greys for them, not navy.
"""

import difflib

from msgspec import Struct
from textual.theme import BUILTIN_THEMES, Theme

from annotations.model.errors import AnnotateError
from tui.colours.arithmetic import READABLE
from tui.colours.palette import Chrome

ENHANCED = 7.0
"""The contrast ratio that WCAG 2.2 (1.4.6, level AAA) requires for text."""


class OwnTheme(Struct, frozen=True):
    """One of our themes."""

    chrome: Chrome
    labels: tuple[tuple[str, str], ...]
    """Ink and tint of each label, in the order of `ROWS` or of a project's own; after 18, they begin
    again.
    """
    tint: tuple[float, float]
    """Lightness and chroma, in OKLCH, of a tint for a label that has its own colour."""
    dark: bool = True
    contrast: float = READABLE
    """The least contrast of any text to its background."""

    @property
    def on_chip(self) -> str:
        """The text on chips."""
        return "#000000" if self.dark else "#ffffff"


_DARK = (
    ("#49acf0", "#173245"),
    ("#da814b", "#422818"),
    ("#07b47c", "#153728"),
    ("#56e4e9", "#073638"),
    ("#e9799c", "#43242d"),
    ("#bb9c0e", "#372f10"),
    ("#e5c0ff", "#372841"),
    ("#b4e17c", "#283419"),
    ("#fc867c", "#442522"),
    ("#6eefc8", "#11372c"),
    ("#14aec5", "#08353d"),
    ("#a18cf5", "#2f2b45"),
    ("#e6a249", "#3e2b12"),
    ("#d185ce", "#3c263b"),
    ("#adad6a", "#313112"),
    ("#feb8cf", "#42242f"),
    ("#f8b594", "#432719"),
    ("#acc2fd", "#252e47"),
)
_LIGHT = (
    ("#1e2cab", "#d8e3ff"),
    ("#8f2e00", "#ffdacd"),
    ("#056e55", "#c7edde"),
    ("#016e83", "#c2ebf7"),
    ("#810a31", "#fcd9dc"),
    ("#72580e", "#f0e2c2"),
    ("#5d3762", "#f2daf5"),
    ("#2b5001", "#d7eacc"),
    ("#b1232a", "#fdd9d6"),
    ("#047216", "#d2ebd1"),
    ("#15699e", "#cae7ff"),
    ("#1b4d9e", "#d4e4fe"),
    ("#643600", "#faddc5"),
    ("#7426a6", "#ebdcfb"),
    ("#5d6500", "#e1e7c5"),
    ("#b52c60", "#fed7e0"),
    ("#6e3429", "#fddad3"),
    ("#3c3b72", "#dee0fe"),
)
_CONTRAST = (
    ("#6ac6fc", "#00324a"),
    ("#fda93e", "#432701"),
    ("#0ee495", "#053722"),
    ("#00fafc", "#003637"),
    ("#fe9db8", "#481e2b"),
    ("#f7f0c0", "#352e00"),
    ("#cdadfe", "#342549"),
    ("#a4cd11", "#283308"),
    ("#ffcdbb", "#482112"),
    ("#b0e0bb", "#0f371d"),
    ("#b1ebf7", "#00353e"),
    ("#d9d2fe", "#2f274b"),
    ("#d9bc92", "#402900"),
    ("#fe96fb", "#3f213e"),
    ("#d7c142", "#362e00"),
    ("#fcc9d9", "#471e2e"),
    ("#ffa77c", "#48220e"),
    ("#a6bffd", "#1f2c4e"),
)
_COLOUR_BLIND = (
    ("#a6c0e7", "#1e2e46"),
    ("#e4b992", "#3f2913"),
    ("#c0fbd9", "#1f3f2e"),
    ("#49afa2", "#002e29"),
    ("#f46d98", "#3b1d25"),
    ("#e4fb74", "#353b1d"),
    ("#c576f1", "#2f2038"),
    ("#aaae02", "#292b0c"),
    ("#f1744e", "#3b1e15"),
    ("#58ce79", "#18321e"),
    ("#61dcfd", "#0c3640"),
    ("#a89bc6", "#2b223c"),
    ("#cb940d", "#332407"),
    ("#febeea", "#43293b"),
    ("#c3c597", "#303012"),
    ("#ecaba6", "#432422"),
    ("#fe8e1b", "#3c2411"),
    ("#2a9ff5", "#10283c"),
)

ROWS = (
    *("PERSON", "ORG", "GPE", "DATE", "NORP", "CARDINAL", "EVENT", "LOC", "FAC", "MONEY", "TIME", "LAW"),
    *("PRODUCT", "WORK_OF_ART", "ORDINAL", "PERCENT", "QUANTITY", "LANGUAGE"),
)
"""The labels of OntoNotes in the order of the rows of a theme, the most common ones first."""
SIXTEEN = (14, 3, 10, 6, 9, 11, 13, 2, 9, 10, 14, 13, 3, 13, 11, 9, 3, 14)
"""The colour of each label among the terminal's own sixteen, in the order of `ROWS`."""


def _chrome(grounds: str, texts: str, lamp: str, signs: str) -> Chrome:
    page, bar, raised, rule, found = grounds.split()
    muted, text, bright = texts.split()
    lamp, on_lamp, mark = lamp.split()
    bad, good = signs.split()
    return Chrome(page, bar, raised, rule, found, muted, text, bright, lamp, on_lamp, mark, bad, good)


_DARK_GROUNDS = "#16181b #1f2226 #2d3034 #43474c #43474c"
_DARK_TEXTS = "#9a9ea4 #d3d6da #f5f6f7"
_YELLOW = "#ffd75f #16181b #ffd75f"

OWN_THEMES = {
    "annotate-dark": OwnTheme(
        _chrome(_DARK_GROUNDS, _DARK_TEXTS, _YELLOW, "#ff8787 #87d787"), _DARK, (0.305, 0.048)
    ),
    "annotate-light": OwnTheme(
        _chrome(
            "#fbfaf8 #f3f2ef #e8e7e3 #bdbcb8 #cfceca",
            "#5c5d60 #2a2c2f #000000",
            "#24272b #ffffff #005faf",
            "#af0000 #005f00",
        ),
        _LIGHT,
        (0.915, 0.045),
        dark=False,
    ),
    "annotate-contrast": OwnTheme(
        _chrome(
            "#000000 #161616 #262626 #767676 #4d4d4d",
            "#c6c6c6 #ffffff #ffffff",
            "#ffff00 #000000 #ffff00",
            "#ffafaf #87ff87",
        ),
        _CONTRAST,
        (0.30, 0.065),
        contrast=ENHANCED,
    ),
    "annotate-colour-blind": OwnTheme(
        _chrome(_DARK_GROUNDS, _DARK_TEXTS, _YELLOW, "#ffaf87 #87d7ff"), _COLOUR_BLIND, (0.305, 0.048)
    ),
}
DEFAULT_THEME = "annotate-dark"


def textual_theme(theme: Theme, chrome: Chrome) -> Theme:
    """A Textual theme with these colours, for what Textual itself paints."""
    scrollbar = {
        "scrollbar": chrome.muted,
        "scrollbar-hover": chrome.text,
        "scrollbar-active": chrome.bright,
        "scrollbar-background": chrome.page,
        "scrollbar-background-hover": chrome.page,
        "scrollbar-background-active": chrome.page,
        "scrollbar-corner-color": chrome.page,
    }
    return Theme(
        name=theme.name,
        primary=chrome.mark,
        secondary=chrome.mark,
        accent=chrome.mark,
        warning=chrome.mark,
        error=chrome.bad,
        success=chrome.good,
        foreground=chrome.text,
        background=chrome.page,
        surface=chrome.page,
        panel=chrome.raised,
        boost=chrome.raised,
        dark=theme.dark,
        variables=scrollbar,
    )


def known_theme(name: str, place: str) -> str:
    """The theme by that name, ours or Textual's; empty for the default.

    Raises `AnnotateError`, beginning with the place where the name was given.
    """
    known = {**OWN_THEMES, **BUILTIN_THEMES}
    if name and name not in known:
        near = difflib.get_close_matches(name, known, 3) or list(OWN_THEMES)
        raise AnnotateError(f"{place}: there is no theme {name!r}; there is {', '.join(near)}.")
    return name
