"""Where a text holds the same words: as a pattern, for propagating a label and for searching.

The same are words that read the same: in composed or decomposed letters (Unicode Standard Annex 15),
with any blanks between them, also where a line was broken between two words, but not a paragraph.

In any case the same are words whose full case foldings (Unicode Standard, 3.13) are the same: `Straße`,
`STRASSE` and `strasse`; a ligature and its letters, `ﬁ` and `FI`; the Greek `σ`, its final `ς` and `Σ`. Of
the Turkish letters, `i` is also the same as `İ`, and `ı` as `I`, but `i` and `ı` differ. Letters with
different marks differ in any case, and a match never begins or ends inside a letter that stands for two.
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
        cases = {cluster}
        if any_case and len(cluster) > 1:
            # With its marks, a letter may have a code point of its own in the other case only.
            cases |= {cluster.upper(), cluster.lower()}
        forms = {unicodedata.normalize(form, case) for case in cases for form in ("NFC", "NFD")} | cases
        escaped = [regex.escape(form) for form in sorted(forms)]
        pieces.append(escaped[0] if len(escaped) == 1 else f"(?:{'|'.join(escaped)})")
    # What a combining mark would follow is another letter.
    pieces.append(r"(?!\p{M})")
    return regex.compile("".join(pieces), regex.IGNORECASE | regex.FULLCASE if any_case else 0)
