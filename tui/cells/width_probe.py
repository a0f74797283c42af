"""Asks the terminal how wide it draws characters that terminals draw differently.

A short text of each class of characters is written, followed by a request for the cursor's position
(DSR 6). The texts are so far apart that the position in an answer shows which text it is about: an
answer that is lost, late or not for this program does no harm. A class without an answer keeps the
larger width.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from msgspec.structs import replace

from tui.cells.widths import Widths


@dataclass(frozen=True)
class Question:
    """A text of one class, and what each of its possible widths says about the class."""

    field: str
    text: str
    answers: Mapping[int, int]


QUESTIONS = (
    Question("spacing_mark", "\u0915\u093e", {1: 0, 2: 1}),
    Question("spacing_letter", "\u0e01\u0e33", {1: 0, 2: 1}),
    Question("conjunct", "\u0915\u094d\u0937", {1: 0, 2: 1}),
    Question("emoji_style", "\u2764\ufe0f", {1: 1, 2: 2}),
    Question("text_style", "\u231a\ufe0e", {1: 1, 2: 2}),
    Question("keycap", "1\ufe0f\u20e3", {1: 1, 2: 2}),
    Question("joined", "\U0001f469\u200d\U0001f467", {2: 0, 4: 2}),
    Question("skin_tone", "\U0001f44d\U0001f3fd", {2: 0, 4: 2}),
    Question("flag", "\U0001f1e9\U0001f1ea", {2: 2, 4: 4}),
    Question("ambiguous", "\u00b1", {1: 1, 2: 2}),
)
APART = 6
"""How many columns to keep between the starts of two texts: no text is wider than four."""


class WidthProbe:
    """One round of questions to a terminal; rows and columns are the terminal's, from 1."""

    def __init__(self, columns: int, rows: int, larger: Widths) -> None:
        self._widths = larger
        a_row = max(columns // APART, 1)
        # From the last row up: the report of the first row cannot be distinguished from Shift+F3.
        self._asked = {
            (rows - number // a_row, number % a_row * APART + 1): question
            for number, question in enumerate(QUESTIONS)
            if rows - number // a_row > 1
        }

    @property
    def waiting(self) -> bool:
        """Whether reports of the cursor's position are still expected."""
        return bool(self._asked)

    @property
    def widths(self) -> Widths:
        """The widths of the terminal, as far as they are known."""
        return self._widths

    def sequence(self) -> str:
        """What to write: the texts, concealed, and the questions; the cursor is put back."""
        texts = "".join(
            f"\x1b[{row};{column}H{question.text}\x1b[6n"
            for (row, column), question in self._asked.items()
        )
        return f"\x1b7\x1b[0;8m{texts}\x1b[0m\x1b8"

    def reply(self, row: int, column: int) -> bool:
        """Read a report of the cursor's position; returns whether it answers one of the questions."""
        for place, question in self._asked.items():
            width = column - place[1]
            if row == place[0] and 0 < width < APART:
                del self._asked[place]
                if width in question.answers:
                    self._widths = replace(self._widths, **{question.field: question.answers[width]})
                return True
        return False

    def close(self) -> None:
        """Wait no longer; reports that come now are ignored."""
        self._asked.clear()
