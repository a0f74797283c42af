"""Whether a clause is about the past or about what is to come, by the verbs beside a date.

There is no parser here: the nearest finite verb or auxiliary decides, one before the date sooner than
one behind it, within the sentence. It turns "Tuesday" in news into the last or the coming Tuesday.
"""

import re
from collections.abc import Iterator
from typing import Literal

from annotations.dates.language_tables import Language, TenseWords

Tense = Literal["past", "future", ""]

_REACH = 160
"""How far to look on either side of a date, in code points."""
_WORD = re.compile(r"[^\W\d_]+|[.!?;:](?=\s|$)|\n")
_BEHIND_COSTS = 3
_SHORTEST_INFLECTED = 5
_AUXILIARY = 3
"""How many words before a participle its auxiliary can stand."""


def tense(text: str, start: int, end: int, language: Language) -> Tense:
    """The tense of the clause around a date."""
    before = [m[0] for m in _WORD.finditer(text[max(0, start - _REACH) : start])]
    behind = [m[0] for m in _WORD.finditer(text[end : end + _REACH])]
    leading = list(_sentence(reversed(before)))
    if _points_ahead(leading, language):
        return "future"
    back = _nearest(leading, language, backwards=True)
    on = _nearest(list(_sentence(iter(behind))), language, backwards=False)
    if back and (not on or back[0] <= on[0] + _BEHIND_COSTS):
        return back[1]
    return on[1] if on else ""


def _sentence(words: Iterator[str]) -> Iterator[str]:
    for word in words:
        if not word[0].isalpha():
            return
        yield word.lower()


def _points_ahead(leading: list[str], language: Language) -> bool:
    """Whether what stands right before a date, last word first, points ahead: "ahead of", "starting"."""
    return any(
        leading[: len(words)] == words[::-1]
        for words in (phrase.split() for phrase in language.tense.future_right_before)
    )


def _at(words: list[str], index: int) -> str:
    return words[index] if 0 <= index < len(words) else ""


def _nearest(words: list[str], language: Language, backwards: bool) -> tuple[int, Tense] | None:
    """How far off the nearest verb that says so is, in words, and its tense."""
    for distance in range(len(words)):
        found = _tense_at(words, distance, language.tense, backwards)
        if found:
            return distance, found
    return None


def _tense_at(words: list[str], at: int, tables: TenseWords, backwards: bool) -> Tense:
    """The tense of one word beside a date; `words` lead away from the date."""
    word = words[at]
    step = -1 if backwards else 1
    if _at(words, at - step) in tables.infinitives:
        return "future" if _at(words, at - 2 * step) in tables.to else ""
    if word in tables.future or (backwards and word in tables.modals):
        return "future"
    before_to = tables.future_before_to + (tables.promises if backwards else ())
    if word in before_to and _at(words, at + step) in tables.to:
        return "future"
    if word in tables.past:
        return "past"
    if len(word) < _SHORTEST_INFLECTED or word in tables.not_past:
        return ""
    if word.endswith(tables.future_endings):
        return "future"
    if not word.endswith(tables.past_endings):
        return ""
    # "will stay closed": the auxiliary stands a little before the participle.
    near = [_at(words, at - step * back) for back in range(1, _AUXILIARY + 1)]
    return "future" if backwards and set(near) & set(tables.auxiliaries) else "past"
