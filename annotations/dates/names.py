"""What only looks like a date, judged by the words beside it: a name ("April Jones", "the Sunday
Times"), a number of things ("there were 1820 deaths"), scores and verses ("John 3:16").
"""

import re

from annotations.dates.fields import Fields
from annotations.dates.language_tables import Language, Rule

_BEFORE = re.compile(r"([^\W\d_][\w.]*)[ ]$")
_AFTER = re.compile(r"[ ]([^\W\d_][\w]+)")
_SENTENCE_BEGINS = re.compile(r"(?:^|[.!?:;\n\"“(—–-]\s*)[^\W\d_][\w.]*[ ]$")
_BEGINS_SENTENCE = re.compile(r"(?:^|[.!?]\s+|\n\s*)$")
_SENTENCE_END = re.compile(r"[.!?](?=\s)|\n")
_WORDS = re.compile(r"[^\W\d_]+")
_NEAR = 40
_REACH = 80
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
"""Classes of words that belong to a date when they are beside it."""


def is_part_of_something_else(
    text: str, start: int, end: int, rule: Rule, fields: Fields, language: Language
) -> bool:
    """Whether an expression is not a date but part of something else, by the check that its rule names."""
    match rule.name_check:
        case "" | "list":
            return False
        case "count":
            return _is_count(text, start, end, language)
        case "score":
            return _is_score(text, start, fields, language)
        case "capitals":
            return _is_title(text, start, end, language)
        case "person" | "title":
            return _is_name(text, start, end, rule, language)


def _is_name(text: str, start: int, end: int, rule: Rule, language: Language) -> bool:
    """Whether an expression is part of a name, judged by the words right beside it.

    A capital letter shows a name, but not at the beginning of a sentence, and not in a word that the rules know.
    """
    if not text[start].isupper():
        return False
    left = text[max(0, start - _NEAR) : start]
    before, following = _BEFORE.search(left), _AFTER.match(text, end)
    word = before[1] if before else ""
    if word.rstrip(".") in language.settings.titles:
        return True
    named_after = bool(following) and _is_unknown_name(following[1] if following else "", language)
    if following and following[1] in language.settings.name_words:
        return True
    if rule.name_check == "title":
        return named_after and word.lower() in language.settings.articles
    lower = word.lower()
    if "monthprep" in language.words.get(lower, {}) and lower not in language.settings.articles:
        return False
    first = _SENTENCE_BEGINS.search(left) is not None
    return named_after or (not first and bool(word) and _is_unknown_name(word, language))


def _is_title(text: str, start: int, end: int, language: Language) -> bool:
    """Whether all words of an expression and the word after it have a capital: "Friday Night Lights"."""
    following = _AFTER.match(text, end)
    capitals = all(word[0].isupper() for word in _WORDS.findall(text, start, end))
    return capitals and following is not None and _is_unknown_name(following[1], language)


def _is_count(text: str, start: int, end: int, language: Language) -> bool:
    """Whether what looks like a year is the number of the things named after it."""
    if not language.several.match(text, end):
        return False
    settings = language.settings
    left = text[max(0, start - _NEAR) : start]
    before, first = _BEFORE.search(left), _WORDS.match(text, start)
    word = first[0] if first else before[1] if before else ""
    if not word:
        return bool(settings.count_words) and _BEGINS_SENTENCE.search(left) is not None
    return word.lower() in settings.count_words or (
        bool(settings.year_words) and word.lower() not in settings.year_words
    )


def _is_score(text: str, start: int, fields: Fields, language: Language) -> bool:
    """Whether what looks like a time has no word for the time of day and follows a name or words for points."""
    if fields.meridiem or fields.noon or fields.part or fields.zone or fields.second is not None:
        return False
    left = text[max(0, start - _REACH) : start]
    sentence = _SENTENCE_END.split(left)[-1]
    words = _WORDS.findall(sentence)
    last = words[-1] if words else ""
    if not last or last.lower() in language.settings.clock_words:
        return False
    if any(word.lower() in language.settings.score_words for word in words):
        return True
    return sentence.endswith(f"{last} ") and last.istitle() and last.lower() not in language.words


def _is_unknown_name(word: str, language: Language) -> bool:
    lower = word.lower()
    meaning = language.words.get(lower, {}) | language.capitalised.get(lower, {})
    return word[0].isupper() and not word.isupper() and _OF_TIME.isdisjoint(meaning)
