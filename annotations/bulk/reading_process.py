"""The process that reads texts, from the program's side: it is replaced now and then, and when it has died.

A text that ended several processes in a row is set aside with its reason, and so is one that
takes too long; the others are read on.
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
"""Texts after which a process is replaced, so that what libraries keep of each text stays small."""
TRIES = 3
"""How many processes may die at a text: one that was ended from outside is not a reason to skip a text."""
PATIENCE = 120.0
"""Seconds for any text, and one more for each `SLOWEST` bytes of it."""
SLOWEST = 2_000


class RenewedReader:
    """Reads batches of texts in its own process, which is started with the first batch.

    `read` belongs to one thread at a time; `close` may be called from any.
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
        """End the process, whatever it is doing; a `read` that is under way ends with an `AnnotateError`."""
        self._closed = True
        if process := self._process:
            process.end()

    def _read_on(self, batch: Batch, done: list[ReadText]) -> None:
        """Read what is left of a batch into `done`. Raises `ProcessDiedError`."""
        process = self._started()
        left = min(len(batch) - len(done), self._renewed_after - process.texts)
        process.send(batch[len(done) : len(done) + left])
        for member in batch[len(done) : len(done) + left]:
            # The size of a row is known; that of a file is looked up only here.
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
                    raise AnnotateError(f"The suggesters cannot be loaded: that {death}.") from None
                continue
            if loaded.problem:
                self._process = None
                process.end()
                raise AnnotateError(loaded.problem)
        assert self._process is not None
        return self._process

    def _end_if_closed(self, process: "_Process") -> None:
        """`close` may have come while the process was started."""
        if self._closed:
            process.end()


class _Process:
    """One such process. Raises `AnnotateError` where it cannot be started."""

    def __init__(self) -> None:
        self.texts = 0
        """How many it has read."""
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
            raise ProcessDiedError("takes a pattern file too long", too_long=True)
        raise ProcessDiedError(f"ended its process ({how_ended(status)})")

    def end(self) -> int:
        """End the process if it has not ended by itself; its exit status."""
        assert self._process.stdin
        self._process.kill()
        # A thread that is writing there gets an error; what is left in the buffer is not needed.
        with suppress(OSError, ValueError):
            self._process.stdin.close()
        return self._process.wait()

    def _receive(self) -> None:
        assert self._process.stdout
        with self._process.stdout as replies, suppress(EOFError, pickle.UnpicklingError, OSError):
            while True:
                self._replies.put(pickle.load(replies))
        self._replies.put(None)
