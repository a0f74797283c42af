"""Compiling the tables of a language: patterns over classes of tokens become regular expressions."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Literal

from msgspec import convert

from annotations.dates.digits import DIGIT_CLASSES
from annotations.dates.fields import FIELD_NAMES, Fields, FieldValue, Meaning
from annotations.dates.language_checks import check_form, check_words
from annotations.dates.language_tables import (
    Context,
    Language,
    LanguageFile,
    Rule,
    RuleEntry,
    Shape,
    ShapeEntry,
)
from annotations.dates.numbers import OneWordNumbers
from annotations.dates.rule_patterns import Characters, Item, Needs, characters_of, items_of
from annotations.dates.scheme import DateKind
from annotations.dates.token_patterns import sentence_end_pattern, tense_pattern, token_pattern
from annotations.model.value import TimexType


class _Lexicon:
    """The words of a language: single words, words with a capital, and phrases."""

    def __init__(self, words: dict[str, dict[str, FieldValue]]) -> None:
        self.words: dict[str, Meaning] = {}
        self.capitalised: dict[str, Meaning] = {}
        self.phrases: dict[str, list[tuple[tuple[str, ...], Meaning]]] = {}
        for name, entries in words.items():
            for key, value in entries.items():
                self._enter(key, name, value)

    def enter_literal(self, item: Item) -> None:
        """Add a word that a pattern names, also to its entry with a capital if it has one."""
        self._enter(item.what, item.classes, item.what)
        if item.what in self.capitalised:
            self.capitalised[item.what].setdefault(item.classes, item.what)

    def complete(self) -> None:
        """Finish after all entries: a word with a capital has its other meanings too, and long phrases come
        first."""
        for key, classes in self.words.items():
            if key in self.capitalised:
                self.capitalised[key] = classes | self.capitalised[key]
        for forms in self.phrases.values():
            forms.sort(key=lambda form: -len(form[0]))

    def meanings(self) -> Iterable[Meaning]:
        """The meaning of each word and each phrase."""
        yield from self.words.values()
        yield from self.capitalised.values()
        yield from (meaning for forms in self.phrases.values() for _, meaning in forms)

    def _enter(self, key: str, name: str, value: FieldValue) -> None:
        parts = tuple(re.findall(r"['’]s\b|[^\W\d_]+|[^\s\w]", key.lower()))
        if len(parts) == 1:
            table = self.capitalised if key[0].isupper() else self.words
            table.setdefault(key.lower(), {})[name] = value
            return
        forms = self.phrases.setdefault(parts[0], [])
        known = next((meaning for form, meaning in forms if form == parts), None)
        if known is None:
            forms.append((parts, {name: value}))
        else:
            known[name] = value


def compile_language(code: str, file: LanguageFile) -> Language:
    """Compile the tables of a language.

    Raises `RuleError` for a rule or a shape that cannot be compiled, and `WordError` or `SettingError` for
    a word or a setting that cannot be used.
    """
    lexicon = _Lexicon(file.words)
    names: set[str] = set()
    for order, entry in enumerate(file.rule):
        with _named(entry, order):
            if entry.name in names:
                raise ValueError("another rule has this name")
            names.add(entry.name)
            if not entry.examples:
                raise ValueError("it has no example")
            if entry.source not in file.sources:
                raise ValueError(f"there is no source {entry.source}")
            for pattern in (entry.pattern, *_contexts(entry)):
                for item in items_of(pattern, file.patterns):
                    if item.kind == "word":
                        lexicon.enter_literal(item)
    lexicon.complete()
    made = [_shape(entry, file.words, number) for number, entry in enumerate(file.shape)]
    plain = [entry for entry in file.shape if not entry.compound]
    of_plain = (shape for entry, shape in zip(file.shape, made, strict=True) if not entry.compound)
    shapes = {f"shape_{index}": shape for index, shape in enumerate(of_plain)}
    compounds = tuple(
        (re.compile(entry.form), shape)
        for entry, shape in zip(file.shape, made, strict=True)
        if entry.compound
    )
    every_shape = [*shapes.values(), *(shape for _, shape in compounds)]
    characters = _characters(lexicon, every_shape)
    compiler = _RuleCompiler(file.patterns, characters, every_shape)
    rules = []
    for order, entry in enumerate(file.rule):
        with _named(entry, order):
            rules.append(compiler.compile(order, entry))
    check_words(file.words, (group for rule in rules for group in rule.groups if group[1]))
    phrase_words = {word for forms in lexicon.phrases.values() for parts, _ in forms for word in parts}
    by_letters = bool(compounds) or file.settings.without_spaces
    return Language(
        code=code,
        token=token_pattern(plain, list(lexicon.words) if file.settings.without_spaces else []),
        shapes=shapes,
        compounds=compounds,
        words=lexicon.words,
        capitalised=lexicon.capitalised,
        phrases=lexicon.phrases,
        phrase_words=frozenset(phrase_words),
        triggers=frozenset() if by_letters else compiler.triggers(lexicon),
        known=frozenset(lexicon.words) | frozenset(lexicon.capitalised) | frozenset(phrase_words),
        dotted=frozenset(file.settings.dotted),
        small=frozenset(file.settings.small),
        rules=tuple(rules),
        sources=file.sources,
        characters=characters,
        settings=file.settings,
        tense=file.tense,
        tense_word=tense_pattern(file),
        sentence_end=sentence_end_pattern(file),
        several=_several(file),
        one_word_numbers=_one_word_numbers(file),
    )


def _several(file: LanguageFile) -> re.Pattern[str]:
    try:
        check_form(file.settings.several)
        return re.compile(rf"[ ](?:{file.settings.several})\b")
    except (re.error, ValueError) as error:
        raise SettingError("several", str(error)) from error


def _one_word_numbers(file: LanguageFile) -> OneWordNumbers | None:
    settings = file.settings
    if not settings.units_tens_joint:
        return None
    cardinals, multipliers = (
        {
            word.lower(): value
            for word, value in file.words.get(name, {}).items()
            if isinstance(value, int)
        }
        for name in ("cardinal", "multiplier")
    )
    try:
        return OneWordNumbers(cardinals, multipliers, settings.units_tens_joint, settings.ordinal_ending)
    except re.error as error:
        raise SettingError("ordinal_ending", str(error)) from error


class SettingError(ValueError):
    """A setting cannot be used; `key` names it."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(f"{key}: {message}")
        self.key = key


class RuleError(ValueError):
    """A rule or a shape cannot be compiled; `number` is its position in the file, counted from 0."""

    def __init__(self, number: int, message: str, of: Literal["rule", "shape"] = "rule") -> None:
        super().__init__(message)
        self.number = number
        self.of = of


@contextmanager
def _named(entry: RuleEntry, order: int) -> Iterator[None]:
    """Raise the errors in a rule with the rule's name and position."""
    try:
        yield
    except (ValueError, re.error) as error:
        raise RuleError(order, f"the rule {entry.name!r}: {error}") from error


_NUMBER_IN_FIGURES = "digits"
"""The only part of a shape that is not a field: a number, for the field that the class fills in a rule."""


_NUMBER = "number"


def _shape(entry: ShapeEntry, words: Mapping[str, object], number: int) -> Shape:
    try:
        parts = tuple(re.compile(entry.form).groupindex)
        check_form(entry.form)
    except (re.error, ValueError) as error:
        raise RuleError(number, f"the shape {entry.form}: {error}", "shape") from error
    unknown = [part for part in parts if part != _NUMBER_IN_FIGURES and part not in FIELD_NAMES]
    if unknown:
        raise RuleError(
            number, f"the shape {entry.form} has the part {unknown[0]}, which is not a field", "shape"
        )
    in_words = {part for part in parts if part in words or part == _NUMBER}
    return Shape(entry.classes, parts, frozenset(in_words))


def _characters(lexicon: _Lexicon, shapes: Iterable[Shape]) -> Characters:
    sets = {frozenset(meaning) for meaning in lexicon.meanings()}
    sets |= {frozenset(shape.classes) for shape in shapes}
    sets |= DIGIT_CLASSES
    sets |= {frozenset({"number"}), frozenset({"ordinal"})}
    return {classes: chr(1 + i) for i, classes in enumerate(sorted(sets, key=sorted))}


_KINDS: Mapping[TimexType, DateKind] = {
    "DATE": "date",
    "TIME": "time",
    "DURATION": "duration",
    "SET": "set",
}


def _kind(entry: RuleEntry) -> DateKind:
    return "now" if entry.read == "reference" else _KINDS[entry.type]


def _example(written: str) -> tuple[str, str, str]:
    sentence, arrow, meaning = written.rpartition(" => ")
    type_, _, value = meaning.partition(" ")
    if not (arrow and value and sentence.count("[") == sentence.count("]") == 1):
        raise ValueError(
            f"the example {written!r} is not of the form 'He came [today]. => DATE 2013-03-22'"
        )
    return sentence, type_, value


def _contexts(entry: RuleEntry) -> tuple[str, ...]:
    return (entry.after, entry.not_after, entry.before, entry.not_before, entry.behind, entry.ahead)


def _rarest(parts: tuple[str, ...]) -> str:
    """The longest word of a phrase, which is likely to be the rarest one in texts."""
    return max(parts, key=lambda part: (len(part), part))


_NUMBER_WORDS = frozenset({"cardinal", "multiplier", "ordinal"})
_SHORT_WORD = 5


def _is_common(classes: frozenset[str]) -> bool:
    """Whether a token is a short word that patterns name, such as "the", and has hardly any other meaning."""
    literals = [name for name in classes if name.startswith("=")]
    return (
        bool(literals)
        and all(len(name) <= _SHORT_WORD + 1 for name in literals)
        and all(name.startswith("=") or name.endswith("prep") or name == "joiner" for name in classes)
    )


class _RuleCompiler:
    """Compiles the rules of one language, in its private alphabet."""

    def __init__(self, macros: dict[str, str], characters: Characters, shapes: Iterable[Shape]) -> None:
        self._macros = macros
        self._characters = characters
        self._common = {char for classes, char in characters.items() if _is_common(classes)}
        self._needed: set[str] = set()
        self._shape_classes = {name for shape in shapes for name in shape.classes}

    def compile(self, order: int, entry: RuleEntry) -> Rule:
        """Compile one rule. Raises `ValueError` for a class, word or field that does not exist."""
        convert(entry.given, Fields)
        items = items_of(entry.pattern, self._macros)
        body, groups = self._body(items)
        if re.fullmatch(body, ""):
            raise ValueError("its pattern matches even without a word")
        before, after = self._context(entry)
        return Rule(
            name=entry.name,
            order=order,
            read=entry.read,
            type=entry.type,
            kind=entry.kind or _kind(entry),
            field=entry.field,
            source=entry.source,
            given=entry.given,
            groups=tuple(groups),
            in_text=re.compile(f"{before}(?:{body}){after}", re.DOTALL),
            alone=re.compile(f"(?:{body})", re.DOTALL),
            context=Context(re.compile(before, re.DOTALL), re.compile(after, re.DOTALL))
            if entry.behind or entry.ahead
            else None,
            offered=self._offered(entry),
            needs=self._needs(entry, items),
            examples=tuple(map(_example, entry.examples)),
            name_check=entry.name_check,
            context_optional=entry.context_optional,
            only_chosen_extents=entry.only_chosen_extents,
        )

    def triggers(self, lexicon: _Lexicon) -> frozenset[str]:
        """The words that the compiled rules need: in a text without any of them no rule matches."""
        found = {
            word
            for words in (lexicon.words, lexicon.capitalised)
            for word, meaning in words.items()
            if self._is_needed(meaning)
        }
        for forms in lexicon.phrases.values():
            found |= {_rarest(parts) for parts, meaning in forms if self._is_needed(meaning)}
        return frozenset(found)

    def _is_needed(self, meaning: Meaning) -> bool:
        """Whether a word can be of a class that a rule needs, perhaps as a part of a number."""
        return self._characters[frozenset(meaning)] in self._needed or not _NUMBER_WORDS.isdisjoint(
            meaning
        )

    def _needs(self, entry: RuleEntry, items: list[Item]) -> frozenset[str]:
        """Characters of which a text must contain at least one for the rule to match."""
        needs = frozenset(Needs(items, self._characters, self._common).of_alternatives())
        if not entry.only_chosen_extents:
            self._needed |= needs
        return needs

    def _body(self, items: list[Item]) -> tuple[str, list[tuple[str, str]]]:
        """The regular expression of a pattern, and the class and the field of each of its groups."""
        groups: list[tuple[str, str]] = []
        body = ""
        for item in items:
            field = self._field(item)
            if field is None:
                body += self._expression(item)
            else:
                body += f"({self._expression(item)})"
                groups.append((item.what.partition("!")[0], field))
        return body, groups

    def _field(self, item: Item) -> str | None:
        """The field that an item fills; empty for a shape, whose parts are fields; `None` if it fills none."""
        if item.kind != "class" or item.field == "":
            return None
        if item.field and item.field not in FIELD_NAMES:
            raise ValueError(f"there is no field {item.field}")
        name = item.what.partition("!")[0]
        field = item.field or (name if name in FIELD_NAMES else "")
        return field if field or name in self._shape_classes else None

    def _context(self, entry: RuleEntry) -> tuple[str, str]:
        """What must match where the expression begins and where it ends."""
        before = after = ""
        if entry.after:
            before += f"(?<={self._one_token(entry.after)})"
        before += self._unless("<!", entry.not_after)
        if entry.before:
            after += f"(?={self._one_token(entry.before)})"
        after += self._unless("!", entry.not_before)
        if entry.behind:
            before += f"(?<={self._sequence(entry.behind)})"
        if entry.ahead:
            after += f"(?={self._sequence(entry.ahead)})"
        return before, after

    def _offered(self, entry: RuleEntry) -> Context:
        """What must be around an extent that a pipeline suggests."""
        before, after = self._unless("<!", entry.not_after), self._unless("!", entry.not_before)
        if not entry.context_optional:
            before, after = self._context(entry)
        return Context(re.compile(before, re.DOTALL), re.compile(after, re.DOTALL))

    def _unless(self, sign: str, pattern: str) -> str:
        """A condition that no such token is there; empty for an empty pattern."""
        return f"(?{sign}{self._one_token(pattern)})" if pattern else ""

    def _one_token(self, pattern: str) -> str:
        """A regular expression for one token, any of those that a pattern names."""
        items = [item for item in items_of(pattern, self._macros) if item.kind != "sign"]
        return "[" + "".join(self._expression(item)[1:-1] for item in items) + "]"

    def _sequence(self, pattern: str) -> str:
        """The regular expression of a pattern, without groups for its parts."""
        return "".join(self._expression(item) for item in items_of(pattern, self._macros))

    def _expression(self, item: Item) -> str:
        if item.kind == "sign":
            return "(?:" if item.what == "(" else item.what
        found = sorted(characters_of(item.classes, self._characters))
        return "[" + "".join(re.escape(char) for char in found) + "]"
