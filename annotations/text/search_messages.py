"""Messages between the program and its search process: a kind, a length, and bytes of that length.

The program sends a text in parts (`BEGIN` empties it, `PART` adds to it, in UTF-8), and then what was
typed (`TYPED`). The process answers each `TYPED` with one reply: `FOUND` or a stop, both with the starts
and then the ends of the matches as 64-bit integers, or `WRONG` with a sentence.
"""

import struct
from array import array
from typing import BinaryIO

from annotations.text.search import Search, Stop

BEGIN, PART, TYPED = b"b", b"p", b"t"
FOUND, WRONG = b"f", b"w"
_STOPS: dict[bytes, Stop] = {FOUND: "", b"m": "most", b"s": "time", b"r": "memory"}
_KINDS = {stop: kind for kind, stop in _STOPS.items()}
_HEAD = struct.Struct("=cQ")


def encoded(text: str) -> bytes:
    """A text as it is sent, lone surrogates included."""
    return text.encode("utf-8", "surrogatepass")


def decoded_message(data: bytes) -> str:
    """A text that was sent."""
    return data.decode("utf-8", "surrogatepass")


def send(stream: BinaryIO, kind: bytes, data: bytes = b"") -> None:
    """Send one message; it may wait in the stream until the stream is flushed."""
    stream.write(_HEAD.pack(kind, len(data)))
    stream.write(data)


def receive(stream: BinaryIO) -> tuple[bytes, bytes]:
    """Wait for the next message: its kind and its data. Raises `EOFError` when there are no more
    messages.
    """
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        raise EOFError
    kind, length = _HEAD.unpack(head)
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return kind, data


def send_reply(stream: BinaryIO, search: Search) -> None:
    """Send the result of a search."""
    if search.wrong:
        send(stream, WRONG, encoded(search.wrong))
    else:
        send(stream, _KINDS[search.stop], search.starts.tobytes() + search.ends.tobytes())
    stream.flush()


def receive_reply(stream: BinaryIO, typed: str) -> Search:
    """Wait for the result of a search. Raises `EOFError` when no answer comes."""
    kind, data = receive(stream)
    if kind == WRONG:
        return Search(typed, wrong=decoded_message(data))
    search = Search(typed, stop=_STOPS[kind])
    offsets = array("q", data)
    half = len(offsets) // 2
    search.starts, search.ends = offsets[:half], offsets[half:]
    return search
