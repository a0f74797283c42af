"""The tables of one language: its words, shapes, patterns and rules, compiled for reading.

A language is one TOML file in `languages/`; `languages/en.toml` explains the format at its top. Rules
are patterns over *classes* of tokens (`<month> <day> ,? <year>`), not over letters. Every set of
classes a token can have is one character of a private alphabet, so a text becomes a short string of
such characters and a rule a small regular expression over it, without nested repetition: reading a
text is linear in its length whatever it holds. (The idea of a cascade over classes is that of
finite-state chunking: Abney, "Partial parsing via finite-state cascades", 1996.)
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
"""What an expression could be part of instead: the name of a person, with an article a title, a title in
capitals, a number of things, points and verses, a list of other numbers than years."""


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
"""How the parts of an expression make a value: the interpretations of `interpretations/table.py`."""


class LanguageSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """What is known of a language beside its words and rules."""

    dotted: tuple[str, ...]
    """Abbreviations that may carry a dot."""
    small: tuple[str, ...]
    """Words that are names with a capital."""
    first_in_slash_date: Literal["day", "month"]
    earlier_words: tuple[str, ...]
    other_words: tuple[str, ...]
    comparing: tuple[str, ...] = ()
    """Words that compare with another time: "from", "than"."""
    articles: tuple[str, ...] = ()
    name_words: tuple[str, ...] = ()
    """What a weekday or a month right before it is the name of, with a capital: "Thursday Island"."""
    titles: tuple[str, ...] = ()
    """What stands before a name of a person, without a dot: "Mr Friday"."""
    count_words: tuple[str, ...] = ()
    """What stands before a number of things and not before a year."""
    year_words: tuple[str, ...] = ()
    """What stands before a year and not before a number of things; where there are such words, a number that
    several things stand behind is a year behind one of them only."""
    several: str = r"[^\W\d_A-Z]{3,}[^\Ws\d_]s"
    """The form of a word that can be a plural right behind a number."""
    score_words: tuple[str, ...] = ()
    """What tells of points and verses in the words before a clock."""
    clock_words: tuple[str, ...] = ()
    """What stands right before a time of day all the same."""
    decimal_sign: Literal[".", ","] = "."
    """What stands before the fraction of a number in figures; the other one of the two groups thousands."""
    without_spaces: bool = False
    """Whether no spaces stand between words: then words are cut out of the text by the tables, the longest
    first, and numbers can be written in Chinese characters."""
    number_joint: str = ""
    """What stands between a unit and the ten behind it in a number of one word: "siebenundzwanzig". Empty where
    numbers are not written as one word."""
    ordinal_ending: str = ""
    """The form of the ending that makes an ordinal of such a number."""
    today_is_vague: bool = False
    """Whether "today" means these days in a text that speaks of no other day."""


class TenseWords(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words and endings that tell the past from what is to come."""

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
    """Those of the promises that are made to somebody, who stands before "to": "ordered him to"."""
    perfects: frozenset[str] = frozenset()
    """What makes an auxiliary of mood one of the past: "should have paid"."""
    states: frozenset[str] = frozenset()
    """Verbs whose present tells how things are, and nothing of what is to come: "has", "says"."""
    progressive_endings: tuple[str, ...] = ()
    """How a verb ends that with one of `present_auxiliaries` is planned or going on: "is visiting"."""
    present_auxiliaries: frozenset[str] = frozenset()
    between_auxiliary: frozenset[str] = frozenset()
    """What may stand between the two: "not", "also"."""
    backwards: frozenset[str] = frozenset()
    """What stands before something that was earlier than the verb: "after", "following"."""
    future_right_behind: frozenset[str] = frozenset()
    """Verbs that a day to come is the subject of: "Monday is a holiday"."""
    future_right_before: tuple[str, ...]
    future_before_to: frozenset[str]
    to: tuple[str, ...]
    looking_ahead: tuple[str, ...] = ()
    """What looks ahead from right before a date, unless the clause is in the past: "until", "by"."""
    between: frozenset[str] = frozenset()
    """What may stand between such a word and the date."""
    past_auxiliaries: frozenset[str] = frozenset()
    looking_back: tuple[str, ...] = ()
    """What looks back from right before a date, whatever the verb: "since"."""
    past_right_behind: tuple[str, ...] = ()
    """What a date of the past is followed by unless the future is certain: the apostrophe of "Tuesday's"."""
    certain_future: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()
    """Which of the words of the future are nouns too, and verbs only behind a subject."""
    subjects: frozenset[str] = frozenset()
    verb_marks: frozenset[str] = frozenset()
    """What stands right behind a verb, and behind no noun: "to" and particles such as "off"."""
    plain: frozenset[str] = frozenset()
    """Verbs that are the future behind a plural: "schools open Monday"."""
    plural_endings: tuple[str, ...] = ()
    plural_subjects: frozenset[str] = frozenset()
    no_verb_behind: frozenset[str] = frozenset()
    """Articles and the like: what stands right behind them is a noun."""
    same_in_past: frozenset[str] = frozenset()
    """Verbs whose past is the same word as their present: "set"."""


class RuleEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rule as the file has it."""

    name: str
    pattern: str
    read: ReadName
    type: TimexType = "DATE"
    field: str
    source: str
    examples: tuple[str, ...]
    """Sentences with the expression in brackets, and behind `=>` its type and value, as they are read in
    an article of 22 March 2013."""
    given: dict[str, FieldValue] = {}
    after: str = ""
    not_after: str = ""
    before: str = ""
    not_before: str = ""
    behind: str = ""
    ahead: str = ""
    only_given: bool = False
    vouched: bool = False
    """Whether a pipeline that offers the extent stands in for what must stand beside it."""
    name_check: NameCheck = ""
    kind: DateKind | Literal[""] = ""
    """Where it is not the one that follows from `read` and `type`."""


class ShapeEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """A shape as the file has it: a regular expression and the classes of what matches it."""

    form: str
    classes: tuple[str, ...]
    compound: bool = False
    """Whether it is the form of a whole word of letters that is made of others: "Montagabend"."""


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
    """What must and must not stand around an expression: patterns that match where it begins and ends."""

    before: re.Pattern[str]
    after: re.Pattern[str]


@dataclass(frozen=True)
class Rule:
    """One way of saying when. `read` names an interpretation, `given` its constant fields."""

    name: str
    order: int
    read: ReadName
    type: TimexType
    kind: DateKind
    """What schemes decide about."""
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
    """The context that a chosen extent needs too: that of a rule for a part of an expression, which has
    `behind` or `ahead`. "65" is a year behind "1914-" and not behind a name."""
    needs: frozenset[str]
    """Characters of which a text must have one for the rule to match anywhere in it."""
    offered: Context
    """What an extent that a pipeline offers needs around it: the same as any, but that the pipeline stands in
    for what must stand beside a rule that is `vouched`."""
    examples: tuple[tuple[str, str, str], ...]
    """Sentences with the expression in brackets, each with its type and value."""
    name_check: NameCheck
    vouched: bool
    """Whether a pipeline that offers the extent stands in for what must stand beside it."""
    only_given: bool
    """Whether the rule reads given extents only and finds nothing itself."""


@dataclass(frozen=True)
class Shape:
    """Tokens that are known by their form: `9:30`, `1990s`, `2021-04-08`."""

    classes: tuple[str, ...]
    fields: tuple[str, ...]
    in_words: frozenset[str]
    """Those of the fields that are also classes of words: what their letters mean, the words say."""


@dataclass(frozen=True, slots=True)
class KnownToken:
    """What a token means as it is written, wherever it stands."""

    lower: str
    meaning: Meaning
    character: str
    """That of its meaning in the alphabet of the language."""
    says_nothing: bool
    """Whether it means nothing and is in no phrase."""
    dotted: bool = False
    """Whether the dot behind it belongs to it."""
    as_name: "KnownToken | None" = None
    """What it is within a sentence, where its capital then makes it a name: "the Daily News"."""


@dataclass(eq=False, kw_only=True)
class Language:
    """Everything that is known about the dates of one language; read only once it is compiled."""

    code: str
    token: re.Pattern[str]
    shapes: dict[str, Shape]
    compounds: tuple[tuple[re.Pattern[str], Shape], ...]
    """Forms of whole words that are made of others."""
    words: dict[str, Meaning]
    """Lower-case word to its classes and what it means in each."""
    capitalised: dict[str, Meaning]
    """The same for words that count only with a capital, such as `May`; a key is lower-case."""
    phrases: dict[str, list[tuple[tuple[str, ...], Meaning]]]
    phrase_words: frozenset[str]
    """Every word of a phrase, whether or not it means something by itself."""
    triggers: frozenset[str]
    """The words of which a text must have one for any rule to match; none where words are made of others."""
    known: frozenset[str]
    """Every word that means something, alone or in a phrase."""
    dotted: frozenset[str]
    """Abbreviations that take their dot with them."""
    small: frozenset[str]
    """Words that are names when they have a capital inside a sentence, as in "the Daily News"."""
    rules: tuple[Rule, ...]
    sources: dict[str, str]
    """Where the rules are laid down, by the short name that `Rule.source` uses."""
    characters: dict[frozenset[str], str]
    settings: LanguageSettings
    tense: TenseWords
    tense_word: re.Pattern[str]
    """What the words around a date are cut by, to find its tense."""
    sentence_end: re.Pattern[str]
    """What ends the sentence of a date there."""
    several: re.Pattern[str]
    """A space and a word right behind a number that can be a plural."""
    one_word_numbers: OneWordNumbers | None
    """Numbers that are written as one word, where the language has such."""

    known_tokens: dict[tuple[str | None, str], KnownToken] = field(default_factory=dict)
    """What tokens mean that were read before, by kind and as written."""
    read_runs: dict[str, Sequence[tuple[int, int, int]]] = field(default_factory=dict)
    """What the rules find in runs of tokens that were read before: first token, end and rule of each."""

    @cached_property
    def needing(self) -> dict[str, list[int]]:
        """The places in the table of the rules that each character is needed by, of those that find dates."""
        places: dict[str, list[int]] = {}
        for rule in self.rules:
            for character in () if rule.only_given else rule.needs:
                places.setdefault(character, []).append(rule.order)
        return places

    def character(self, classes: frozenset[str]) -> str:
        """The character of the private alphabet for a token with these classes."""
        return self.characters.get(classes, OTHER)
