"""The process that reads texts, from the program's side. It is replaced after many texts, and when it has died.

A text at which several processes in a row died is set aside with the reason, and so is a text that
takes too long. Then the next text is read.
"""

import pickle
import threading
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import TypeVar

from annotations.bulk.reader import Batch, ReadText, set_aside
from annotations.bulk.recipe import Recipe
from annotations.bulk.worker import ReadyToRead
from annotations.corpus.member import looked_at
from annotations.model.errors import AnnotateError
from annotations.suggest.isolation import ENVIRONMENT
from annotations.suggest.limits import TOO_LONG
from annotations.text.child_process import ProcessDiedError, how_ended, start_process

Said = TypeVar("Said")

RENEWED_AFTER = 2_000
"""A process is replaced after this many texts, so that the memory that libraries keep for each text stays small."""
TRIES = 3
"""A text is skipped when this many processes died at it: a single one may have been killed from outside."""
PATIENCE = 120.0
"""The seconds that a text may take, plus one for each `SLOWEST` bytes of it."""
SLOWEST = 2_000


class RenewedReader:
    """Reads batches of texts in its own process, which is started with the first batch.

    Only one thread at a time may call `read`; any thread may call `close`.
    """

    def __init__(
        self,
        recipe: Recipe,
        renewed_after: int = RENEWED_AFTER,
        patience: float = PATIENCE,
    ) -> None:
        self._recipe = recipe
        self._renewed_after = renewed_after
        self._patience = patience
        self._process: _Process | None = None
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The id of the process, if there is one."""
        process = self._process
        return process.pid if process is not None else None

    def read(self, batch: Batch) -> list[ReadText]:
        """Read texts, one after the other. Raises `AnnotateError` where the suggesters cannot be loaded."""
        done: list[ReadText] = []
        deaths = 0
        while len(done) < len(batch):
            before = len(done)
            try:
                self._read_on(batch, done)
            except ProcessDiedError as death:
                deaths = 1 if len(done) > before else deaths + 1
                if deaths >= TRIES or death.too_long:
                    member = batch[len(done)]
                    done.append(set_aside(member, self._recipe.encoding, str(death)))
                    deaths = 0
        return done

    def close(self) -> None:
        """End the process at once. A `read` that is running raises an `AnnotateError`."""
        self._closed = True
        if process := self._process:
            process.end()

    def _read_on(self, batch: Batch, done: list[ReadText]) -> None:
        """Read the rest of a batch into `done`, until the process is to be replaced. Raises `ProcessDiedError`."""
        process = self._started()
        left = min(len(batch) - len(done), self._renewed_after - process.texts)
        process.send(batch[len(done) : len(done) + left])
        for member in batch[len(done) : len(done) + left]:
            # The size of a row of a table is already known; the size of a file is looked up only here.
            size = looked_at(member).size or 0
            try:
                done.append(process.reply(ReadText, self._patience + size / SLOWEST))
            except ProcessDiedError:
                self._process = None
                raise
            process.texts += 1
        if process.texts >= self._renewed_after:
            self._process = None
            process.end()

    def _started(self) -> "_Process":
        """The process, loaded. Raises `AnnotateError` if it cannot be loaded."""
        for attempt in range(1, TRIES + 1):
            if self._closed:
                raise AnnotateError("Reading was ended.")
            if self._process is not None:
                return self._process
            self._process = process = _Process()
            self._end_if_closed(process)
            try:
                process.send(self._recipe)
                loaded = process.reply(ReadyToRead, self._patience)
            except ProcessDiedError as death:
                self._process = None
                if attempt == TRIES:
                    raise AnnotateError(
                        f"The suggesters cannot be loaded: loading them {death}."
                    ) from None
                continue
            if loaded.problem:
                self._process = None
                process.end()
                raise AnnotateError(loaded.problem)
        assert self._process is not None
        return self._process

    def _end_if_closed(self, process: "_Process") -> None:
        """End a process if `close` was called while it was being started."""
        if self._closed:
            process.end()


class _Process:
    """A process that reads texts. Raises `AnnotateError` if it cannot be started."""

    def __init__(self) -> None:
        self.texts = 0
        """How many texts it has read."""
        self._replies: SimpleQueue[object] = SimpleQueue()
        try:
            self._process = start_process("annotations.bulk.worker", ENVIRONMENT)
        except OSError as error:
            raise AnnotateError(f"No process can be started: {error.strerror}.") from None
        threading.Thread(target=self._receive, name="texts read", daemon=True).start()

    @property
    def pid(self) -> int:
        return self._process.pid

    def send(self, what: object) -> None:
        """Send something. If the process has ended, the missing reply shows it."""
        assert self._process.stdin
        with suppress(OSError, ValueError):
            pickle.dump(what, self._process.stdin)
            self._process.stdin.flush()

    def reply(self, kind: type[Said], patience: float) -> Said:
        """Its next reply, within this number of seconds. Raises `ProcessDiedError`."""
        try:
            reply = self._replies.get(timeout=patience)
        except Empty:
            self.end()
            raise ProcessDiedError(f"took longer than {patience:.0f} seconds", too_long=True) from None
        if isinstance(reply, kind):
            return reply
        status = self.end()
        if status == -TOO_LONG:
            raise ProcessDiedError("takes too long with a pattern file", too_long=True)
        raise ProcessDiedError(f"ended its process ({how_ended(status)})")

    def end(self) -> int:
        """End the process if it has not ended by itself. Return its exit status."""
        assert self._process.stdin
        self._process.kill()
        # A thread that is writing to it gets an error. What is still in the buffer is not needed.
        with suppress(OSError, ValueError):
            self._process.stdin.close()
        return self._process.wait()

    def _receive(self) -> None:
        assert self._process.stdout
        with self._process.stdout as replies, suppress(EOFError, pickle.UnpicklingError, OSError):
            while True:
                self._replies.put(pickle.load(replies))
        self._replies.put(None)
