"""Cuts what a terminal sends into keys, escape sequences and pastes, wherever the reads are split.

The shapes are those of ECMA-48: `ESC [` begins a control sequence that ends with a byte from `@` to
`~`, `ESC O` is followed by one more character, `ESC ]`, `ESC P`, `ESC X`, `ESC ^` and `ESC _` begin a
string that ends with `ESC \\`. A sequence is read as a whole, known or not. One that never ends is
dropped after some time without input, or once it is too long: the scanner has no clock, its `patience`
says how long to wait.

It reads characters that were decoded with `surrogateescape`, so that the bytes of a mouse report that
are not UTF-8 are kept.
"""

import re
from collections.abc import Callable
from typing import Literal

from msgspec import Struct

ESC = "\x1b"
PATIENCE = 1.0
"""Seconds without input after which an unfinished sequence or paste is given up."""
MOST = 1 << 20
"""Number of characters after which an unfinished sequence or paste is given up, at the next `PAUSE`."""
PAUSE = 0.25
"""Seconds without input that separate the next keys from what was too long."""

PASTE_START = "\x1b[200~"
PASTE_END = "\x1b[201~"


class Typed(Struct, frozen=True):
    """A character, typed alone or with Alt, which comes as an Esc before it, in the same read."""

    character: str
    alt: bool = False


class Sequence(Struct, frozen=True):
    """A whole control sequence, beginning with `ESC [` or `ESC O`."""

    text: str


class Pasted(Struct, frozen=True):
    """What arrived between the marks of a bracketed paste, unchanged."""

    text: str


Token = Typed | Sequence | Pasted

_State = Literal[
    "text", "escape", "control", "mouse", "fixed", "single", "string", "end of string", "paste"
]

_BEGINS: dict[str, _State] = {"[": "control", "O": "single", **dict.fromkeys("]PX^_", "string")}
_IN_ONE = {0x80 + (ord(char) & 0x1F): char for char in _BEGINS}
"""What begins a sequence in one character, as in 8-bit mode: CSI, which is `ESC [`, is U+009B."""
_RAW = 0xDC00
"""What `surrogateescape` adds to a byte that is not UTF-8."""
_ANSWERS = dict.fromkeys(_BEGINS, "0123456789<=>?!$+") | {"]": "0123456789lLI", "_": "G"}
"""The characters with which an answer continues. A byte that is not UTF-8 begins one only before these."""
_REST_OF_SEQUENCE = re.compile(
    # A whole sequence, or more of one than a person types at once.
    r"\x1b\[[<=>?]?[0-9][0-9:;]*[ -/]*[@-~]|\x1b[\]PX^_][^\x07\x1b]+(?:\x07|\x1b\\)"
    r"|\x1b\[(?:[<=>?][0-9]|[0-9][0-9:;])|\x1b\][0-9][0-9;]|\x1bP(?:[>!]\||[0-9][+$!])|\x1b_G[a-zA-Z]="
    r"|\x1b(?:\[|O)[A-DFHP-SZ]\Z"
)
_ENDS_STRING = re.compile("[\x00-\x07\x0e-\x1f\x9c\udc9c]")
"""The end in one character may also have the form that `surrogateescape` gives it."""
_RXVT = re.compile(r"\x1b\[[0-9]+\$")
_LONGEST = 4096
"""How many characters of a control sequence are kept; no sequence for a key is nearly as long."""
_FIXED = {"\x1b[[": 4, "\x1b[M": 6}
"""How long sequences of a fixed length are: F1 to F5 of the Linux console, the mouse of X10."""


class Scanner:
    """Tells keys, sequences and pastes apart in a stream of characters."""

    def __init__(self, escape_delay: float = 0.1) -> None:
        """`escape_delay`: seconds after which an Esc no longer counts as the beginning of a sequence."""
        self._escape_delay = escape_delay
        self._tokens: list[Token] = []
        self._state: _State = "text"
        self._begun = ""
        """The sequence that has begun; of strings only the beginning, because their content is not used."""
        self._length = 0
        """How many characters came after its beginning."""
        self._began_with: Literal["Esc", "one character", "a raw byte"] = "Esc"
        self._paste: list[str] = []
        self._tail = ""
        """The last part of a paste, if it may be part of the mark at the end."""
        self._given_up = ""
        """The beginning that was given up last, if the rest of it may still come."""
        self._steps: dict[_State, Callable[[str, int], int]] = {
            "text": self._text,
            "escape": self._escape,
            "control": self._control,
            "mouse": self._mouse,
            "fixed": self._fixed,
            "single": self._single,
            "string": self._string,
            "end of string": self._end_of_string,
            "paste": self._pasted,
        }

    def feed(self, data: str) -> list[Token]:
        """The tokens that these characters complete, in order."""
        if self._given_up and self._state == "text":
            # A slow line may split an answer after its first characters; nobody types the rest at once.
            if _REST_OF_SEQUENCE.match(self._given_up + data):
                data = self._given_up + data
            self._given_up = ""
        if self._state == "escape" and data and data[0] not in _BEGINS and data[0] != "\\":
            # A terminal sends Alt and its key at once: these are two keys, however quickly they arrived.
            self._reset()
            self._tokens.append(Typed(ESC))
        position = 0
        while position < len(data):
            position = self._steps[self._state](data, position)
        return self._taken()

    @property
    def patience(self) -> float | None:
        """After how many seconds without input to give up what has begun; `None` if nothing has."""
        if self._state == "text":
            return None
        if self._state == "escape" or self._only_begun:
            return self._escape_delay
        return PAUSE if self._length > MOST else PATIENCE

    def give_up(self) -> list[Token]:
        """No more input has arrived: gives the key or the part of a paste that was received, if any."""
        begun, only_begun = self._begun, self._only_begun
        if self._state == "paste":
            self._end_paste()
        elif self._state == "escape":
            self._tokens.append(Typed(ESC))
            self._given_up = begun
        elif only_begun and self._began_with == "a raw byte":
            self._tokens.append(Typed("\ufffd"))
        elif only_begun:
            self._given_up = begun
            if self._began_with == "Esc":
                self._tokens.append(Typed(begun[1], alt=True))
        self._reset()
        return self._taken()

    @property
    def _only_begun(self) -> bool:
        return self._state in ("control", "single", "string") and not self._length

    def _taken(self) -> list[Token]:
        tokens, self._tokens = self._tokens, []
        return tokens

    def _reset(self) -> None:
        self._state, self._begun, self._length, self._began_with = "text", "", 0, "Esc"

    def _begin(self, character: str) -> None:
        self._state, self._begun, self._length = _BEGINS[character], ESC + character, 0

    def _keep(self, character: str) -> None:
        self._length += 1
        if self._length <= _LONGEST:
            self._begun += character

    def _end(self) -> None:
        if self._length <= _LONGEST:
            self._tokens.append(Sequence(self._begun))
        self._reset()

    # Each of these reads what is at a position and returns the position after it.

    def _text(self, data: str, at: int) -> int:
        code = ord(data[at])
        if data[at] == ESC:
            self._state, self._begun = "escape", ESC
        elif code in _IN_ONE:
            self._begin(_IN_ONE[code])
            self._began_with = "one character"
        elif code - _RAW in _IN_ONE:
            self._begin(_IN_ONE[code - _RAW])
            self._began_with = "a raw byte"
        elif 0x80 <= code - _RAW < 0x100:
            self._tokens.append(Typed("\ufffd"))
        elif not 0x80 <= code < 0xA0:
            self._tokens.append(Typed(data[at]))
        return at + 1

    def _escape(self, data: str, at: int) -> int:
        character = data[at]
        if character in _BEGINS:
            self._begin(character)
            return at + 1
        self._reset()
        if character == ESC or 0x80 <= ord(character) < 0xA0 or 0x80 <= ord(character) - _RAW < 0x100:
            # Esc was pressed, and then something else.
            self._tokens.append(Typed(ESC))
            return at
        if character != "\\":  # That would be the end of a string which was given up.
            self._tokens.append(Typed(character, alt=True))
        return at + 1

    def _began_no_sequence(self, data: str, at: int) -> bool:
        """Whether a byte that is not UTF-8 did not begin a sequence, as the next character shows."""
        if self._length or self._began_with != "a raw byte" or data[at] in _ANSWERS[self._begun[1]]:
            return False
        self._reset()
        self._tokens.append(Typed("\ufffd"))
        return True

    def _control(self, data: str, at: int) -> int:
        character = data[at]
        if self._began_no_sequence(data, at):
            return at
        if not " " <= character <= "~":
            # Nothing else is allowed here: the sequence is cut off.
            self._reset()
            return at
        self._keep(character)
        if self._begun in _FIXED:
            self._state = "fixed"
        elif self._begun == "\x1b[<":
            self._state = "mouse"
        elif self._begun == PASTE_START:
            self._reset()
            self._state = "paste"
        elif character >= "@" or (character == "$" and _RXVT.fullmatch(self._begun)):
            self._end()
        return at + 1

    def _mouse(self, data: str, at: int) -> int:
        """A mouse report ends with M or m, whatever it has as numbers: some terminals write NaN."""
        character = data[at]
        if not "!" <= character <= "~":
            self._reset()
            return at
        self._keep(character)
        if character in "Mm":
            self._end()
        return at + 1

    def _fixed(self, data: str, at: int) -> int:
        if data[at] < " ":
            self._reset()
            return at
        length = _FIXED[self._begun[:3]]
        self._keep(data[at])
        if len(self._begun) == length:
            self._end()
        return at + 1

    def _single(self, data: str, at: int) -> int:
        character = data[at]
        if self._began_no_sequence(data, at):
            return at
        if not "!" <= character <= "~":
            self._reset()
            return at
        self._keep(character)
        if not (character.isdigit() or character == ";"):
            self._end()
        return at + 1

    def _string(self, data: str, at: int) -> int:
        if self._began_no_sequence(data, at):
            return at
        found = _ENDS_STRING.search(data, at)
        end = found.start() if found else len(data)
        self._length += end - at
        if found is None:
            return end
        ends = found.group()
        if ends == ESC:
            self._length += 1
            self._state = "end of string"
        elif ends == "\x07" and self._begun != "\x1b]":
            self._length += 1
        else:
            self._reset()
            # Other control characters are never inside a string: they are keys again.
            return end + 1 if ends in "\x07\x9c\udc9c" else end
        return end + 1

    def _end_of_string(self, data: str, at: int) -> int:
        self._reset()
        if data[at] == "\\":
            return at + 1
        self._state, self._begun = "escape", ESC
        return at

    def _pasted(self, data: str, at: int) -> int:
        rest = self._tail + data[at:]
        end = rest.find(PASTE_END)
        if end >= 0:
            behind = at + end + len(PASTE_END) - len(self._tail)
            self._keep_pasted(rest[:end])
            self._tail = ""
            self._end_paste()
            self._reset()
            return behind
        parts = range(min(len(PASTE_END) - 1, len(rest)), 0, -1)
        part = next((length for length in parts if rest.endswith(PASTE_END[:length])), 0)
        self._keep_pasted(rest[: len(rest) - part])
        self._tail = rest[len(rest) - part :]
        return len(data)

    def _keep_pasted(self, text: str) -> None:
        whole = self._length > MOST
        if not whole:
            self._paste.append(text[: MOST - self._length])
            self._length += len(text)
            if self._length > MOST:
                self._end_paste()

    def _end_paste(self) -> None:
        """Pass on what was pasted; what comes after the longest possible paste is dropped."""
        if self._paste:
            text = "".join(self._paste)
            self._tokens.append(
                Pasted(text.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))
            )
        self._paste, self._tail = [], ""
