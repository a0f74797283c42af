"""Whether a clause is about the past or about what is to come, by the verbs beside a date.

There is no parser here: the nearest finite verb or auxiliary decides, one before the date sooner than
one behind it, within the sentence. It turns "Tuesday" in news into the last or the coming Tuesday.
"""

import re
from collections.abc import Iterator
from typing import Literal

from annotations.dates.language_tables import Language

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
    tables = language.tense
    for distance, word in enumerate(words):
        step = -1 if backwards else 1
        behind = _at(words, distance + step)
        if _at(words, distance - step) in tables.infinitives:
            if _at(words, distance - 2 * step) in tables.to:
                return distance, "future"
            continue
        before_to = tables.future_before_to + (tables.promises if backwards else ())
        if word in tables.future or (word in before_to and behind in tables.to):
            return distance, "future"
        if backwards and word in tables.modals:
            return distance, "future"
        if word in tables.past:
            return distance, "past"
        if len(word) < _SHORTEST_INFLECTED or word in tables.not_past:
            continue
        if word.endswith(tables.future_endings):
            return distance, "future"
        if word.endswith(tables.past_endings):
            # "will stay closed": the auxiliary stands a little before the participle.
            near = [_at(words, distance - step * back) for back in range(1, _AUXILIARY + 1)]
            return distance, "future" if backwards and set(near) & set(tables.auxiliaries) else "past"
    return None
