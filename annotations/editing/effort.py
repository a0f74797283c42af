"""The effort of annotating: keys pressed and seconds spent. It is stored in the database, like the edits."""

PAUSE = 60.0
"""The longest time between two keys, in seconds, that counts as work; a longer time counts as this one."""


class Effort:
    """The keys and seconds in one document since its last edit."""

    def __init__(self) -> None:
        self.keys = 0
        self.seconds = 0.0
        self._last: float | None = None

    def press(self, now: float) -> None:
        """Count a pressed key or mouse button; `now` is in seconds of a steady clock."""
        if self._last is not None:
            self.seconds += min(max(now - self._last, 0.0), PAUSE)
        self._last = now
        self.keys += 1

    def continue_from(self, before: "Effort") -> None:
        """Count the time here from the last key that `before` counted."""
        self._last, before._last = before._last, None

    def take(self) -> tuple[int, float]:
        """The keys, and the seconds to a tenth, for an edit to store; counting then starts again."""
        taken = (self.keys, round(self.seconds, 1))
        self.keys, self.seconds = 0, 0.0
        return taken
