"""Finding date expressions in a text: which rule matches where, and what the parts of the match say.

Nothing here uses the calendar: a reading knows that "last June 12" is month 6, day 12 and "last", but not which year.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from msgspec import convert

from annotations.dates.fields import HALF, Fields
from annotations.dates.language_tables import OTHER, Context, Language, Rule
from annotations.dates.names import is_part_of_something_else
from annotations.dates.numbers import number_value
from annotations.dates.scheme import SCHEMES, DateKind, Stamp
from annotations.dates.time_stamps import without_time_stamps
from annotations.dates.tokens import DateTokens, is_paragraph_break, tokenise


@dataclass(frozen=True, slots=True)
class DateReading:
    """One date expression as one rule reads it. Offsets are code points, end exclusive."""

    start: int
    end: int
    rule: Rule
    fields: Fields

    @property
    def kind(self) -> DateKind:
        """The kind of expression; a scheme decides which kinds are marked."""
        return self.rule.kind


_KEPT_RUN = 24
"""The matches in a run of tokens are cached if it has at most this many tokens."""
_KEPT_RUNS = 20_000


@lru_cache(maxsize=8)
def read(text: str, language: Language, stamps: tuple[Stamp, ...] | None) -> tuple[DateReading, ...]:
    """The result of `date_readings`, cached for the last texts, so that reading one again costs nothing."""
    return tuple(date_readings(text, language, stamps))


def readings_of_part(readings: Sequence[DateReading], begin: int, end: int) -> list[DateReading]:
    """The readings that lie between two offsets of a text, with their offsets counted from `begin`."""
    first = bisect_left(readings, begin, key=lambda reading: reading.start)
    last = bisect_left(readings, end, first, key=lambda reading: reading.start)
    return [
        DateReading(reading.start - begin, reading.end - begin, reading.rule, reading.fields)
        for reading in readings[first:last]
        if reading.end <= end
    ]


def date_readings(
    text: str, language: Language, stamps: tuple[Stamp, ...] | None = None
) -> list[DateReading]:
    """The date expressions of a text, in reading order and without overlaps.

    Of readings that overlap, the one that begins first is kept, then the longest, then the one whose
    rule is first in the table. Names of people and newspapers are left out, and so are the time stamps
    of a transcript. `stamps` are the forms of time stamps of the whole document, where they are known.
    """
    readings = _all_readings(text, language)
    dates = [
        r
        for r in readings
        if not is_part_of_something_else(text, r.start, r.end, r.rule, r.fields, language)
    ]
    return without_time_stamps(text, _without_unsupported(dates), stamps)


def _without_unsupported(readings: list[DateReading]) -> list[DateReading]:
    """The readings, without those that need another one before them and have none.

    "The half" is that of a match unless a half-year was named before, "the date" can be any date unless
    a day was named, and 1723 is only a number unless it continues a list of years.
    """
    half_named = day_named = False
    kept: list[DateReading] = []
    for reading in readings:
        fields = reading.fields
        half_named = half_named or fields.halfyear is not None or fields.latter is not None
        if fields.period == HALF and not half_named:
            continue
        if reading.rule.read == "day named" and not day_named:
            continue
        day_named = day_named or _names_day(fields)
        if reading.rule.name_check == "list" and not (kept and _goes_on(kept[-1], reading)):
            continue
        kept.append(reading)
    return kept


def _names_day(fields: Fields) -> bool:
    said = fields.day, fields.weekday, fields.dayword, fields.holiday
    return any(part is not None for part in said)


_BETWEEN = 8
"""At most how many code points are between two years of a list."""


def _goes_on(before: DateReading, reading: DateReading) -> bool:
    return before.fields.year is not None and reading.start - before.end <= _BETWEEN


def _all_readings(text: str, language: Language) -> list[DateReading]:
    """All that the rules read, even where it is part of a name or of something else."""
    tokens = tokenise(text, language)
    readings = []
    begin = 0
    for run in tokens.characters.split(OTHER):
        if run:
            readings += [
                _reading(language.rules[order], tokens, begin + first, begin + end)
                for first, end, order in _matches_in_run(run, language)
            ]
        begin += len(run) + 1
    return readings


def _matches_in_run(run: str, language: Language) -> Sequence[tuple[int, int, int]]:
    """Where rules match in a run of tokens that all have a meaning, and each rule's place in the table.

    No rule matches across a token without a meaning, so the same run has the same matches everywhere.
    """
    known = language.read_runs.get(run)
    if known is not None:
        return known
    present = set(run)
    # On either side is a token without a meaning, as in the text.
    around = f"{OTHER}{run}{OTHER}"
    found: list[tuple[int, int, int]] = []
    for order in {order for character in present for order in language.needing.get(character, ())}:
        rule = language.rules[order]
        found += [(m.start() - 1, 1 - m.end(), rule.order) for m in rule.in_text.finditer(around)]
    found.sort()
    matches = []
    reached = 0
    for first, end, order in found:
        if first >= reached:
            reached = -end
            matches.append((first, reached, order))
    if len(run) <= _KEPT_RUN:
        if len(language.read_runs) >= _KEPT_RUNS:
            language.read_runs.clear()
        language.read_runs[run] = matches
    return matches


def read_given(
    text: str,
    start: int,
    end: int,
    language: Language,
    by_person: bool = True,
    kinds: Set[DateKind] = SCHEMES["timex3"],
) -> DateReading | None:
    """The best reading of an extent that a person or a pipeline chose.

    A reading of the whole extent is best, else the longest one inside it. The text around it does not
    matter, but a rule for a part of an expression, such as the second day of a range, needs the rest of
    the expression beside it. An extent that a pipeline chose must also have around it what the rule
    requires, unless the rule lets a pipeline vouch for it, and rules that find nothing by themselves
    are not used. Only rules of these `kinds` are used. An extent that names another calendar than the
    Gregorian one has no reading.
    """
    tokens = tokenise(text[start:end], language)
    if _names_calendar(tokens):
        return None
    surroundings: _Surroundings | None = None
    best: tuple[int, int, int, int] | None = None
    for rule in language.rules:
        if (rule.only_chosen_extents and not by_person) or rule.kind not in kinds:
            continue
        contexts = [rule.context] if rule.context is not None else []
        if not by_person:
            contexts.append(rule.offered)
        for match in rule.alone.finditer(tokens.characters):
            candidate = (match.start() - match.end(), rule.order, match.start(), match.end())
            if best is not None and candidate > best:
                continue
            if contexts:
                surroundings = surroundings or _surroundings(text, start, end, tokens, language)
                if not all(surroundings.fit(context, *match.span()) for context in contexts):
                    continue
            best = candidate
    if best is None:
        return None
    reading = _reading(language.rules[best[1]], tokens, best[2], best[3])
    return DateReading(reading.start + start, reading.end + start, reading.rule, reading.fields)


def is_of_another_calendar(text: str, start: int, end: int, language: Language) -> bool:
    """Whether an extent names a month or an era of another calendar."""
    return _names_calendar(tokenise(text[start:end], language))


def _names_calendar(tokens: DateTokens) -> bool:
    return any("calendar" in meaning for meaning in tokens.meanings)


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """The characters of the tokens of an extent, and of those before and after it."""

    characters: str
    first: int
    """How many of them are before the extent."""

    def fit(self, context: Context, begin: int, end: int) -> bool:
        """Whether what is around the tokens from `begin` to `end` of the extent is as the context requires."""
        return bool(
            context.before.match(self.characters, self.first + begin)
            and context.after.match(self.characters, self.first + end)
        )


_BESIDE = 80
"""How far beside an extent its context is looked for, in code points."""
_SPACE = re.compile(r"\s")


def _surroundings(
    text: str, start: int, end: int, inside: DateTokens, language: Language
) -> _Surroundings:
    """The tokens of an extent, with those before and after it in the same paragraph."""
    first, last = max(0, start - _BESIDE), min(len(text), end + _BESIDE)
    # A word that is cut in two could be read as another one.
    if first > 0:
        space = _SPACE.search(text, first, start)
        first = space.start() if space else start
    if last < len(text):
        last = max((m.start() for m in _SPACE.finditer(text, end, last)), default=end)
    before, behind = tokenise(text[first:start], language), tokenise(text[end:last], language)
    left, right = before.characters, behind.characters
    if inside.starts and before.ends:
        gap = text[first + before.ends[-1] : start + inside.starts[0]]
        left = "" if is_paragraph_break(gap) else left
    if inside.ends and behind.starts:
        gap = text[start + inside.ends[-1] : end + behind.starts[0]]
        right = "" if is_paragraph_break(gap) else right
    return _Surroundings(left + inside.characters + right, len(left))


def _reading(rule: Rule, tokens: DateTokens, first: int, end: int) -> DateReading:
    match = rule.alone.fullmatch(tokens.characters, first, end)
    values = dict(rule.given)
    for group, (kind, field) in enumerate(rule.groups, 1):
        at = match.start(group) if match else -1
        if at < 0:
            continue
        said = tokens.meanings[at][kind]
        if isinstance(said, dict) and "digits" not in said:
            values.update((part, int(v) if v.isdecimal() else v) for part, v in said.items())
        elif field:
            values[field] = number_value(said) if isinstance(said, dict) else said
    return DateReading(tokens.starts[first], tokens.ends[end - 1], rule, convert(values, Fields))
