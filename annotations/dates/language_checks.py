"""Checks of the words and forms in the file of a language, beyond those of the file's format."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec import ValidationError, convert

from annotations.dates.calendar_value import holiday
from annotations.dates.fields import Fields, FieldValue
from annotations.dates.timex_value import validate

_UNIT = re.compile(r"\d*(?:S|MIN|H|D|NI|W|WE|M|Q|Y|DE|CE)")
_UNITS = "S, MIN, H, D, NI, W, WE, M, Q, Y, DE, CE, perhaps with a number before it"
_REPEATED_TWICE = re.compile(
    r"\((?:\?:|\?P<\w+>)?(?:\\.|\[[^\]]*\]|[^\\\[\]()])[+*]\)(?:[+*]|\{\d*,\d*\})"
)
"""A repeated group of one repeated character, such as `(a+)+`."""
_ANY_YEAR = 2021


class WordError(ValueError):
    """A word of the tables has a meaning that is not possible."""

    def __init__(self, class_: str, word: str, message: str) -> None:
        super().__init__(f"the word {word!r} of [words.{class_}] {message}")
        self.class_ = class_
        self.word = word


def check_words(
    words: Mapping[str, Mapping[str, FieldValue]], filled: Iterable[tuple[str, str]]
) -> None:
    """Check that the words of each class have possible meanings for the fields that the class fills.

    Raises `WordError` for the first word with a meaning that the field cannot have.
    """
    for class_, field in dict.fromkeys(filled):
        for word, value in words.get(class_, {}).items():
            try:
                convert({field: value}, Fields)
            except ValidationError as error:
                said = str(error).partition(" - at ")[0]
                raise WordError(class_, word, f"cannot mean {value!r}: {said}") from error
            is_so, wanted = _MORE.get(field, _ANY)
            if not is_so(value):
                raise WordError(class_, word, f"cannot mean {value!r}; write {wanted}")


def check_form(form: str) -> None:
    """Raise `ValueError` for a regular expression whose repetitions can take for ever on some text."""
    if _REPEATED_TWICE.search(form):
        raise ValueError("a repetition in a repetition can take for ever; repeat only one of them")


def _is_holiday(value: Any) -> bool:
    try:
        holiday(value, _ANY_YEAR)
    except (ValueError, TypeError, IndexError, OverflowError):
        return False
    return True


def _is_unit(value: Any) -> bool:
    return _UNIT.fullmatch(value) is not None


_ANY: tuple[Callable[[Any], bool], str] = (lambda value: True, "")
_MORE: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "month": (lambda value: 1 <= value <= 12, "a number from 1 to 12"),
    "weekday": (lambda value: 1 <= value <= 7, "a number from 1, for Monday, to 7"),
    "decade": (lambda value: 0 <= value <= 9, "a number from 0 to 9"),
    "holiday": (_is_holiday, "a day such as 12-25, 11-4th-4, easter-2 or advent+0"),
    "always": (lambda value: validate("DURATION", value) is None, "a length such as P1W"),
    "noon": (lambda value: re.fullmatch(r"\d\d:\d\d", value) is not None, "a time such as 12:00"),
    **dict.fromkeys(("unit", "plural", "unit2", "long", "period"), (_is_unit, f"one of {_UNITS}")),
}
