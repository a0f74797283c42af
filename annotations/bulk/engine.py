"""Where texts are read: on this machine, or on a cluster."""

import os
from collections import deque
from collections.abc import Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from typing import Protocol, assert_never

from annotations.bulk.engine_names import EngineName
from annotations.bulk.reader import Batch, ReadText
from annotations.bulk.reading_process import RENEWED_AFTER, RenewedReader
from annotations.bulk.recipe import Recipe

AHEAD = 4
"""How many batches per worker are started before the first one must be finished."""


class Engine(Protocol):
    """Reads batches of texts with many processes."""

    def read(self, batches: Iterable[Batch], recipe: Recipe) -> Generator[list[ReadText], None, None]:
        """The texts read from each batch, in the order of the batches.

        Closing the iterator also closes everything that it started. Raises `AnnotateError` if the
        suggesters cannot be loaded.
        """
        ...


def engine_of(name: EngineName, workers: int | None = None) -> Engine:
    """The engine with this name and number of workers; without a number, one for each processor.

    Raises `AnnotateError` if something that it needs is not installed.
    """
    match name:
        case "local":
            return LocalEngine(workers or _processors())
        case "ray":
            from annotations.bulk.ray_engine import RayEngine

            return RayEngine(workers)
    assert_never(name)


class LocalEngine:
    """Processes on this machine, each with its own suggesters."""

    def __init__(self, workers: int, renewed_after: int = RENEWED_AFTER) -> None:
        self.workers = workers
        self._renewed_after = renewed_after

    def read(self, batches: Iterable[Batch], recipe: Recipe) -> Generator[list[ReadText], None, None]:
        """See `Engine`."""
        readers = [RenewedReader(recipe, self._renewed_after) for _ in range(self.workers)]
        free: SimpleQueue[RenewedReader] = SimpleQueue()
        for reader in readers:
            free.put(reader)

        def read(batch: Batch) -> list[ReadText]:
            reader = free.get()
            try:
                return reader.read(batch)
            finally:
                free.put(reader)

        under_way: deque[Future[list[ReadText]]] = deque()
        # A process ends when the thread that started it ends, so these threads stay until all texts are read.
        executor = ThreadPoolExecutor(self.workers, "bulk")
        try:
            for batch in batches:
                under_way.append(executor.submit(read, batch))
                if len(under_way) >= self.workers * AHEAD:
                    yield under_way.popleft().result()
            while under_way:
                yield under_way.popleft().result()
        finally:
            for reader in readers:
                reader.close()
            executor.shutdown(cancel_futures=True)


def _processors() -> int:
    """How many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1
