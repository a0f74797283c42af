"""The tables of one language: its words, shapes, patterns and rules, compiled for reading.

A language is one TOML file in `languages/`; `languages/en.toml` explains the format at its top. Rules are
patterns over *classes* of tokens (`<month> <day> ,? <year>`), not over letters. Each set of classes that a
token can have is one character of a private alphabet. So a text becomes a short string of such characters,
and a rule a small regular expression over it, without nested repetition: the time to read a text grows
linearly with its length, whatever it contains. (The idea comes from finite-state chunking: Abney, "Partial
parsing via finite-state cascades", 1996.)
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from msgspec import Struct

from annotations.dates.fields import FieldValue, Meaning
from annotations.dates.numbers import OneWordNumbers
from annotations.dates.scheme import DateKind
from annotations.model.value import TimexType

OTHER = "\x00"
"""The character of a token that no rule of the language mentions."""


NameCheck = Literal["", "person", "title", "capitals", "count", "score", "list"]
"""What an expression could be part of instead of a date: the name of a person, a title after an article, a
title in capitals, a number of things, scores and verses, a list of numbers that are not years."""


ReadName = Literal[
    "calendar",
    "month or years",
    "slash",
    "weekday",
    "dayword",
    "day named",
    "time of day",
    "spoken clock",
    "years",
    "offset",
    "period",
    "period named",
    "period before",
    "period to",
    "shift",
    "duration",
    "set",
    "reference",
]
"""How a value is made from the parts of an expression: the interpretations in `interpretations/table.py`."""


class LanguageSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """The settings of a language, besides its words and rules."""

    dotted: tuple[str, ...]
    """Abbreviations that may end with a dot."""
    small: tuple[str, ...]
    """Words that are part of a name where they have a capital inside a sentence: "the Daily News"."""
    first_in_slash_date: Literal["day", "month"]
    earlier_words: tuple[str, ...]
    other_words: tuple[str, ...]
    comparing: tuple[str, ...] = ()
    """Words that compare with another time: "from", "than"."""
    articles: tuple[str, ...] = ()
    name_words: tuple[str, ...] = ()
    """Words with a capital that make a weekday or a month right before them a name: "Thursday Island"."""
    titles: tuple[str, ...] = ()
    """Titles before the name of a person, written here without a dot: "Mr Friday"."""
    count_words: tuple[str, ...] = ()
    """Words that stand before a number of things and not before a year."""
    year_words: tuple[str, ...] = ()
    """Words that stand before a year and not before a number of things. In a language that has such words
    here, a number before a plural is a year only after one of them."""
    several: str = r"[^\W\d_A-Z]{3,}[^\Ws\d_]s"
    """The form of a word that can be a plural right after a number."""
    score_words: tuple[str, ...] = ()
    """Words that show that a time such as `3:10` after them is a score or a verse."""
    clock_words: tuple[str, ...] = ()
    """Words right before it that show that it is a time of day nevertheless."""
    decimal_sign: Literal[".", ","] = "."
    """The sign before the fraction of a number in figures; the other one of these two separates thousands."""
    without_spaces: bool = False
    """Whether there are no spaces between words. Then words are cut out of the text by the tables, the
    longest first, and numbers can be written in Chinese characters."""
    units_tens_joint: str = ""
    """The word between the units and the tens in a number of one word, such as the "und" of
    "siebenundzwanzig". Empty where numbers are not written as one word."""
    ordinal_ending: str = ""
    """The form of the ending that makes such a number an ordinal."""
    today_is_approximate: bool = False
    """Whether "today" means "these days" in a text that names no other day near its own date."""


class TenseWords(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words and endings that distinguish the past from the future."""

    future: frozenset[str]
    past: frozenset[str]
    past_endings: tuple[str, ...]
    future_endings: tuple[str, ...]
    not_past: frozenset[str]
    infinitives: frozenset[str]
    auxiliaries: frozenset[str]
    modals: frozenset[str]
    promises: frozenset[str]
    commands: frozenset[str] = frozenset()
    """Verbs that can have an object before "to": "ordered him to"."""
    perfects: frozenset[str] = frozenset()
    """Words that turn a modal verb to the past: "should have paid"."""
    states: frozenset[str] = frozenset()
    """Verbs whose present describes how things are, and not the future: "has", "says"."""
    progressive_endings: tuple[str, ...] = ()
    """Endings of verbs that, after one of `present_auxiliaries`, are planned or going on: "is visiting"."""
    present_auxiliaries: frozenset[str] = frozenset()
    between_auxiliary: frozenset[str] = frozenset()
    """Words that may stand between such an auxiliary and the verb: "not", "also"."""
    backwards: frozenset[str] = frozenset()
    """Words before something that happened earlier than the verb: "after", "following"."""
    future_right_after: frozenset[str] = frozenset()
    """Words right after a day that show that it is in the future: "Monday is a holiday"."""
    future_right_before: tuple[str, ...]
    future_before_to: frozenset[str]
    to: tuple[str, ...]
    looking_ahead: tuple[str, ...] = ()
    """Words right before a date that point to the future, unless the clause is in the past: "until", "by"."""
    between: frozenset[str] = frozenset()
    """Words that may stand between such a word and the date."""
    past_auxiliaries: frozenset[str] = frozenset()
    looking_back: tuple[str, ...] = ()
    """Words right before a date that point to the past, whatever the verb: "since"."""
    past_right_after: tuple[str, ...] = ()
    """What follows a date in the past, unless another word makes the future certain: the ending of
    "Tuesday's"."""
    certain_future: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()
    """Words of `future` that are nouns too; they are verbs only after a subject."""
    subjects: frozenset[str] = frozenset()
    verb_marks: frozenset[str] = frozenset()
    """Words that stand right after a verb but not after a noun: "to" and particles such as "off"."""
    plain: frozenset[str] = frozenset()
    """Verbs that mean the future after a plural: "schools open Monday"."""
    plural_endings: tuple[str, ...] = ()
    plural_subjects: frozenset[str] = frozenset()
    no_verb_behind: frozenset[str] = frozenset()
    """Articles and similar words: a word right after one of them is not a verb in the past."""
    same_in_past: frozenset[str] = frozenset()
    """Verbs whose past is the same word as their present: "set"."""


class RuleEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rule as it is written in the file."""

    name: str
    pattern: str
    read: ReadName
    type: TimexType = "DATE"
    field: str
    source: str
    examples: tuple[str, ...]
    """Sentences with the expression in brackets, and after `=>` its type and value in an article of 22
    March 2013."""
    given: dict[str, FieldValue] = {}
    after: str = ""
    not_after: str = ""
    before: str = ""
    not_before: str = ""
    behind: str = ""
    ahead: str = ""
    only_chosen_extents: bool = False
    context_optional: bool = False
    """Whether `before` and `after` need not match where a pipeline suggests the extent."""
    name_check: NameCheck = ""
    kind: DateKind | Literal[""] = ""
    """Given only where it is not the kind that follows from `read` and `type`."""


class ShapeEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """A shape as it is written in the file: a regular expression, and the classes of what matches it."""

    form: str
    classes: tuple[str, ...]
    compound: bool = False
    """Whether it is the form of a word that is composed of other words: "Montagabend"."""


class LanguageFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The file of a language."""

    sources: dict[str, str]
    settings: LanguageSettings
    words: dict[str, dict[str, FieldValue]]
    """What each word means, by class."""
    shape: tuple[ShapeEntry, ...]
    patterns: dict[str, str] = {}
    rule: tuple[RuleEntry, ...]
    tense: TenseWords


@dataclass(frozen=True)
class Context:
    """What must and must not be around an expression: patterns that match where it begins and ends."""

    before: re.Pattern[str]
    after: re.Pattern[str]


@dataclass(frozen=True)
class Rule:
    """One way of expressing a time. `read` names an interpretation, `given` its constant fields."""

    name: str
    order: int
    read: ReadName
    type: TimexType
    kind: DateKind
    """The kind of expression; a scheme decides which kinds are marked."""
    field: str
    """The kind of text it is for: news, narrative, finance, any."""
    source: str
    given: dict[str, FieldValue]
    groups: tuple[tuple[str, str], ...]
    """The class that each group of the patterns matches, and the field it fills, in order."""
    in_text: re.Pattern[str]
    """The pattern with its context, for finding it in running text."""
    alone: re.Pattern[str]
    """The pattern without its context, for an extent that a person or a pipeline chose."""
    context: Context | None
    """The context that an extent chosen by a person or a pipeline needs too. Only a rule with `behind` or
    `ahead`, which reads a part of an expression, has one: "65" is a year after "1914-", but not after a
    name."""
    needs: frozenset[str]
    """Characters of which a text must contain at least one for the rule to match."""
    offered: Context
    """The context that an extent suggested by a pipeline needs: for a rule that is `context_optional` only what must
    not be beside it, for other rules everything."""
    examples: tuple[tuple[str, str, str], ...]
    """Sentences with the expression in brackets, each with its type and value."""
    name_check: NameCheck
    context_optional: bool
    """Whether `before` and `after` need not match where a pipeline suggests the extent."""
    only_chosen_extents: bool
    """Whether the rule only reads extents that a person chose, and finds none itself."""


@dataclass(frozen=True)
class Shape:
    """Tokens that are recognised by their form: `9:30`, `1990s`, `2021-04-08`."""

    classes: tuple[str, ...]
    fields: tuple[str, ...]
    in_words: frozenset[str]
    """Those of the fields that are also classes of words: the tables of words give the meaning of their
    letters."""


@dataclass(frozen=True, slots=True)
class KnownToken:
    """What a token means by how it is written, independent of its place."""

    lower: str
    meaning: Meaning
    character: str
    """The character for its meaning in the private alphabet of the language."""
    says_nothing: bool
    """Whether it has no meaning and is not part of a phrase."""
    dotted: bool = False
    """Whether a dot right after it belongs to it."""
    as_name: "KnownToken | None" = None
    """The token to use inside a sentence if its capital makes it a name there: "the Daily News"."""


@dataclass(eq=False, kw_only=True)
class Language:
    """Everything that is known about the dates of one language; only its caches change after it is
    compiled."""

    code: str
    token: re.Pattern[str]
    shapes: dict[str, Shape]
    compounds: tuple[tuple[re.Pattern[str], Shape], ...]
    """Forms of words that are composed of other words, each with its shape."""
    words: dict[str, Meaning]
    """For each word in lower case its classes, and what it means in each."""
    capitalised: dict[str, Meaning]
    """The same for words that count only with a capital, such as `May`; the keys are in lower case."""
    phrases: dict[str, list[tuple[tuple[str, ...], Meaning]]]
    phrase_words: frozenset[str]
    """Every word of a phrase, whether or not it means something by itself."""
    triggers: frozenset[str]
    """Words of which a text must contain at least one for any rule to match. Empty for a language with
    compounds or without spaces."""
    known: frozenset[str]
    """Every word that means something, alone or in a phrase."""
    dotted: frozenset[str]
    """Abbreviations to which a dot right after them belongs."""
    small: frozenset[str]
    """Words that are names when they have a capital inside a sentence, as in "the Daily News"."""
    rules: tuple[Rule, ...]
    sources: dict[str, str]
    """The documents that define the rules, by the short name that `Rule.source` uses."""
    characters: dict[frozenset[str], str]
    settings: LanguageSettings
    tense: TenseWords
    tense_word: re.Pattern[str]
    """Matches the words around a date, to find its tense."""
    sentence_end: re.Pattern[str]
    """Matches the end of the sentence of a date, to find its tense."""
    several: re.Pattern[str]
    """Matches a space and a word that can be a plural, right after a number."""
    one_word_numbers: OneWordNumbers | None
    """Numbers that are written as one word; `None` where the language has none."""

    known_tokens: dict[tuple[str | None, str], KnownToken] = field(default_factory=dict)
    """A cache of the meanings of tokens, by kind and as written."""
    read_runs: dict[str, Sequence[tuple[int, int, int]]] = field(default_factory=dict)
    """A cache of what the rules find in runs of tokens: the first token, the end and the rule of each
    match."""

    @cached_property
    def needing(self) -> dict[str, list[int]]:
        """For each character, the positions of the rules that need it and that find dates in running text."""
        places: dict[str, list[int]] = {}
        for rule in self.rules:
            for character in () if rule.only_chosen_extents else rule.needs:
                places.setdefault(character, []).append(rule.order)
        return places

    def character(self, classes: frozenset[str]) -> str:
        """The character of the private alphabet for a token with these classes."""
        return self.characters.get(classes, OTHER)
