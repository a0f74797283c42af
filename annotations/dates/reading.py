"""Reading a text for date expressions: which rule matches where, and what its parts say.

No calendar here: a reading knows that "last June 12" is month 6, day 12 and "last", not which year.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from annotations.dates.language import OTHER, Context, Fields, Language, Rule, digit_classes


@dataclass(frozen=True, slots=True)
class Reading:
    """One date expression as one rule reads it. Offsets are code points, end exclusive."""

    start: int
    end: int
    rule: Rule
    fields: Fields


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text as the rules see it: one character of the language's alphabet for each token."""

    starts: list[int]
    ends: list[int]
    meanings: list[Fields]
    """What each token means, by class."""
    characters: str


_NOTHING: Fields = {}
_BEFORE_A_SENTENCE = frozenset(("", ".", "!", "?", ":", '"', "“", "‘", "—", "-", "("))


@lru_cache(maxsize=8)
def read(text: str, language: Language) -> tuple[Reading, ...]:
    """What `find` finds. The last texts are kept, so that reading one again costs nothing."""
    return tuple(find(text, language))


def find(text: str, language: Language) -> list[Reading]:
    """The date expressions of a text in reading order, none overlapping another.

    Of readings that overlap, the one that begins first counts, then the longest, then the rule that
    stands first in the table.
    """
    tokens = tokenise(text, language)
    found: list[tuple[int, int, int]] = []
    present = set(tokens.characters)
    for rule in language.rules:
        if not rule.only_given and not rule.needs.isdisjoint(present):
            found += [
                (m.start(), -m.end(), rule.order) for m in rule.in_text.finditer(tokens.characters)
            ]
    found.sort()
    readings = []
    reached = 0
    for first, end, order in found:
        if first >= reached:
            reached = -end
            readings.append(_reading(language.rules[order], tokens, first, reached))
    return readings


def read_given(text: str, start: int, end: int, language: Language) -> Reading | None:
    """The best reading of an extent that somebody chose, whatever stands around it.

    A rule that reads the whole extent comes first, then the longest reading inside it. Rules for a part
    of an expression, such as the second day of a range, need the rest of it beside them here too.
    """
    tokens = tokenise(text[start:end], language)
    surroundings: _Surroundings | None = None
    best: tuple[int, int, int, int] | None = None
    for rule in language.rules:
        for match in rule.alone.finditer(tokens.characters):
            candidate = (match.start() - match.end(), rule.order, match.start(), match.end())
            if best is not None and candidate > best:
                continue
            if rule.context is not None:
                surroundings = surroundings or _surroundings(text, start, end, tokens, language)
                if not surroundings.fit(rule.context, *match.span()):
                    continue
            best = candidate
    if best is None:
        return None
    reading = _reading(language.rules[best[1]], tokens, best[2], best[3])
    return Reading(reading.start + start, reading.end + start, reading.rule, reading.fields)


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """The characters of an extent's tokens with those of the tokens beside it."""

    characters: str
    first: int
    """How many of them stand before the extent."""

    def fit(self, context: Context, begin: int, end: int) -> bool:
        """Whether what stands around the tokens from `begin` to `end` of the extent is as required."""
        return bool(
            context.before.match(self.characters, self.first + begin)
            and context.after.match(self.characters, self.first + end)
        )


_BESIDE = 80
"""How far beside an extent its context is looked for, in code points."""
_SPACE = re.compile(r"\s")


def _surroundings(text: str, start: int, end: int, inside: Tokens, language: Language) -> _Surroundings:
    """The tokens of an extent between those before and behind it, up to the edge of a paragraph."""
    first, last = max(0, start - _BESIDE), min(len(text), end + _BESIDE)
    # A word that is cut in two could read as another one.
    if first > 0:
        space = _SPACE.search(text, first, start)
        first = space.start() if space else start
    if last < len(text):
        last = max((m.start() for m in _SPACE.finditer(text, end, last)), default=end)
    before, behind = tokenise(text[first:start], language), tokenise(text[end:last], language)
    left, right = before.characters, behind.characters
    if inside.starts and before.ends:
        gap = text[first + before.ends[-1] : start + inside.starts[0]]
        left = "" if _is_paragraph_break(gap) else left
    if inside.ends and behind.starts:
        gap = text[start + inside.ends[-1] : end + behind.starts[0]]
        right = "" if _is_paragraph_break(gap) else right
    return _Surroundings(left + inside.characters + right, len(left))


def _reading(rule: Rule, tokens: Tokens, first: int, end: int) -> Reading:
    match = rule.alone.fullmatch(tokens.characters, first, end)
    fields = dict(rule.given)
    if match:
        for group, name in enumerate(rule.names, 1):
            at = match.start(group)
            if at >= 0:
                kind, _, into = name.partition(":")
                said = tokens.meanings[at][kind]
                if not isinstance(said, dict):
                    fields[into] = said
                elif "digits" in said:
                    fields[into] = number_value(said)
                else:
                    fields.update((f, int(v) if v.isdecimal() else v) for f, v in said.items())
    return Reading(tokens.starts[first], tokens.ends[end - 1], rule, fields)


def tokenise(text: str, language: Language) -> Tokens:
    """Cut a text into tokens and look up what they can mean.

    Of a run of tokens that mean nothing one stands for all.
    """
    starts: list[int] = []
    ends: list[int] = []
    meanings: list[Fields] = []
    words: list[str] = []
    last = 0
    previous = ""
    idle = False
    for match in language.token.finditer(text):
        start, end = match.span()
        if start - last > 1 and _is_paragraph_break(text[last:start]):
            previous = ""
            if not idle:
                starts.append(last)
                ends.append(last)
                meanings.append(_NOTHING)
                words.append("")
                idle = True
        kind = match.lastgroup
        word = match[0]
        if kind == "word" or kind == "letters":
            lower = word.lower()
            meaning = language.words.get(lower, _NOTHING)
            if lower != word and word[0] != lower[0]:
                meaning = language.capitalised.get(lower, meaning)
                if lower in language.small and previous not in _BEFORE_A_SENTENCE:
                    meaning = _NOTHING
            if lower in language.dotted and text.startswith(".", end):
                end += 1
        elif kind == "digits":
            lower = word
            meaning = dict.fromkeys(digit_classes(word), int(word) if len(word) < _MOST_DIGITS else 0)
        elif kind is None:
            if last > start:
                continue
            lower = "-" if word in _HYPHENS else word
            meaning = language.words.get(lower, _NOTHING)
        else:
            shape = language.shapes[kind]
            number = kind.rpartition("_")[2]
            parts = {f: match[f"{f}_{number}"] for f in shape.fields if match[f"{f}_{number}"]}
            meaning = dict.fromkeys(shape.classes, parts)
            lower = word.lower().replace("’", "'")
        last = end
        previous = lower
        if not meaning and lower not in language.phrase_words:
            if idle:
                continue
            idle = True
        else:
            idle = False
        starts.append(start)
        ends.append(end)
        meanings.append(meaning)
        words.append(lower)
    return _merge(Tokens(starts, ends, meanings, ""), words, language)


_MOST_DIGITS = 20
"""From how many digits on a number counts nothing in the calendar, and is read as 0."""
_HYPHENS = frozenset("\u2010\u2011\u2013")


def _is_paragraph_break(gap: str) -> bool:
    return gap.count("\n") > 1 or gap.count("\r") > 1 or "\u2029" in gap or "\f" in gap


def _merge(tokens: Tokens, words: list[str], language: Language) -> Tokens:
    """Make one token of each phrase ("a couple of") and each number in words ("twenty-five")."""
    starts: list[int] = []
    ends: list[int] = []
    meanings: list[Fields] = []
    characters: list[str] = []
    index, count = 0, len(words)
    while index < count:
        meaning = tokens.meanings[index]
        size = 1
        if words[index] in language.phrases:
            for parts, classes in language.phrases[words[index]]:
                if tuple(words[index : index + len(parts)]) == parts:
                    meaning, size = classes, len(parts)
                    break
        if size == 1 and ("cardinal" in meaning or "multiplier" in meaning or "number" in meaning):
            meaning, size = _number(tokens.meanings, index, meaning)
        starts.append(tokens.starts[index])
        ends.append(tokens.ends[index + size - 1])
        meanings.append(meaning)
        characters.append(language.character(frozenset(meaning)) if meaning else OTHER)
        index += size
    return Tokens(starts, ends, meanings, "".join(characters))


_LONGEST_NUMBER = 12


def _number(meanings: list[Fields], index: int, first: Fields) -> tuple[Fields, int]:
    """The number in words that begins at a token, and how many tokens it takes.

    Of tens and units only one of each counts, so that "twenty ten" stays two numbers.
    """
    total, part, taken = 0.0, 0.0, 0
    room = 1000.0
    at = index
    limit = min(len(meanings), index + _LONGEST_NUMBER)
    while at < limit:
        meaning = meanings[at]
        joiner = "joiner" in meaning and at > index and at + 1 < limit
        if joiner:
            meaning = meanings[at + 1]
        step = 2 if joiner else 1
        if "multiplier" in meaning:
            scale = meaning["multiplier"]
            if joiner:
                break
            if scale == 100:
                part = (part or 1) * 100
                room = 100
            else:
                total, part, room = total + (part or 1) * scale, 0.0, 1000.0
        elif "cardinal" in meaning:
            value = meaning["cardinal"]
            if value >= room or (joiner and not taken):
                break
            part += value
            room = 10 if value >= 20 and value % 10 == 0 else 1
        elif (
            at == index
            and "number" in meaning
            and len(meanings) > at + 1
            and "multiplier" in meanings[at + 1]
        ):
            value = meaning["number"]
            part = number_value(value)
        elif (
            taken
            and "ordinal" in meaning
            and isinstance(meaning["ordinal"], int)
            and meaning["ordinal"] < room
        ):
            part += meaning["ordinal"]
            at += step
            return {"ordinal": int(total + part)}, at - index
        else:
            break
        at += step
        taken += 1
    if not taken:
        return first, 1
    value = total + part
    return {"number": int(value) if value == int(value) else value}, at - index


def number_value(value: Any) -> float:
    """The size of a number token: an integer, or the parts of a shape such as `1,500` or `2.5`."""
    if isinstance(value, dict):
        digits = str(value["digits"]).replace(",", "")
        number = float(digits) if len(digits.partition(".")[0]) < _MOST_DIGITS else 0.0
        return int(number) if number.is_integer() else number
    return float(value) if isinstance(value, (int, float)) else 0.0
