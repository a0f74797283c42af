"""The process suggesters run in: `python -P -m annotations.suggest.worker`.

It reads requests from its standard input and answers on its standard output (see
`annotations.suggest.protocol`). It ends as soon as its standard input closes, in the middle of
anything, so that a program that crashed leaves nothing running; it leaves the processor to the screen;
what libraries print goes nowhere; and it does not use the network.
"""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from queue import SimpleQueue
from typing import BinaryIO

import msgspec

from annotations.model.errors import AnnotateError
from annotations.model.span import Span, replace
from annotations.suggest.limits import limited
from annotations.suggest.protocol import BATCH, Failed, Found, Load, Read, Ready, Reply, Request
from annotations.suggest.registry import choose
from annotations.suggest.suggester import Suggester


def main() -> None:
    """Answer requests until standard input closes."""
    requests, replies = _take_over_streams()
    with suppress(OSError):
        os.nice(10)
    sys.addaudithook(_refuse_network)
    received: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_receive, args=(requests, received), daemon=True).start()
    suggesters: dict[str, Suggester] = {}
    decoder = msgspec.json.Decoder(Request)
    encoder = msgspec.json.Encoder()
    while True:
        for reply in _answer(decoder.decode(received.get()), suggesters):
            replies.write(encoder.encode(reply) + b"\n")
        replies.flush()


def _answer(request: Request, suggesters: dict[str, Suggester]) -> Iterator[Reply]:
    try:
        match request:
            case Load(name):
                with limited(name):
                    suggester = suggesters[name] = choose(name).load()
                yield Ready(suggester.source, suggester.labels, suggester.unit)
            case Read(name, start, text):
                with limited(name):
                    spans = suggesters[name].suggest(text)
                yield from _batches(spans, start)
    except AnnotateError as error:
        yield Failed(str(error))
    except MemoryError:
        yield Failed(f"The suggester {request.suggester} needs too much memory.")
    except Exception as error:
        # Pipelines and their components are other people's code: whatever it raises is told.
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        yield Failed(f"The suggester {request.suggester} failed: {reason}")


def _batches(spans: list[Span], start: int) -> Iterator[Found]:
    for first in range(0, max(len(spans), 1), BATCH):
        batch = spans[first : first + BATCH]
        moved = [replace(span, start=span.start + start, end=span.end + start) for span in batch]
        yield Found(moved, last=first + BATCH >= len(spans))


def _receive(requests: BinaryIO, received: "SimpleQueue[bytes]") -> None:
    for line in requests:
        received.put(line)
    os._exit(0)


def _take_over_streams() -> tuple[BinaryIO, BinaryIO]:
    """The streams to talk on. What else reads or writes the standard ones meets `/dev/null`."""
    requests, replies = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    return os.fdopen(requests, "rb"), os.fdopen(replies, "wb")


def _refuse_network(event: str, _: object) -> None:
    if event in ("socket.connect", "socket.getaddrinfo"):
        raise OSError("suggesters do not use the network")


if __name__ == "__main__":
    main()
