"""Letting suggesters read a document in a process of their own, and passing on what they find.

A `SuggestionRun` works on a daemon thread, so that leaving the program never waits for it. It asks for
one chunk at a time, the part a person looks at first, and skips what was read before: when that is
everything, nothing is started.
"""

import os
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import ParamSpec, Protocol

import msgspec

from annotations.model.edit import Run
from annotations.model.errors import AnnotateError
from annotations.model.span import Span
from annotations.suggest.chunking import UNIT, chunks, in_order
from annotations.suggest.limits import TOO_LONG
from annotations.suggest.protocol import Failed, Found, Load, Read, Ready, Reply, Request
from annotations.suggest.registry import choose
from annotations.text.child_process import command_of

P = ParamSpec("P")

_SURROUNDINGS = {
    "OMP_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
}


class SuggestionListener(Protocol):
    """Who is told what a run finds. All calls come from the run's thread, one after the other.

    The run waits for each call to return, so one that waits for the screen to have taken the spans in
    keeps suggestions from coming faster than they can be shown. No call may raise.
    """

    def on_ready(self, source: str, labels: Sequence[str]) -> None:
        """A suggester is loaded; its suggestions will have these labels."""
        ...

    def on_spans(self, source: str, spans: list[Span], run: Run | None) -> None:
        """Some suggestions, at offsets into the document, at most `protocol.BATCH` of them.

        With the last ones of a chunk, which may be none, comes what has then been read.
        """
        ...

    def on_progress(self, done: int, total: int) -> None:
        """So many code points of the document have been read by all suggesters."""
        ...

    def on_error(self, message: str) -> None:
        """Something went wrong, in one sentence; the run goes on with what is left."""
        ...

    def on_done(self) -> None:
        """There is nothing left to read, or nobody left to read it; no call follows."""
        ...


class _DiedError(Exception):
    """The process ended; the text says how."""


class _TooLongError(_DiedError):
    """The process was ended as what it was asked for took too long."""


@dataclass
class _Reader:
    """One suggester's part in a run."""

    name: str
    source: str
    unread: set[tuple[int, int]]
    unit: str = UNIT
    announced: bool = False
    complained: bool = False
    died: bool = False
    given_up: bool = False


class SuggestionRun:
    """Suggesters reading one document.

    `suggesters` are named as in `annotations.suggest.registry`; of a chunk, the first one's suggestions
    come first. `has_read(source, start, end)` says what need not be read again; it is called on the
    run's thread, before anything is reported.
    """

    def __init__(
        self,
        text: str,
        suggesters: Sequence[str],
        listener: SuggestionListener,
        has_read: Callable[[str, int, int], bool] = lambda source, start, end: False,
        visible: int = 0,
    ) -> None:
        self._text = text
        self._suggesters = suggesters
        self._listener = listener
        self._has_read = has_read
        self._visible = visible
        self._cancelled = threading.Event()
        self._worker: _Worker | None = None

    def start(self) -> None:
        """Begin reading; returns at once."""
        threading.Thread(target=self._run, name="suggestions", daemon=True).start()

    def look_at(self, offset: int) -> None:
        """Read the part around this code point next, and then on from there."""
        self._visible = offset

    def cancel(self) -> None:
        """Stop; returns at once. No call begins afterwards, though one may be under way."""
        self._cancelled.set()
        if worker := self._worker:
            worker.kill()

    @property
    def process(self) -> int | None:
        """The id of the process that reads, if there is one."""
        return self._worker.pid if self._worker else None

    def _run(self) -> None:
        try:
            self._read_all(list(self._readers()))
        finally:
            if self._worker:
                self._worker.stop()
        self._tell(self._listener.on_done)

    def _readers(self) -> Iterator[_Reader]:
        ranges = chunks(self._text)
        for name in self._suggesters:
            try:
                source = choose(name).source
            except AnnotateError as error:
                self._tell(self._listener.on_error, str(error))
            else:
                unread = {bounds for bounds in ranges if not self._has_read(source, *bounds)}
                yield _Reader(name, source, unread)

    def _read_all(self, readers: list[_Reader]) -> None:
        while readers and not self._cancelled.is_set():
            unread = in_order(set().union(*(reader.unread for reader in readers)), self._visible)
            left = sum(end - start for start, end in unread)
            self._tell(self._listener.on_progress, len(self._text) - left, len(self._text))
            if not unread:
                return
            for reader in readers:
                if unread[0] in reader.unread:
                    self._read(reader, *unread[0])
            readers = [reader for reader in readers if not reader.given_up]

    def _read(self, reader: _Reader, start: int, end: int) -> None:
        while not self._cancelled.is_set():
            try:
                replies = self._ask(reader, start, end)
            except _DiedError as death:
                self._worker = None
                self._bury(reader, death)
            else:
                reader.unread.discard((start, end))
                self._pass_on(reader, replies, Run(reader.source, start, end, reader.unit))
                return
            if reader.given_up:
                return

    def _ask(self, reader: _Reader, start: int, end: int) -> list[Reply]:
        """What a suggester says about one chunk, whole, so that none of it is ever told twice."""
        if self._worker is None:
            self._worker = _Worker()
            if self._cancelled.is_set():
                self._worker.kill()
        worker = self._worker
        if reader.name not in worker.loaded:
            match worker.ask(Load(reader.name))[0]:
                case Ready(source, labels, unit):
                    worker.loaded.add(reader.name)
                    reader.source, reader.unit = source, unit
                    if not reader.announced:
                        reader.announced = True
                        self._tell(self._listener.on_ready, source, labels)
                case Failed() as failure:
                    reader.given_up = True
                    return [failure]
        return worker.ask(Read(reader.name, start, _encodable(self._text[start:end])))

    def _pass_on(self, reader: _Reader, replies: list[Reply], run: Run) -> None:
        for reply in replies:
            match reply:
                case Found(spans, last):
                    self._tell(self._listener.on_spans, reader.source, spans, run if last else None)
                case Failed(message) if not reader.complained:
                    reader.complained = True
                    self._tell(self._listener.on_error, message)

    def _bury(self, reader: _Reader, death: _DiedError) -> None:
        reader.given_up = reader.died or isinstance(death, _TooLongError)
        reader.died = True
        if isinstance(death, _TooLongError):
            says = f"{reader.source} takes too long and suggests no more; annotating goes on."
            self._tell(self._listener.on_error, says)
            return
        self._tell(
            self._listener.on_error,
            f"{reader.source} stopped again ({death}) and suggests no more; annotating goes on."
            if reader.given_up
            else f"{reader.source} stopped ({death}) and was started again.",
        )

    def _tell(self, call: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> None:
        if not self._cancelled.is_set():
            call(*args, **kwargs)


class _Worker:
    """The process, as seen from the program. Raises `_DiedError` when it is no more."""

    _encoder = msgspec.json.Encoder()
    _decoder = msgspec.json.Decoder(Reply)

    def __init__(self) -> None:
        self.loaded: set[str] = set()
        """The names of the suggesters that are ready in it."""
        try:
            self._process = subprocess.Popen(
                command_of("annotations.suggest.worker"),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, **_SURROUNDINGS},
                start_new_session=True,
            )
        except OSError as error:
            raise _DiedError(error.strerror) from None

    @property
    def pid(self) -> int:
        return self._process.pid

    def ask(self, request: Request) -> list[Reply]:
        """Send a request and wait for all of the answer."""
        assert self._process.stdin
        assert self._process.stdout
        replies: list[Reply] = []
        try:
            self._process.stdin.write(self._encoder.encode(request) + b"\n")
            self._process.stdin.flush()
            while not replies or (isinstance(replies[-1], Found) and not replies[-1].last):
                line = self._process.stdout.readline()
                if not line.endswith(b"\n"):
                    raise self._death()
                replies.append(self._decoder.decode(line))
        except OSError:
            raise self._death() from None
        return replies

    def _death(self) -> _DiedError:
        how = self.stop()
        return _TooLongError(how) if self._process.returncode == -TOO_LONG else _DiedError(how)

    def kill(self) -> None:
        """End the process; returns at once."""
        self._process.kill()

    def stop(self) -> str:
        """End the process if it has not ended by itself, and say how it ended."""
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                with suppress(OSError):
                    stream.close()
        # Its standard input is closed: it ends by itself, unless it hangs outside Python.
        try:
            status = self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            self._process.kill()
            status = self._process.wait()
        return f"signal {-status}" if status < 0 else f"exit status {status}"


def _encodable(text: str) -> str:
    """The text with lone surrogates replaced: JSON has none. Offsets stay as they are."""
    return text.encode("utf-8", "replace").decode("utf-8")
