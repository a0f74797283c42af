"""Mouse reports in SGR form (`ESC [ < button ; column ; row M`), the only form that is requested.

Other forms, which some terminals send anyway, and reports without proper numbers are ignored. The
coordinates are cells: reports in pixels are not requested either.
"""

import re

from textual import events

_REPORT = re.compile(r"\x1b\[<(\d{1,3});(\d{1,5});(\d{1,5})([Mm])")
_SCROLLS = (
    events.MouseScrollUp,
    events.MouseScrollDown,
    events.MouseScrollLeft,
    events.MouseScrollRight,
)
_SHIFT, _META, _CTRL, _MOVED, _WHEEL, _MORE_BUTTONS = 4, 8, 16, 32, 64, 128


class Mouse:
    """Makes mouse events from reports; remembers where the pointer was."""

    def __init__(self) -> None:
        self._last = (0, 0)

    def event(self, sequence: str) -> events.MouseEvent | None:
        """The content of a report; `None` if it is not a report, or is broken."""
        match = _REPORT.fullmatch(sequence)
        if match is None:
            return None
        code, column, row = (int(number) for number in match.groups()[:3])
        if column < 1 or row < 1 or code & _MORE_BUTTONS:
            return None
        x, y = column - 1, row - 1
        # The lowest bits number the buttons from 0; 3 means no button.
        button = (code + 1) & 3
        kind: type[events.MouseEvent]
        if code & _WHEEL:
            kind, button = _SCROLLS[code & 3], 0
        elif code & _MOVED or button == 0:
            kind = events.MouseMove
        else:
            kind = events.MouseDown if match[4] == "M" else events.MouseUp
        moved = x - self._last[0], y - self._last[1]
        self._last = x, y
        return kind(
            None,
            x,
            y,
            *moved,
            button,
            bool(code & _SHIFT),
            bool(code & _META),
            bool(code & _CTRL),
            screen_x=x,
            screen_y=y,
        )
