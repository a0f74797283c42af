"""Months, weekdays and holidays that are part of a name: "April Jones", "the Sunday Times"."""

import re

from annotations.dates.language_tables import Language, Rule

_BEFORE = re.compile(r"([^\W\d_][\w.]*)[ ]$")
_BEHIND = re.compile(r"[ ]([^\W\d_][\w]+)")
_SENTENCE_BEGINS = re.compile(r"(?:^|[.!?:;\n\"“(—–-]\s*)[^\W\d_][\w.]*[ ]$")
_NEAR = 40
_OF_TIME = frozenset(
    (
        "month",
        "weekday",
        "part",
        "season",
        "period",
        "unit",
        "ordinal",
        "cardinal",
        "zone",
        "meridiem",
        "era",
        "bound",
    )
)
"""Classes of words that stand beside a date as part of it."""


def is_name(text: str, start: int, end: int, rule: Rule, language: Language) -> bool:
    """Whether an expression is part of a name, by the words that stand right beside it.

    A capital tells names, but not at the beginning of a sentence and not of a word that the rules know.
    """
    if not rule.name_check or not text[start].isupper():
        return False
    left = text[max(0, start - _NEAR) : start]
    before, behind = _BEFORE.search(left), _BEHIND.match(text, end)
    word = before[1] if before else ""
    named_behind = bool(behind) and _is_unknown_name(behind[1] if behind else "", language)
    if rule.name_check == "title":
        return named_behind and word.lower() in language.settings.articles
    if (
        word.islower()
        and "monthprep" in language.words.get(word, {})
        and word not in language.settings.articles
    ):
        return False
    first = _SENTENCE_BEGINS.search(left) is not None
    return named_behind or (not first and bool(word) and _is_unknown_name(word, language))


def _is_unknown_name(word: str, language: Language) -> bool:
    lower = word.lower()
    meaning = language.words.get(lower, {}) | language.capitalised.get(lower, {})
    return word[0].isupper() and not word.isupper() and _OF_TIME.isdisjoint(meaning)
