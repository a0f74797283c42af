"""Makes Textual's messages from the bytes that a terminal sends: keys, the mouse, pastes, focus, positions.

Everything else that has the form of a sequence is an answer to a question that was not asked here, or
was asked long ago. All of it is dropped.
"""

import re
from codecs import getincrementaldecoder
from collections.abc import Container, Iterator
from itertools import chain

from textual import events
from textual.message import Message
from textual.messages import TerminalSupportsSynchronizedOutput

from tui.terminal_input.key_codes import Key, key_after_escape, sequence_keys, typed_key
from tui.terminal_input.mouse import Mouse
from tui.terminal_input.scanner import PATIENCE, Pasted, Scanner, Sequence, Token, Typed

_POSITION = re.compile(r"\x1b\[(\d{1,5});(\d{1,5})R")
"""The cursor's position, 1-based: row, column. F3 with modifiers looks the same in xterm and is not supported."""
_SYNCHRONISED = re.compile(r"\x1b\[\?2026;[1-9]\$y")


class TerminalParser:
    """Turns bytes into messages, which are the same wherever the reads are split.

    It has no clock: call `give_up` when nothing has arrived for `patience` seconds.
    The terminal's answer to `ESC [ 6 n` becomes `events.CursorPosition` (0-based, in cells).
    """

    def __init__(self, escape_delay: float = 0.1, alt_keys: Container[str] = ()) -> None:
        """`alt_keys`: the keys with Alt that have a meaning; all others are an Esc and a key, typed quickly."""
        self._scanner = Scanner(escape_delay)
        self._alt_keys = alt_keys
        self._mouse = Mouse()
        self._decoder = getincrementaldecoder("utf-8")("surrogateescape")

    def feed(self, data: bytes) -> Iterator[Message]:
        """The messages that these bytes complete, made one by one: an error loses none of those before it."""
        return self._messages(self._scanner.feed(self._decoder.decode(data)))

    @property
    def patience(self) -> float | None:
        """Seconds without input after which to call `give_up`; `None` while nothing has begun."""
        begun = PATIENCE if self._decoder.getstate()[0] else None
        return self._scanner.patience or begun

    def give_up(self) -> Iterator[Message]:
        """Treat what has begun as complete."""
        rest = self._scanner.feed(self._decoder.decode(b"", final=True))
        self._decoder.reset()
        return self._messages([*rest, *self._scanner.give_up()])

    def _messages(self, tokens: list[Token]) -> Iterator[Message]:
        return chain.from_iterable(map(self._of_token, tokens))

    def _of_token(self, token: Token) -> Iterator[Message]:
        match token:
            case Typed(character, alt):
                keys = key_after_escape(character, self._alt_keys) if alt else (typed_key(character),)
                yield from map(_event, keys)
            case Pasted(text):
                # All of it is passed on as text: no part of a paste is a key.
                yield events.Paste(text)
            case Sequence(text):
                yield from self._of_sequence(text)

    def _of_sequence(self, text: str) -> Iterator[Message]:
        if text == "\x1b[I":
            yield events.AppFocus()
        elif text == "\x1b[O":
            yield events.AppBlur()
        elif match := _POSITION.fullmatch(text):
            yield events.CursorPosition(int(match[2]) - 1, int(match[1]) - 1)
        elif _SYNCHRONISED.fullmatch(text):
            yield TerminalSupportsSynchronizedOutput()
        elif text.startswith("\x1b[<"):
            mouse = self._mouse.event(text)
            if mouse is not None:
                yield mouse
        else:
            yield from map(_event, sequence_keys(text))


def _event(key: Key) -> events.Key:
    return events.Key(key.name, key.character)
