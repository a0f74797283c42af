"""Texts for tests: an article of our own, and difficult cases."""

from hypothesis import strategies as st

ARTICLE = """\
Harbour talks end in Lisbon 2023-05-17

LISBON — The port authority of Rotterdam and Portugal's Ministry of the Sea agreed on Tuesday to rebuild
the old quay in Sines, officials said. “We lost ten years,” Minister Inês Duarte told reporters…

Ms. Duarte met Jan de Wit, who runs Rotterdam's port, for the third time since March 2, 2021. The U.S.
and the African Development Bank (AfDB) pledged $30 million; the AfDB wants work to start next spring.

Photo: Inês DuarteMinister of the Sea(Reuters)
"""

PIECES = [
    "Ana",
    "U.S.",
    "don't",
    "Iraq’s",
    "1,000.5",
    " ",
    "  ",
    "\t",
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    ". ",
    "…",
    "“",
    "”",
    "東京都",
    "、",
    "한국어",
    "مَرْحَبًا",
    "שלום",
    "दिल्ली",
    "e\u0301te\u0301",
    "👩\u200d👩\u200d👧",
    "👍🏽",
    "🇩🇪",
    "❤\ufe0f",
    "1\ufe0f\u20e3",
    "\ufeff",
    "\x1b[31m",
    "\x9b",
    "\x07",
    "\x00",
    "\u202e",
    "\u200b",
    "\u200d",
    "\u0301",
    "-",
    "[/b]",
]


def texts(most: int = 30) -> st.SearchStrategy[str]:
    """Texts made of awkward pieces, and of any characters at all."""
    made = st.lists(st.sampled_from(PIECES), max_size=most).map("".join)
    return st.one_of(made, st.text(max_size=most))
