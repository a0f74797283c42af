"""Numbers with the singular or plural of a noun."""


def counted(number: int, thing: str) -> str:
    """A number with its noun: `1 span`, `2 spans`."""
    return f"{number} {thing}{'' if number == 1 else 's'}"
