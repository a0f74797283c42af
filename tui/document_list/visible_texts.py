"""Examines the texts of the documents in sight in a list, to show in their rows what only the texts tell."""

import time
from collections.abc import Callable, Generator, Sequence

from annotations.corpus.listing import ListedDocument
from annotations.entities.steps import run_for
from tui.background.pauses import Pauses

REST = 0.15
"""Seconds without a change on the screen before texts are examined."""
SLICE = 0.003
"""Seconds of a slice of work, and between two slices."""


class VisibleTexts:
    """Examines each document once, between keys."""

    def __init__(
        self,
        later: Callable[[float, Callable[[], None]], object],
        pauses: Pauses,
        in_sight: Callable[[], Sequence[ListedDocument]],
        look: Callable[[str], ListedDocument],
        changed: Callable[[list[ListedDocument]], None],
    ) -> None:
        """`later` calls a function after some seconds; `in_sight` returns nothing once the list is closed.

        `look` examines a document, by its key, and returns its row; `changed` gets the rows that have
        changed.
        """
        self._later = later
        self._pauses = pauses
        self._in_sight = in_sight
        self._look = look
        self._changed = changed
        self._looked_into: set[str] = set()
        """The keys of the documents that were examined."""
        self._shown_at = 0.0
        self._is_due = False

    def shown(self) -> None:
        """Rows were drawn, perhaps others than before."""
        self._shown_at = time.monotonic()
        self._once_at_rest(REST)

    def _once_at_rest(self, seconds: float) -> None:
        if not self._is_due:
            self._is_due = True
            self._later(seconds, self._at_rest)

    def _at_rest(self) -> None:
        self._is_due = False
        left = self._shown_at + REST - time.monotonic()
        if left > 0:
            self._once_at_rest(left)
        else:
            self._go_on(self._look_into(self._in_sight()))

    def _go_on(self, steps: Generator[None, None, list[ListedDocument]]) -> None:
        have_time = self._pauses.have_time
        changed = run_for(SLICE, steps) if have_time else None
        if changed is None:
            self._later(SLICE if have_time else REST, lambda: self._go_on(steps))
        elif changed and self._in_sight():
            self._changed(changed)

    def _look_into(self, rows: Sequence[ListedDocument]) -> Generator[None, None, list[ListedDocument]]:
        changed = []
        for row in rows:
            if row.key not in self._looked_into:
                self._looked_into.add(row.key)
                now = self._look(row.key)
                if now != row:
                    changed.append(now)
                yield
        return changed
