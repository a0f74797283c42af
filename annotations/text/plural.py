"""Numbers of things in words."""


def counted(number: int, thing: str) -> str:
    """A number of things in words: `1 span`, `2 spans`."""
    return f"{number} {thing}{'' if number == 1 else 's'}"
