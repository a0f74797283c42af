"""Numbers: in words ("three hundred and twenty-five", "nineteen eighty-two") and in figures (`1,500`, `3 1/2`)."""

import re
from collections.abc import Mapping

from annotations.dates.fields import FieldValue, Meaning, Number

_LONGEST_NUMBER = 12
MOST_DIGITS = 20
"""A number with this many digits or more counts nothing in the calendar, and is read as 0."""
_TEN, _CENTURY = 10, 100
_UNITS = 10
"""What follows a ten, as in "twenty-five", is smaller than this."""
_HUNDREDS = range(13, 21)
"""The numbers that years in words begin with; "twelve thirty" is more likely a time of day."""
_SAID_AS_YEARS = range(1300, 2100)
"""Numbers in one word that can be years, except whole hundreds."""
_THOUSANDS = range(2001, 2100)
"""Years that are spoken like other numbers: "two thousand and eight"."""
_WRITTEN_WHOLE = 100
"""From this number on, a phrase such as "a hundred" can be continued by further numbers."""
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_MIXED = re.compile(r"(?P<whole>\d+) ?(?:(?P<sign>[½¼¾])|(?P<upper>\d)/(?P<lower>\d+))")


class _Sum:
    """The value of a number in words while it is read: the complete thousands, and the rest.

    Only one ten and one unit are added, so that "twenty ten" stays two numbers.
    """

    def __init__(self) -> None:
        self.total = 0.0
        self.part = 0.0
        self.room = 1000.0
        """The next number must be smaller than this."""

    @property
    def value(self) -> float:
        """What has been read."""
        return self.total + self.part

    def multiply(self, scale: float) -> None:
        """Read a word such as "dozen", "hundred" or "thousand"."""
        if scale <= _CENTURY:
            self.part, self.room = (self.part or 1) * scale, scale if scale == _CENTURY else 0
        else:
            self.total, self.part, self.room = self.total + (self.part or 1) * scale, 0.0, 1000.0

    def add(self, value: float) -> None:
        """Read a unit or a ten."""
        self.part += value
        self.room = 10 if value >= 20 and value % 10 == 0 else 1


def number_in_words(
    meanings: list[Meaning], index: int, first: Meaning, size: int = 1
) -> tuple[Meaning, int]:
    """The number in words that begins at a token, and how many tokens it has.

    Its first `size` tokens mean `first`; more than one are a phrase such as "a hundred".
    """
    sum_, at = _Sum(), index
    if size > 1:
        whole = number_value(first.get("number", 0))
        if whole < _WRITTEN_WHOLE:
            return first, size
        sum_.multiply(whole)
        at += size
    begin = at
    limit = min(len(meanings), index + _LONGEST_NUMBER)
    in_hundreds = False
    while at < limit:
        meaning = meanings[at]
        joined = "joiner" in meaning and at > index and at + 1 < limit
        if joined:
            meaning = meanings[at + 1]
        if "multiplier" in meaning:
            if joined:
                break
            in_hundreds = at == index + 1 and sum_.value in _HUNDREDS
            sum_.multiply(number_value(meaning["multiplier"]))
        elif "cardinal" in meaning or "nought" in meaning:
            cardinal = number_value(meaning.get("cardinal", 0))
            if cardinal >= sum_.room or "nought" in meaning:
                if at > index and (year := _year(sum_.value, meanings, at)):
                    return year[0], year[1] - index
                break
            sum_.add(cardinal)
        elif at == index and _is_multiplied(meanings, at):
            sum_.part = number_value(meaning["number"])
        elif at > index and (joined or sum_.room == _UNITS) and _is_ordinal_below(meaning, sum_.room):
            at += 1 + joined
            return {"ordinal": int(sum_.value + number_value(meaning["ordinal"]))}, at - index
        else:
            break
        at += 1 + joined
    return (first, size) if at == begin else (_meaning_of_sum(sum_.value, in_hundreds), at - index)


def _meaning_of_sum(value: float, in_hundreds: bool) -> Meaning:
    """A number; one that is spoken like a year, such as "nineteen hundred and five", is also a year."""
    number = int(value) if value == int(value) else value
    if in_hundreds or number in _THOUSANDS:
        return {"number": number, "year": number}
    return {"number": number}


def _is_multiplied(meanings: list[Meaning], at: int) -> bool:
    """Whether a number is followed by "hundred" and the like."""
    return "number" in meanings[at] and at + 1 < len(meanings) and "multiplier" in meanings[at + 1]


def _is_ordinal_below(meaning: Meaning, room: float) -> bool:
    ordinal = meaning.get("ordinal")
    return isinstance(ordinal, int) and 0 < ordinal < room


def _year(hundreds: float, meanings: list[Meaning], at: int) -> tuple[Meaning, int] | None:
    """The year whose hundreds end right before a token ("nineteen eighty-two", "nineteen oh five"), and
    the token where it ends, exclusive.
    """
    if hundreds not in _HUNDREDS:
        return None
    end = at + 1
    if "nought" in meanings[at]:
        end += end < len(meanings) and "joiner" in meanings[end]
        rest = _units(meanings, end)
        end += 1
    else:
        ten = meanings[at].get("cardinal")
        rest = ten if isinstance(ten, int) and _TEN <= ten < _CENTURY else 0
        follows = end + ("joiner" in meanings[end]) if end < len(meanings) else end
        unit = _units(meanings, follows)
        if rest and rest % 10 == 0 and unit:
            rest, end = rest + unit, follows + 1
    if not rest:
        return None
    year = int(hundreds) * _CENTURY + rest
    return {"number": year, "year": year, "modernyear": year}, end


class OneWordNumbers:
    """Numbers that are written as one word: "siebenundzwanzig", "neunzehnhundertzwölf", "fünfzehnte"."""

    def __init__(
        self, cardinals: Mapping[str, int], multipliers: Mapping[str, int], joint: str, ordinal: str
    ) -> None:
        """`joint` stands between a unit and the ten after it; `ordinal` is a pattern for an ordinal's ending."""
        self._cardinals = cardinals
        self._multipliers = sorted(multipliers.items(), key=lambda entry: -entry[1])
        self._joint = joint
        parts = sorted((*cardinals, *multipliers, joint), key=lambda part: (-len(part), part))
        self._form = re.compile(
            f"(?P<number>(?:{'|'.join(map(re.escape, parts))})+)(?P<ordinal>{ordinal})?"
        )

    def meaning(self, word: str) -> Meaning | None:
        """What a word in lower case means: a number, a number that can be a year, or an ordinal; else `None`."""
        form = self._form.fullmatch(word)
        number = self.value(form["number"]) if form else None
        if form is None or number is None:
            return None
        if form["ordinal"]:
            return {"ordinal": number}
        if number in _SAID_AS_YEARS and number % _CENTURY:
            return {"number": number, "year": number, "modernyear": number}
        return {"number": number}

    def value(self, word: str) -> int | None:
        """The number that a word in lower case stands for, or `None`."""
        if word in self._cardinals:
            return self._cardinals[word]
        for name, scale in self._multipliers:
            before, found, following = word.partition(name)
            if found:
                count = self.value(before) if before else 1
                rest = self.value(following.removeprefix(self._joint)) if following else 0
                valid = count is not None and rest is not None and rest < scale
                return (count or 0) * scale + (rest or 0) if valid else None
        unit, _, ten = word.partition(self._joint)
        small, large = self._cardinals.get(unit, 0), self._cardinals.get(ten, 0)
        return small + large if 0 < small < _UNITS < large and large % _TEN == 0 else None


_HAN_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "○": 0,
    "两": 2,
    "兩": 2,
}
_HAN_SCALES = {"十": 10, "百": 100, "千": 1000}
_HAN_GROUP = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}


def in_figures(written: str) -> str:
    """A number in Chinese characters, written in figures. It can be written digit by digit (`一八八七` is
    1887) or with words for ten, hundred and the like (`二十三` is 23). Any other text is returned
    unchanged.
    """
    known = _HAN_DIGITS.keys() | _HAN_SCALES.keys() | _HAN_GROUP.keys()
    if not written or not known.issuperset(written):
        return written
    if _HAN_DIGITS.keys() >= set(written):
        return "".join(str(_HAN_DIGITS[char]) for char in written)
    total = part = digit = 0
    for char in written:
        if char in _HAN_DIGITS:
            digit = _HAN_DIGITS[char]
        elif char in _HAN_SCALES:
            part, digit = part + (digit or 1) * _HAN_SCALES[char], 0
        else:
            total, part, digit = total + (part + digit) * _HAN_GROUP[char], 0, 0
    return str(total + part + digit)


def _units(meanings: list[Meaning], at: int) -> int:
    """The number below ten at a token, or 0."""
    unit = meanings[at].get("cardinal") if at < len(meanings) else None
    return unit if isinstance(unit, int) and unit < _UNITS else 0


def number_value(value: FieldValue | dict[str, str]) -> Number:
    """The value of a number token, given as a number or as the parts of a form such as `1,500` or `2.5`."""
    if isinstance(value, dict):
        digits = value["digits"].replace(",", "")
        if fraction := _MIXED.fullmatch(digits):
            part = _FRACTIONS.get(fraction["sign"] or "") or int(fraction["upper"]) / int(
                fraction["lower"]
            )
            return int(fraction["whole"]) + part
        number = float(digits) if len(digits.partition(".")[0]) < MOST_DIGITS else 0.0
        return int(number) if number.is_integer() else number
    return value if isinstance(value, (int, float)) else 0
