"""Characters that are invisible or would control the terminal, and the symbols that are shown for them.

Unicode's default-ignorable characters are not visible themselves. Some of them have a visible effect in
certain places: a variation selector in an emoji, a joiner in a Persian or Hindi word. They are kept
there; everywhere else a symbol is shown for each, so that the screen shows everything in the text. One
code point becomes one code point.
"""

from collections.abc import Iterable
from functools import cache

import regex

INVISIBLE = "\u00b7"


def _symbols() -> dict[int, str]:
    """The symbols for characters that are always replaced."""
    table = {code: chr(0x2400 + code) for code in range(0x20)}
    table[0x7F] = "\u2421"
    table |= dict.fromkeys(range(0x80, 0xA0), "\ufffd")
    # Bidirectional controls can make a text look different from what it is: they are shown, never
    # obeyed.
    bidirectional = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
    table |= dict.fromkeys((0x2028, 0x2029), "\u21b5")
    for codes in _NEVER_SEEN:
        table |= dict.fromkeys(codes, INVISIBLE)
    table |= dict.fromkeys(bidirectional, "\u21c4")
    # Half of a surrogate pair cannot be encoded for a terminal.
    table |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
    table |= dict.fromkeys(range(0xFDD0, 0xFDF0), "\ufffd")
    for plane in range(0, 0x110000, 0x10000):
        table |= dict.fromkeys((plane + 0xFFFE, plane + 0xFFFF), "\ufffd")
    return table


# Default_Ignorable_Code_Point of Unicode 17, except those that have a visible effect in certain places; and
# blank characters that are not white space: annotation marks, an empty Braille cell, an empty note head,
# joiners of hieroglyphs.
_NEVER_SEEN: tuple[Iterable[int], ...] = (
    (0xAD, 0x034F, 0x17B4, 0x17B5, 0x180E, 0x200B, 0x2800, 0x3164, 0xFEFF, 0xFFA0),
    range(0x2060, 0x2070),
    range(0xFFF0, 0xFFFC),
    (0x1D159, *range(0x1D173, 0x1D17B), *range(0x1BCA0, 0x1BCA4), *range(0x13430, 0x13440)),
    (*range(0xE0000, 0xE0020), *range(0xE0080, 0xE0100), *range(0xE01F0, 0xE1000)),
)
SYMBOLS = _symbols()

_JOINING = (
    r"\p{Arabic}\p{Syriac}\p{Nko}\p{Mandaic}\p{Mongolian}\p{Adlam}\p{Hanifi_Rohingya}\p{Sogdian}"
    r"\p{Manichaean}\p{Devanagari}\p{Bengali}\p{Gurmukhi}\p{Gujarati}\p{Oriya}\p{Tamil}\p{Telugu}"
    r"\p{Kannada}\p{Malayalam}\p{Sinhala}\p{Khmer}\p{Myanmar}\p{Tibetan}\p{Balinese}\p{Javanese}"
    r"\p{Sundanese}\p{Chakma}\p{Brahmi}\p{Kaithi}\p{Newa}\p{Grantha}\p{Sharada}\p{Tirhuta}\p{Modi}"
)
"""Scripts whose letters join or stack; the two joiners control this."""
_PLACEABLE = (
    r"[\u115f\u1160\u180b-\u180d\u180f\u200c\u200d\ufe00-\ufe0f\U000e0020-\U000e007f"
    r"\U000e0100-\U000e01ef]"
)
_ANY_PLACEABLE = regex.compile(_PLACEABLE)


@cache
def _out_of_place() -> regex.Pattern[str]:
    """Finds characters that have a visible effect only in certain places, when they are in other
    places.
    """
    # Compiled only when a text has such a character, so that the first text is shown sooner.
    return regex.compile(
        rf"""
        (?:[0-9\#*]\ufe0f(?=\u20e3)                # a keycap
         | [\p{{Emoji}}--[0-9\#*]][\ufe0e\ufe0f]    # an emoji, or its form as text
         | (?<=\U0001f3f4)[\U000e0030-\U000e007a]{{3,6}}\U000e007f     # the flag of a region
         | (?<=\p{{ExtPict}}\p{{M}}*\p{{Emoji_Modifier}}?\p{{M}}*)\u200d(?=\p{{ExtPict}})
         | [\p{{Han}}\p{{Myanmar}}\p{{Phags_Pa}}\p{{Sm}}][\ufe00-\ufe0d]
         | \p{{Han}}[\U000e0100-\U000e01ef]
         | [\p{{Mongolian}}&&\p{{L}}][\u180b-\u180d\u180f]
         | [\u1100-\u115e\ua960-\ua97c]\u1160 | \u115f(?=[\u1161-\u11a7])
         | (?:(?<=[{_JOINING}\u064b-\u065f\u0670&&[\p{{L}}\p{{M}}]&&[^\u180b-\u180d\u180f]])
             | (?<=[\p{{Mongolian}}&&\p{{L}}][\u180b-\u180d\u180f]))
           (?:\u200d|\u200c(?=[{_JOINING}&&\p{{L}}]))
        )(*SKIP)(*FAIL)
      | {_PLACEABLE}
        """,
        regex.VERBOSE | regex.VERSION1,
    )


def with_symbols(text: str) -> str:
    """The text with a symbol for each invisible character; the number of code points is the same."""
    shown = text.translate(SYMBOLS)
    if _ANY_PLACEABLE.search(shown) is None:
        return shown
    return _out_of_place().sub(INVISIBLE, shown)
