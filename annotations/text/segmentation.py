"""Where words, graphemes, sentences and paragraphs begin and end.

All functions take an exact text and offsets in code points. They look only at the text near the offset,
so they take the same time in a text of any size. A word is what a person selects in one step: letters,
digits and their marks with the apostrophes and dots between them (`don't`, `U.S.`, `1,000.5`), the `'s`
of a name, an account with its sign (`@name`), one sign (`$`, `%`, an emoji). In scripts that put no
spaces between words (Han, kana, Thai, Lao, Khmer, Myanmar and similar ones) it is one character with
its marks, a run of katakana, or one syllable of Tibetan, never together with a digit or a letter of
another script. No word begins or ends inside a grapheme cluster, and no word is invisible. Punctuation
is not part of any word.

If the code of a `language` is given, its rules apply: which abbreviations do not end a sentence, and
that `l’` is a separate word in French.
"""

from collections.abc import Iterator
from functools import cache

import regex

from annotations.text.language_habits import ABBREVIATIONS, ELIDED, EVERYWHERE, ORDINAL_DOT

# Scripts without spaces between words, some by their line breaking class in Unicode Standard Annex 14:
# SA is South East Asia, AK and AS are the scripts of Bali, Java and similar ones.
_SINGLE = (
    r"\p{Han}\p{Hiragana}\p{Bopomofo}\p{Yi}\p{Tangut}\p{Nushu}\p{Khitan_Small_Script}"
    r"\p{lb=SA}\p{lb=AK}\p{lb=AS}"
)
_ONE = rf"[[{_SINGLE}]&&[\p{{L}}\p{{Nl}}]]"
_KATAKANA = r"\p{Katakana}\u30fc\uff70"
_NUMBER = r"[\p{N}--\p{Han}]"
_EXTEND = r"\p{M}\p{gcb=Extend}\u200d"  # what belongs to the character before it
_REST = rf"[A-Za-z\p{{Nd}}\p{{Pc}}{_EXTEND}[\p{{L}}--{_SINGLE}{_KATAKANA}\p{{Tibetan}}]]"
_NO_START = rf"[{_EXTEND}\u115f\u1160\u3164\uffa0]"  # marks, and invisible letters of Hangul
_WORD = regex.compile(
    rf"""
    [\p{{gcb=Prepend}}&&\p{{Cf}}]*+(?:                # what belongs to the character behind it
    (?:\p{{LOE}}[{_EXTEND}]*+)?(?={_ONE})\X           # one at a time: there are no spaces to go by
    (?:(?<=\p{{InSC=Invisible_Stacker}})(?={_ONE})\X|(?=\p{{M}})\X)*    # marks of Myanmar are clusters
  | (?:[[{_KATAKANA}]&&\p{{L}}][{_EXTEND}]*+)++
  | (?:[\p{{Tibetan}}&&\p{{L}}][{_EXTEND}]*+)++       # up to the dot behind a syllable
  | (?:(?!{_ONE})\p{{L}}\.){{2,}}[{_EXTEND}]*            # U.S.
  | (?:{_NUMBER}[{_EXTEND}]*+)++                      # 1,000.5  10:30
    (?:[.,:/](?:{_NUMBER}[{_EXTEND}]*+)++)*+
    (?:(?!{_NO_START}){_REST}++)?+                   # 5th  90s
  | (?:\u115f+(?=[\p{{gcb=L}}\p{{gcb=V}}\p{{gcb=LV}}\p{{gcb=LVT}}--{_NO_START}])|(?!{_NO_START})){_REST}++
    (?:['’·](?!s\b)(?!{_NO_START}){_REST}++)*+       # don't
  | (?<![\p{{L}}\p{{M}}\p{{N}}])@(?={_REST}){_REST}++(?:\.{_REST}++)*+    # @name
  | (?<=[\p{{L}}\p{{N}}])['’]s\b[{_EXTEND}]*          # a name is labelled without its 's
  | (?=[[\p{{S}}%\#@&]--[\u2800\U0001d159]]|\*\ufe0f?\u20e3)\X   # a sign or an emoji, whole
    )""",
    regex.VERBOSE | regex.VERSION1,
)
_GRAPHEME = regex.compile(r"\X")
PARAGRAPH_END = regex.compile(r"(?>\r\n?|\n)(?:[ \t]*(?>\r\n?|\n))+")
"""One or more empty lines, with the end of the line before them. A CRLF is one line end, never two."""
_REACH = 2048
"""How far back to look for a place where matching can safely start, in code points."""


def words(text: str, start: int, end: int, language: str = "") -> Iterator[tuple[int, int]]:
    """The words that begin at or after `start` and before `end`, as ranges."""
    for match in _word(language).finditer(text, start, min(len(text), end + _REACH)):
        if match.start() >= end:
            return
        yield match.span()


def word_at(text: str, offset: int, language: str = "") -> tuple[int, int] | None:
    """The word that holds the code point at `offset`, or `None` between words."""
    for start, end in words(text, _safe_start(text, offset), offset + 1, language):
        if start <= offset < end:
            return start, end
    return None


def inside_word(text: str, place: int, language: str = "") -> bool:
    """Whether a word lies on both sides of a place between two code points, so that cutting there would
    cut the word.
    """
    if not 0 < place < len(text) or text[place - 1].isspace() or text[place].isspace():
        return False
    word = word_at(text, place, language)
    return word is not None and word[0] < place


def only_white_space(text: str, start: int, end: int) -> bool:
    """Whether a range has only white space in it; true for an empty range."""
    return not text[start:end].strip()


def next_word(text: str, offset: int, language: str = "") -> tuple[int, int] | None:
    """The first word that begins after `offset`, or `None` when there is none."""
    here = word_at(text, offset, language) if 0 <= offset < len(text) else None
    begin = here[1] if here else max(offset, 0)
    match = _word(language).search(text, begin)
    return match.span() if match else None


def previous_word(text: str, offset: int, language: str = "") -> tuple[int, int] | None:
    """The last word that ends at or before `offset`, or `None` when there is none."""
    limit = offset
    while limit > 0:
        start = _safe_start(text, limit)
        found = None
        for word in words(text, start, limit, language):
            if word[1] <= offset:
                found = word
        if found or start == 0:
            return found
        limit = start
    return None


def nearest_word(
    text: str, offset: int, language: str = "", *, backwards: bool = False
) -> tuple[int, int] | None:
    """The word at `offset`, otherwise the next one, otherwise the previous one. With `backwards`, the
    previous one first.
    """
    ways = (previous_word, next_word) if backwards else (next_word, previous_word)
    here = word_at(text, offset, language)
    return here or ways[0](text, offset, language) or ways[1](text, offset, language)


def next_grapheme(text: str, offset: int) -> int:
    """The end of the grapheme cluster that begins at `offset` (the text's length at its end)."""
    match = _GRAPHEME.match(text, offset)
    return match.end() if match else len(text)


def previous_grapheme(text: str, offset: int) -> int:
    """The start of the grapheme cluster that ends at `offset` (0 at the start of the text)."""
    start = _safe_start(text, offset)
    last = start
    for match in _GRAPHEME.finditer(text, start, min(len(text), offset + _REACH)):
        if match.end() >= offset:
            return int(match.start())
        last = match.start()
    return last


def grapheme_start(text: str, offset: int) -> int:
    """The start of the grapheme cluster that holds the code point at `offset`."""
    return previous_grapheme(text, offset + 1) if offset < len(text) else len(text)


def next_sentence(text: str, offset: int, language: str = "") -> int:
    """Where the sentence after the one at `offset` begins, or the text's length."""
    match = _sentence_end(language).search(text, offset)
    return match.end() if match else len(text)


def previous_sentence(text: str, offset: int, language: str = "") -> int:
    """Where the sentence at `offset` begins. If it begins at `offset`, where the previous sentence begins."""
    limit = offset
    while limit > 0:
        start = max(0, limit - _REACH)
        # Read beyond the offset; otherwise a sentence end that extends over it would be cut off there.
        found = _sentence_end(language).finditer(text, start, min(len(text), offset + _REACH))
        begins = [match.end() for match in found if match.end() < offset]
        if begins:
            return int(begins[-1])
        limit = start
    return 0


def paragraph_at(text: str, offset: int) -> tuple[int, int]:
    """The paragraph around `offset`: from after an empty line to before the next one."""
    match = PARAGRAPH_END.search(text, offset)
    end = match.start() if match else len(text)
    limit = offset
    while limit > 0:
        begin = max(0, limit - _REACH)
        found = PARAGRAPH_END.finditer(text, begin, min(len(text), offset + _REACH))
        ends = [match.end() for match in found if match.end() <= offset]
        if ends:
            return ends[-1], max(end, ends[-1])
        limit = begin
    return 0, end


# Compiled when a language or sentences are first used, so that the first text is shown sooner.


@cache
def _word(language: str) -> regex.Pattern[str]:
    """The pattern of a word of a language. In some, an article or a preposition that lost its vowel is
    a separate word: `l’Élysée` is two words.
    """
    elided = ELIDED.get(language)
    if elided is None:
        return _WORD
    before = rf"(?<![\p{{L}}\p{{M}}\p{{N}}'’])(?i:{elided})['’](?=[\p{{L}}\p{{N}}])"
    return regex.compile(rf"{before}|{_WORD.pattern}", regex.VERBOSE | regex.VERSION1)


@cache
def _sentence_end(language: str) -> regex.Pattern[str]:
    own = ABBREVIATIONS.get(language, ABBREVIATIONS["en"])
    # "am 5. April", "19. Jahrhundert"
    ordinal = r"(?<!\b\d{1,2})" if language in ORDINAL_DOT else ""
    return regex.compile(
        rf"""(?:(?<!(?:^|[\s\p{{Lu}}])\p{{L}})(?<!\b(?:{EVERYWHERE}|{own})){ordinal}\.|[!?…؟۔])
        [.!?…؟۔]*[\p{{Pe}}\p{{Pf}}"']*\s+(?=[\p{{Lu}}\p{{N}}\p{{Ps}}\p{{Pi}}"'\p{{Lo}}])
      | [。！？]+[\p{{Pe}}\p{{Pf}}]*\s*
      | [\r\n]\s*""",
        regex.VERBOSE | regex.VERSION1,
    )


def _safe_start(text: str, offset: int) -> int:
    """A place at or before `offset` that is not inside a word or a grapheme cluster.

    White space is such a place. If there is none near enough, as in Chinese, the most distant place
    allowed is used. That is right except for a word or cluster that is longer than the allowed distance.
    """
    lowest = max(0, offset - _REACH)
    match = _LAST_SPACE.search(text, lowest, offset)
    start = int(match.start()) if match else lowest
    return start - 1 if start and text[start - 1 : start + 1] == "\r\n" else start


_LAST_SPACE = regex.compile(r"(?r)\s(?=\S)")
