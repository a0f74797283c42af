"""The time of day that an expression states."""

from annotations.dates.fields import Fields

_NOON = 12


def clock_value(fields: Fields) -> str:
    """A value such as `T09:30` for a time by the clock or `TMO` for a part of the day; else empty."""
    zone = _zone(fields.zone or "")
    if fields.noon is not None:
        return f"T{fields.noon}{zone}"
    hour = fields.hour if fields.hour12 is None else fields.hour12
    if hour is None:
        return f"T{fields.part}" if fields.part else ""
    seconds = f":{fields.second:02}" if fields.second is not None and fields.hour12 is None else ""
    minutes = int(fields.minute or 0)
    later, minute = divmod(-minutes if fields.direction == "earlier" else minutes, 60)
    return f"T{(_hour_of_day(int(hour), fields) + later) % 25:02}:{minute:02}{seconds}{zone}"


def _zone(zone: str) -> str:
    """A zone as ISO 8601 writes it: UTC is `Z`, and hours and minutes have a colon between them."""
    if zone[1:].replace(":", "") == "0000":
        return "Z"
    return f"{zone[:3]}:{zone[3:]}" if len(zone) == len("+0200") else zone


def other_half(clock: str, fields: Fields) -> str:
    """The same time in the second half of the day, where the text does not say which half; else empty."""
    hour = fields.hour if fields.hour12 is None else fields.hour12
    if hour is None or hour > _NOON or fields.meridiem or fields.part:
        return ""
    return f"T{int(clock[1:3]) % _NOON + _NOON:02}{clock[3:]}"


def _hour_of_day(hour: int, fields: Fields) -> int:
    """The hour from 0 to 24; "p.m." or "in the evening" can move it to the second half of the day."""
    half = (fields.meridiem or "")[:1].lower()
    if not half and hour <= _NOON and fields.part:
        half = "a" if fields.part == "MO" else "p"
    if half == "p" and hour < _NOON:
        return hour + _NOON
    return 0 if half == "a" and hour == _NOON else hour
