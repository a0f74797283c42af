"""How fast texts are read, measured over the last minutes: the speed before that says little about the rest."""

from collections import deque

WINDOW = 300.0
"""The speed is measured over this number of seconds."""


class ReadingSpeed:
    """Measures the speed of reading. Moments are in seconds of any clock that only goes forward."""

    def __init__(self) -> None:
        self._samples: deque[tuple[float, int]] = deque()

    def note(self, moment: float, read: int) -> None:
        """Record how many texts were read by this moment."""
        self._samples.append((moment, read))
        while self._samples[0][0] < moment - WINDOW:
            self._samples.popleft()

    @property
    def per_second(self) -> float:
        """Texts per second; 0 if none were read yet."""
        (begin, before), (end, now) = self._samples[0], self._samples[-1]
        return (now - before) / (end - begin) if end > begin else 0.0

    def seconds_for(self, texts: int) -> float | None:
        """How many seconds this number of further texts will take; `None` if that is not known yet."""
        speed = self.per_second
        return texts / speed if speed else None
