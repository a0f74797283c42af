"""The tables of one language: its words, shapes, patterns and rules, compiled for reading.

A language is one TOML file in `languages/`; `languages/en.toml` explains the format at its top. Rules
are patterns over *classes* of tokens (`<month> <day> ,? <year>`), not over letters. Every set of
classes a token can have is one character of a private alphabet, so a text becomes a short string of
such characters and a rule a small regular expression over it, without nested repetition: reading a
text is linear in its length whatever it holds. (The idea of a cascade over classes is that of
finite-state chunking: Abney, "Partial parsing via finite-state cascades", 1996.)
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from annotations.model.errors import AnnotateError

Fields = dict[str, Any]
"""What the parts of an expression say, by the name of the part: `{"month": 6, "day": 12}`."""

OTHER = "\x00"
"""The character of a token that no rule of the language mentions."""


@dataclass(frozen=True)
class Context:
    """What must and must not stand around an expression: patterns that match where it begins and ends."""

    before: re.Pattern[str]
    after: re.Pattern[str]


@dataclass(frozen=True)
class Rule:
    """One way of saying when. `read` names an interpretation, `given` its constant fields."""

    name: str
    order: int
    read: str
    type: str
    field: str
    """The kind of text it is for: news, narrative, finance, any."""
    source: str
    given: Fields
    names: tuple[str, ...]
    """The field each group of the patterns fills, as `class:field`, in the order of the groups."""
    in_text: re.Pattern[str]
    """The pattern with its context, for finding it in running text."""
    alone: re.Pattern[str]
    """The pattern without its context, for an extent that a person or a pipeline chose."""
    context: Context | None
    """The context that a chosen extent needs too: that of a rule for a part of an expression, which has
    `behind` or `ahead`. "65" is a year behind "1914-" and not behind a name."""
    needs: frozenset[str]
    """Characters of which a text must have one for the rule to match anywhere in it."""
    only_given: bool
    """Whether the rule reads given extents only and finds nothing itself."""


@dataclass(frozen=True)
class Shape:
    """Tokens that are known by their form: `9:30`, `1990s`, `2021-04-08`."""

    classes: tuple[str, ...]
    fields: tuple[str, ...]


@dataclass(eq=False)
class Language:
    """Everything that is known about the dates of one language; read only once it is compiled."""

    code: str
    token: re.Pattern[str]
    shapes: dict[str, Shape]
    words: dict[str, Fields]
    """Lower-case word to its classes and what it means in each."""
    capitalised: dict[str, Fields]
    """The same for words that count only with a capital, such as `May`; a key is lower-case."""
    phrases: dict[str, list[tuple[tuple[str, ...], Fields]]]
    phrase_words: frozenset[str]
    """Every word of a phrase, whether or not it means something by itself."""
    dotted: frozenset[str]
    """Abbreviations that take their dot with them."""
    small: frozenset[str]
    """Words that are names when they have a capital inside a sentence, as in "the Daily News"."""
    rules: tuple[Rule, ...]
    sources: Fields
    """Where the rules are laid down, by the short name that `Rule.source` uses."""
    characters: dict[frozenset[str], str]
    settings: Fields
    tense: Fields

    def character(self, classes: frozenset[str]) -> str:
        """The character of the private alphabet for a token with these classes."""
        return self.characters.get(classes, OTHER)


def languages() -> tuple[str, ...]:
    """The codes of the languages there are tables for."""
    folder = resources.files("annotations.dates") / "languages"
    return tuple(sorted(f.name[: -len(".toml")] for f in folder.iterdir() if f.name.endswith(".toml")))


@cache
def load_language(code: str) -> Language:
    """Read and compile the tables of a language, once.

    Raises `AnnotateError` for a language there are no tables for.
    """
    if code not in languages():
        raise AnnotateError(
            f"There are no rules for dates in the language {code!r}; "
            f"the languages with rules are {', '.join(languages())}."
        )
    # The compiler knows what a language is made of, and so it is imported only here.
    from annotations.dates.language_compiler import compile_language

    file = resources.files("annotations.dates") / "languages" / f"{code}.toml"
    return compile_language(code, tomllib.loads(file.read_text(encoding="utf-8")))


def digit_classes(digits: str) -> frozenset[str]:
    """What a plain number can be, by its length and size."""
    if len(digits) > 4:
        return _NUMBER
    value = int(digits)
    if len(digits) <= 2:
        if 1 <= value <= 12:
            return _MONTH_NUMBER
        if 13 <= value <= 24:
            return _HOUR_NUMBER
        if 25 <= value <= 31:
            return _DAY_NUMBER
        return _HOUR_ONLY if value == 0 else _SHORT_NUMBER
    if len(digits) == 4 and 1000 <= value <= 2199:
        return _YEAR_NUMBER if value >= 1800 else _OLD_YEAR_NUMBER
    return _NUMBER


_NUMBER = frozenset({"number"})
_MONTH_NUMBER = frozenset({"number", "day", "hour", "hour12", "monthnumber"})
_HOUR_NUMBER = frozenset({"number", "day", "hour"})
_DAY_NUMBER = frozenset({"number", "day"})
_HOUR_ONLY = frozenset({"number", "hour"})
_SHORT_NUMBER = frozenset({"number", "shortyear"})
_YEAR_NUMBER = frozenset({"number", "year", "modernyear"})
_OLD_YEAR_NUMBER = frozenset({"number", "year"})
DIGIT_CLASSES = {
    _NUMBER, _MONTH_NUMBER, _HOUR_NUMBER, _DAY_NUMBER, _HOUR_ONLY, _SHORT_NUMBER, _YEAR_NUMBER,
    _OLD_YEAR_NUMBER,
}  # fmt: skip
