"""How many cells a grapheme cluster takes, where terminals agree and where they differ.

Terminals differ about a few classes of characters: one draws a spacing vowel sign of Hindi in a cell of
its own and another within the cell of its consonant, one joins the parts of an emoji and another sets
them side by side. `Widths` says what a terminal does. Text is wrapped by the larger width of each class
(`widest`), so that no row is wider than the screen in any terminal.
"""

from collections.abc import Mapping
from functools import lru_cache

import regex
from msgspec import Struct
from rich.cells import get_character_cell_size


class Widths(Struct, frozen=True):
    """How many cells a terminal uses for each class of characters about which terminals differ.

    The default is the larger width of each class, except for characters whose width in East Asia is
    ambiguous: they are narrow unless an East Asian language is set.
    """

    spacing_mark: int = 1
    """A vowel sign or mark beside its letter (general category Mc)."""
    spacing_letter: int = 1
    """A letter that belongs to the cluster of the one before it: the Thai and Lao vowel AM."""
    conjunct: int = 1
    """A consonant that a virama joins to the one before it."""
    emoji_style: int = 2
    """A narrow sign with variation selector 16 after it."""
    text_style: int = 2
    """A wide emoji with variation selector 15 after it."""
    keycap: int = 2
    """A digit in a keycap."""
    joined: int = 2
    """Each emoji that a joiner joins to the one before it."""
    skin_tone: int = 2
    """A skin tone after an emoji."""
    flag: int = 4
    """A pair of regional indicators."""
    ambiguous: int = 1
    """A character whose width in East Asia is ambiguous (Unicode Standard Annex 11)."""


def widest(environment: Mapping[str, str]) -> Widths:
    """The widths to wrap with: ambiguous characters are wide if the locale is an East Asian one."""
    locale = next(
        (value for name in ("LC_ALL", "LC_CTYPE", "LANG") if (value := environment.get(name))), ""
    )
    return Widths(ambiguous=2 if locale[:2] in ("ja", "ko", "zh") else 1)


_JOINER = "\u200d"
_LINKER = regex.compile(r"[\p{InCB=Linker}\p{InSC=Virama}\p{InSC=Invisible_Stacker}]")
_MARK = regex.compile(r"\p{Mc}")
_AMBIGUOUS = regex.compile(r"[\p{ea=A}--\p{M}\p{Cf}\p{Co}]", regex.VERSION1)
_PICTURE = regex.compile(r"\p{ExtPict}")
_LATE_JAMO = regex.compile("[\ud7b0-\ud7fb]")
_SKIN_TONES = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"


@lru_cache(maxsize=4096)
def cluster_cells(cluster: str, widths: Widths) -> int:
    """How many cells a grapheme cluster takes when it is shown, with symbols for what is invisible."""
    cells = last = 0
    before = ""
    linked = joined = False
    for char in cluster:
        width = _character_cells(char, widths)
        if char == "\ufe0f":
            styled = widths.keycap if before.isascii() else widths.emoji_style
            width, last = (styled - last if last == 1 else 0), 0
        elif char == "\ufe0e":
            width, last = (widths.text_style - last if last == 2 else 0), 0
        elif char in _SKIN_TONES and cells:
            width = widths.skin_tone
        elif char in "\u0e33\u0eb3\uff9e\uff9f" and cells:
            width = widths.spacing_letter
        elif joined and _PICTURE.match(char):
            width = last = min(width, widths.joined)
            cells = max(cells, 2)
        elif linked and width:
            width = last = min(width, widths.conjunct)
        elif width:
            last = width
        cells += width
        joined = char == _JOINER
        linked = _LINKER.match(char) is not None or (linked and not width)
        before = char
    return cells


@lru_cache(maxsize=4096)
def _character_cells(char: str, widths: Widths) -> int:
    if "\U0001f1e6" <= char <= "\U0001f1ff":
        return widths.flag // 2
    if char in _SKIN_TONES:
        return 2
    width = get_character_cell_size(char)
    if _MARK.match(char):
        return max(width, widths.spacing_mark)
    if width == 1 and widths.ambiguous == 2 and _AMBIGUOUS.match(char):
        return 2
    return max(width, 1) if _LATE_JAMO.match(char) else width
