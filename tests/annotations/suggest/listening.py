"""Listeners for a service of suggestions, which tests can wait for."""

import os
import signal
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from annotations.learn.doubt import FittedWeights
from annotations.model.document_key import DocumentKey
from annotations.model.edit import Run
from annotations.model.source import Source
from annotations.model.span import Span
from annotations.suggest.chunking import LIMIT
from annotations.suggest.service import SuggestionService
from annotations.text.token_edges import TokenEdges

LINE = "From Lisbon 😀 along the river Tagus to Porto.\r\n\r\n"
LONG = LINE * (3 * LIMIT // len(LINE))
DEADLINE = 120.0


KEY = DocumentKey("harbour", "ann")
OTHER = DocumentKey("market", "ann")


class Recorder:
    """A listener for one document. A test can set functions that are called at its calls."""

    def __init__(self, key: DocumentKey = KEY) -> None:
        self.key = key
        self.ready: list[tuple[str, tuple[str, ...]]] = []
        self.spans: list[Span] = []
        self.runs: list[Run] = []
        self.second_readings: list[Span] = []
        self.weights: list[FittedWeights] = []
        self.batches: list[int] = []
        self.progress: list[tuple[int, int]] = []
        self.errors: list[str] = []
        self.edges: TokenEdges | None = None
        self.at_ready: Callable[[], None] = lambda: None
        self.at_chunk: Callable[[], None] = lambda: None
        self._done = threading.Event()

    def on_ready(self, key: DocumentKey, source: Source, labels: Sequence[str]) -> None:
        assert key == self.key
        self.ready.append((str(source), tuple(labels)))
        self.at_ready()

    def on_spans(
        self,
        key: DocumentKey,
        source: Source,
        spans: list[Span],
        run: Run | None,
        second_readings: Sequence[Span] = (),
    ) -> None:
        assert key == self.key
        assert run is not None or not second_readings
        self.second_readings += second_readings
        assert {span.sources for span in spans} <= {(source,)}
        self.spans += spans
        self.batches.append(len(spans))
        if run:
            self.runs.append(run)
            self.at_chunk()

    def on_progress(self, key: DocumentKey, done: int, total: int) -> None:
        assert key == self.key
        self.progress.append((done, total))

    def on_error(self, key: DocumentKey, message: str) -> None:
        assert key == self.key
        self.errors.append(message)

    def on_done(self, key: DocumentKey) -> None:
        assert key == self.key
        self._done.set()

    def on_fitted(self, weights: FittedWeights) -> None:
        self.weights.append(weights)

    def on_tokens(self, key: DocumentKey, edges: TokenEdges) -> None:
        assert key == self.key
        assert self.finished
        self.edges = edges

    def wait(self) -> "Recorder":
        assert self._done.wait(DEADLINE)
        return self

    @property
    def finished(self) -> bool:
        return self._done.is_set()


class ListenersByDocument:
    """Passes calls on to the recorder of each document; fails for a document that was not requested."""

    def __init__(self, *keys: DocumentKey) -> None:
        self.of = {key: Recorder(key) for key in keys}

    def __getattr__(self, call: str) -> Callable[..., None]:
        return lambda key, *rest: getattr(self.of[key], call)(key, *rest)


Start = Callable[..., SuggestionService]


def read(text: str, *suggesters: str) -> Recorder:
    recorder = Recorder()
    service = SuggestionService(suggesters, recorder)
    try:
        service.read(KEY, text)
        return recorder.wait()
    finally:
        service.close()


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + DEADLINE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.005)


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def opened(gate: Path) -> TextIO:
    """A pipe for writing, opened as soon as another process reads from it."""
    ends: list[int] = []

    def open_it() -> bool:
        with suppress(OSError):
            ends.append(os.open(gate, os.O_WRONLY | os.O_NONBLOCK))
        return bool(ends)

    until(open_it)
    return os.fdopen(ends[0], "w")


def kill(service: SuggestionService) -> None:
    assert service.process
    os.kill(service.process, signal.SIGKILL)


def no_threads() -> bool:
    return not any(thread.name.startswith("suggestions") for thread in threading.enumerate())


def extents(spans: list[Span]) -> list[tuple[int, int, str]]:
    return [(span.start, span.end, span.label) for span in spans]
