"""A pattern that finds the same words again in a text, used for propagating a label and for searching.

Words are the same if they read the same: in composed or decomposed letters (Unicode Standard Annex 15),
with any spaces between them. There may be a line break between two words, but not the end of a
paragraph.

When case is ignored, words are the same if their full case foldings (Unicode Standard, 3.13) are the
same: `Straße`, `STRASSE` and `strasse`; a ligature and its letters, `ﬁ` and `FI`; the Greek `σ`, its
final `ς` and `Σ`. Of the Turkish letters, `i` is also the same as `İ`, and `ı` as `I`, but `i` and `ı`
differ. Letters with different marks always differ, and a match never begins or ends inside a letter
that represents two.
"""

import unicodedata

import regex

_GAP = r"(?=\s)[^\S\r\n]*+(?:\r\n|\r|\n)?+[^\S\r\n]*+"


def same_words(words: str, *, any_case: bool) -> regex.Pattern[str]:
    """A pattern that finds the words again; matches may begin or end inside longer words.

    The words are not read as a pattern: special characters have no special meaning. `any_case` treats
    upper and lower case as the same.
    """
    pieces = []
    for blanks, cluster in regex.findall(r"(\s+)|(\X)", words):
        if blanks:
            pieces.append(_GAP)
            continue
        cases = {cluster}
        if any_case and len(cluster) > 1:
            # A letter with its marks may have its own code point only in the other case.
            cases |= {cluster.upper(), cluster.lower()}
        forms = {unicodedata.normalize(form, case) for case in cases for form in ("NFC", "NFD")} | cases
        escaped = [regex.escape(form) for form in sorted(forms)]
        pieces.append(escaped[0] if len(escaped) == 1 else f"(?:{'|'.join(escaped)})")
    # A letter that is followed by a combining mark is a different letter.
    pieces.append(r"(?!\p{M})")
    return regex.compile("".join(pieces), regex.IGNORECASE | regex.FULLCASE if any_case else 0)
