"""What a plain number in figures can be: a day, an hour, a year."""

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
