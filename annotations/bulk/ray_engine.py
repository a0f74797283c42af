"""Reading texts on a cluster by Ray Data (https://docs.ray.io/en/latest/data/data.html), an extra.

Ray's own variables, such as `RAY_ADDRESS`, choose the cluster and which part of it may be used; without
them, Ray is started on this machine. Each actor of the pool reads with a separate process, as on one
machine, so a text that makes this process crash does not affect Ray. If an actor is lost, Ray itself
reads its batches again. Every machine opens the texts at the same paths.
"""

import logging
import os
import pickle
import sys
import threading
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager, redirect_stdout, suppress
from queue import Empty, Queue
from typing import Any

from annotations.bulk.reader import Batch, ReadText
from annotations.bulk.reading_process import RenewedReader
from annotations.bulk.recipe import Recipe
from annotations.model.errors import AnnotateError
from annotations.text.installing import install_command

MANY = 1_000
BATCHES_IN_BLOCK = 10
"""From `MANY` batches on, Ray gets them in blocks of `BATCHES_IN_BLOCK` batches, because it tracks each block."""
AHEAD = 100
"""How many batches may be read before their results are written."""
CHECK_SECONDS = 0.1
MOST_CHECKS = 300 + AHEAD
"""How often to check at the end whether Ray's thread has ended, before giving up. Each check drops a waiting
result, of which there are about `AHEAD`, or waits `CHECK_SECONDS` seconds: about 30 seconds in all."""
OBJECT_STORE = 200 << 20
"""Bytes of shared memory where Ray is started on this machine: batches are small."""

Results = Queue[list[ReadText] | Exception]


class RayEngine:
    """The pool of actors. Without a number of workers it has one for each processor of the cluster.

    Raises `AnnotateError` where Ray is not installed.
    """

    def __init__(self, workers: int | None = None) -> None:
        self._workers = workers
        # The messages of its processes are in its own log files.
        os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
        try:
            import ray.data
        except ImportError:
            raise AnnotateError(
                f"Ray is not installed. Use --engine local, or type: {install_command('ray[data]')}"
            ) from None
        self._ray = ray

    def read(self, batches: Iterable[Batch], recipe: Recipe) -> Generator[list[ReadText], None, None]:
        """See `annotations.bulk.engine.Engine`.

        Ray runs on a separate thread, because it cannot handle Ctrl+C while it works.
        """
        rows = [{"batch": pickle.dumps((recipe, batch))} for batch in batches]
        results: Results = Queue(AHEAD)
        ended = threading.Event()
        thread = threading.Thread(target=self._run, args=(rows, results, ended), name="ray", daemon=True)
        with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere):
            if rows:
                thread.start()
            try:
                for _ in rows:
                    result = results.get()
                    if isinstance(result, Exception):
                        raise result
                    yield result
            finally:
                ended.set()
                for _ in range(MOST_CHECKS):
                    # Pressing Ctrl+C again does not end this sooner.
                    with suppress(Empty, KeyboardInterrupt):
                        if not thread.is_alive():
                            break
                        results.get(timeout=CHECK_SECONDS)

    def _run(self, rows: list[dict[str, bytes]], results: Results, ended: threading.Event) -> None:
        """Put the result of each row into `results`, in the order of the rows, and any error that ends
        the reading.
        """
        ray = self._ray
        try:
            with self._connected():
                self._read(rows, results, ended)
            results.put(AnnotateError("Ray ended before everything was read; run the command again."))
        except ray.exceptions.RayError as error:
            reason = str(error).strip().splitlines()[-1]
            results.put(AnnotateError(f"Ray gave up: {reason}"))
        except Exception as error:
            results.put(error)

    def _read(self, rows: list[dict[str, bytes]], results: Results, ended: threading.Event) -> None:
        ray = self._ray
        workers = self._workers or max(int(ray.cluster_resources().get("CPU", 1)), 1)
        blocks = -(-len(rows) // (1 if len(rows) < MANY else BATCHES_IN_BLOCK))
        read = ray.data.from_items(rows, override_num_blocks=blocks).map_batches(
            ActorReader,
            batch_size=None,
            zero_copy_batch=True,
            compute=ray.data.ActorPoolStrategy(
                min_size=1, max_size=min(workers, len(rows)), max_tasks_in_flight_per_actor=2
            ),
            num_cpus=1,
        )
        found = iter(read.iter_rows())
        threading.Thread(target=_end_with, args=(ended, read), name="end of ray", daemon=True).start()
        try:
            for row in found:
                if ended.is_set():
                    break
                results.put(_read_of(pickle.loads(row["read"])))
        except Exception:
            # If the reading was ended early, the missing results are not needed.
            if not ended.is_set():
                raise
        finally:
            ended.set()
            del found
            _end(read)

    @contextmanager
    def _connected(self) -> Iterator[None]:
        """Connect to Ray, with as little output as possible. If this program started Ray, it is ended afterwards."""
        ray = self._ray
        own = not ray.is_initialized()
        try:
            if own:
                self._start()
            context = ray.data.DataContext.get_current()
            context.enable_progress_bars = False
            context.print_on_execution_start = False
            context.execution_options.preserve_order = True
            logging.getLogger("ray.data").setLevel(logging.ERROR)
            yield
        finally:
            if own:
                ray.shutdown()

    def _start(self) -> None:
        """Connect to the cluster, or start one here. Raises `AnnotateError`."""
        options: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.ERROR}
        if not os.environ.get("RAY_ADDRESS"):
            # "local" starts a new one even if another is running on this machine.
            options |= {"address": "local", "include_dashboard": False, "num_cpus": self._workers}
            options |= {"object_store_memory": OBJECT_STORE}
        try:
            with _silent_standard_error():
                self._ray.init(**options)
        except (ConnectionError, RuntimeError, ValueError) as error:
            reason = (str(error).strip() or type(error).__name__).splitlines()[0]
            raise AnnotateError(f"Ray cannot be started: {reason}") from None


def _end_with(ended: threading.Event, read: Any) -> None:
    ended.wait()
    _end(read)


def _end(read: Any) -> None:
    """End the reading of a data set, as its deletion would do. Ray crashes if it is shut down before that."""
    executor = getattr(read, "_current_executor", None)
    if executor is not None:
        executor.shutdown(force=True)


@contextmanager
def _silent_standard_error() -> Iterator[None]:
    """Discard standard error: Ray's own libraries report their log level there; real errors are raised."""
    sys.stderr.flush()
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


class ActorReader:
    """An actor of the pool: it reads batches with a process that it keeps."""

    def __init__(self) -> None:
        self._reader: RenewedReader | None = None

    def __call__(self, rows: dict[str, Any]) -> dict[str, Any]:
        """Read the batches of some rows."""
        return {"read": [pickle.dumps(self._read(*pickle.loads(row))) for row in rows["batch"]]}

    def _read(self, recipe: Recipe, batch: Batch) -> list[ReadText] | str:
        """The results, or why there are none, as text: after an exception, Ray would try again."""
        self._reader = self._reader or RenewedReader(recipe)
        try:
            return self._reader.read(batch)
        except AnnotateError as error:
            return str(error)


def _read_of(result: list[ReadText] | str) -> list[ReadText]:
    if isinstance(result, str):
        raise AnnotateError(result)
    return result
