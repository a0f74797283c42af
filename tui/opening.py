"""What it takes to open an article on the screen: the settings, the store, the suggesters, the date."""

import getpass

from annotations.errors import AnnotateError


def annotator_name(option: str | None) -> str:
    """Who decides: as given, else the login name. Raises `AnnotateError` for an unusable name."""
    try:
        name = option if option is not None else getpass.getuser()
    except (KeyError, OSError):
        raise AnnotateError("You have no login name; say who you are with --annotator.") from None
    if not name.strip() or not name.isprintable():
        raise AnnotateError(f"{name!r} is no name for an annotator; use letters and digits.")
    return name.strip()
