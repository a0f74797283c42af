"""Where a text holds the same words: as a pattern, for propagating a label and for searching.

The same are words that read the same: in composed or decomposed letters (Unicode Standard Annex 15),
with any blanks between them, also where a line was broken between two words, but not a paragraph.
"""

import unicodedata

import regex

_GAP = r"(?=\s)[^\S\r\n]*+(?:\r\n|\r|\n)?+[^\S\r\n]*+"


def same_words(words: str, *, any_case: bool) -> regex.Pattern[str]:
    """A pattern that finds the words again; matches may begin or end inside longer words.

    The words are no pattern of their own: what is special in one stands for itself. `any_case` takes
    upper and lower case as the same.
    """
    pieces = []
    for blanks, cluster in regex.findall(r"(\s+)|(\X)", words):
        if blanks:
            pieces.append(_GAP)
            continue
        forms = {unicodedata.normalize(form, cluster) for form in ("NFC", "NFD")} | {cluster}
        escaped = [regex.escape(form) for form in sorted(forms)]
        pieces.append(escaped[0] if len(escaped) == 1 else f"(?:{'|'.join(escaped)})")
    # What a combining mark would follow is another letter.
    pieces.append(r"(?!\p{M})")
    return regex.compile("".join(pieces), regex.IGNORECASE if any_case else 0)
