"""The process suggesters run in: `python -P -m annotations.suggest.worker`.

It reads requests from its standard input and answers on its standard output (see
`annotations.suggest.protocol`). It keeps what it has loaded for the next document. It ends as soon as its
standard input closes, even in the middle of its work, so that a crashed program leaves nothing running. It
has a low priority, so that the screen stays fast; it discards the output of libraries; it uses no network.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import suppress
from queue import SimpleQueue
from typing import TYPE_CHECKING, BinaryIO, assert_never

from annotations.model.errors import AnnotateError
from annotations.model.span import Span, replace
from annotations.suggest.isolation import end_with_parent, refuse_network, take_over_streams
from annotations.suggest.limits import limited
from annotations.suggest.protocol import (
    BATCH,
    Cancel,
    Cancelled,
    Failed,
    Fit,
    FitDone,
    Load,
    Read,
    Ready,
    Reply,
    SpansFound,
    line_of,
    request_of,
)
from annotations.suggest.registry import Pipelines, choose
from annotations.suggest.suggester import Suggester, second_readings

if TYPE_CHECKING:
    from annotations.learn.fitting import Fitting

PRIORITY = 10
"""How much is added to the nice value of the process."""


class _CancelledError(Exception):
    """The answer is no longer wanted."""


class Requests:
    """The requests of the program, in order; received on a thread, so that a cancellation is noticed at once."""

    def __init__(self) -> None:
        self._waiting: SimpleQueue[Load | Read | Fit] = SimpleQueue()
        self._cancelled: set[int] = set()
        self._id = 0

    def receive(self, stream: BinaryIO) -> None:
        """Read requests until the stream closes; then end the process, whatever it is doing."""
        for line in stream:
            request = request_of(line)
            if isinstance(request, Cancel):
                self._cancelled.add(request.id)
            else:
                self._waiting.put(request)
        os._exit(0)

    def next(self) -> Load | Read | Fit:
        """The next request, as soon as there is one."""
        self._cancelled.discard(self._id)
        request = self._waiting.get()
        self._id = request.id
        return request

    def check(self) -> None:
        """Raise `_CancelledError` if the present request was cancelled."""
        if self._id in self._cancelled:
            raise _CancelledError


def main() -> None:
    """Answer requests until standard input closes."""
    stream, replies = take_over_streams()
    with suppress(OSError):
        os.nice(PRIORITY)
    end_with_parent()
    refuse_network()
    requests = Requests()
    threading.Thread(target=requests.receive, args=(stream,), daemon=True).start()
    answering = Answering(requests)
    while True:
        for reply in answering.answer(requests.next()):
            replies.write(line_of(reply))
        replies.flush()


class Answering:
    """The loaded suggesters, and their answers."""

    def __init__(self, requests: Requests) -> None:
        self._check = requests.check
        self._pipelines = Pipelines(requests.check)
        self._suggesters: dict[str, Suggester] = {}
        self._fitting: Fitting | None = None

    def answer(self, request: Load | Read | Fit) -> Iterator[Reply]:
        """All replies to one request."""
        match request:
            case Fit():
                yield self._fit(request)
            case Load() | Read():
                yield from self._suggest(request)
            case _:
                assert_never(request)

    def _fit(self, request: Fit) -> FitDone | Failed:
        try:
            if self._fitting is None:
                # Imported only here because it needs numpy.
                from annotations.learn.fitting import Fitting

                self._fitting = Fitting()
            self._fitting.take(request.lessons, request.keep)
            return FitDone(request.id, self._fitting.fitted() if request.last else None)
        except (ImportError, MemoryError, ArithmeticError, ValueError) as error:
            self._fitting = None
            return Failed(request.id, f"Doubtful suggestions cannot be found: {error}.")

    def _suggest(self, request: Load | Read) -> Iterator[Reply]:
        try:
            match request:
                case Load():
                    yield self._load(request)
                case Read():
                    yield from self._read(request)
                case _:
                    assert_never(request)
        except _CancelledError:
            yield Cancelled(request.id)
        except AnnotateError as error:
            yield Failed(request.id, str(error))
        except MemoryError:
            yield Failed(request.id, f"The suggester {request.suggester} needs too much memory.")
        except Exception as error:
            # Pipelines and their components are other people's code and may raise anything: it is reported.
            reason = (str(error).strip() or type(error).__name__).splitlines()[0]
            yield Failed(request.id, f"The suggester {request.suggester} failed: {reason}")

    def _load(self, request: Load) -> Ready:
        with limited(request.suggester):
            suggester = choose(request.suggester).load(self._pipelines)
        self._suggesters[request.suggester] = suggester
        return Ready(request.id, suggester.source, suggester.labels, suggester.unit)

    def _read(self, request: Read) -> Iterator[SpansFound]:
        self._check()
        with limited(request.suggester):
            suggester = self._suggesters[request.suggester]
            spans = suggester.suggest(request.text, request.dates)
        self._check()
        second = _moved(second_readings(suggester), request.start)
        for first in range(0, max(len(spans), 1), BATCH):
            batch, last = (
                _moved(spans[first : first + BATCH], request.start),
                first + BATCH >= len(spans),
            )
            yield SpansFound(request.id, batch, last, second if last else [])


def _moved(spans: list[Span], by: int) -> list[Span]:
    return [replace(span, start=span.start + by, end=span.end + by) for span in spans]


if __name__ == "__main__":
    main()
