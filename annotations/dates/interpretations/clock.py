"""The time of day an expression says."""

from annotations.dates.language import Fields
from annotations.dates.tokens import number_value


def clock_value(fields: Fields) -> str:
    """`T09:30` and the like from the clock's parts, `TMO` from a part of the day, else nothing."""
    part = fields.get("part")
    if "noon" in fields:
        return f"T{fields['noon']}{fields.get('zone', '')}"
    hour = fields.get("hour12", fields.get("hour"))
    if hour is None:
        return f"T{part}" if part else ""
    hour = int(number_value(hour))
    meridiem = str(fields.get("meridiem", ""))[:1].lower()
    if not meridiem and hour <= 12 and part:
        meridiem = "a" if part == "MO" else "p"
    if meridiem == "p" and hour < 12:
        hour += 12
    elif meridiem == "a" and hour == 12:
        hour = 0
    seconds = (
        f":{fields['second']:02}"
        if isinstance(fields.get("second"), int) and "hour12" not in fields
        else ""
    )
    zone = str(fields.get("zone", ""))
    return f"T{hour:02}:{int(fields.get('minute', 0)):02}{seconds}{zone}"
