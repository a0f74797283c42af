"""The setting `dates`: which kinds of expressions of time a project marks."""

import difflib
from collections.abc import Callable

from annotations.dates.scheme import DATE_KINDS, DEFAULT_SCHEME, SCHEMES, DateKind
from annotations.model.errors import AnnotateError


def read_date_kinds(value: object, error: Callable[[str, str], AnnotateError]) -> frozenset[DateKind]:
    """The kinds of the scheme with this name, or of a table with a scheme and kinds that are `true` or `false`.

    If the value is wrong, raises the error that `error` makes from a sentence and the key.
    """
    table = {"scheme": value} if isinstance(value, str) else value
    if not isinstance(table, dict):
        raise error('\'dates\' must be "timex3", "news" or a table of kinds', "dates")
    name = table.get("scheme", DEFAULT_SCHEME)
    scheme = next((kinds for known, kinds in SCHEMES.items() if known == name), None)
    if scheme is None:
        raise error(f'there is no scheme of dates {name!r}; use "timex3" or "news"', "dates")
    switches = {kind: on for kind, on in table.items() if kind != "scheme"}
    for kind, on in switches.items():
        if kind not in DATE_KINDS:
            near = difflib.get_close_matches(kind, DATE_KINDS, 1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise error(f"there is no kind of dates {kind!r}{hint}", "dates")
        if not isinstance(on, bool):
            raise error(f"the kind {kind!r} of dates must be true or false, not {on!r}", "dates")
    return frozenset(kind for kind in DATE_KINDS if switches.get(kind, kind in scheme))
