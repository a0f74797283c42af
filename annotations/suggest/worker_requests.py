"""Requests to the process of the suggesters: one at a time. The process is started if there is none."""

import threading
from collections.abc import Callable
from itertools import count
from queue import Empty, SimpleQueue

from annotations.suggest.protocol import Cancel, Cancelled, Fit, Load, Read, Reply, ends
from annotations.suggest.worker_process import WorkerProcess
from annotations.text.child_process import ProcessDiedError


class WorkerRequests:
    """The only process. It is killed if it does not stop a cancelled request in `patience` seconds.

    Everything except `wake`, `close` and `pid` belongs to one thread, that of the service.
    """

    def __init__(self, patience: float) -> None:
        self.unreported_death: ProcessDiedError | None = None
        """How the process ended, if that was not reported yet."""
        self._patience = patience
        self._ids = count(1)
        self._worker: WorkerProcess | None = None
        self._closed = threading.Event()
        # Replies with their process; the reply is `None` if the process ended. A plain `None` only wakes.
        self._events: SimpleQueue[tuple[WorkerProcess, Reply | None] | None] = SimpleQueue()

    @property
    def pid(self) -> int | None:
        """The id of the process, if there is one."""
        worker = self._worker
        return worker.pid if worker else None

    def wake(self) -> None:
        """Wake the waiting thread after an event."""
        self._events.put(None)

    def close(self) -> None:
        """End the process; a process that is started later is ended at once."""
        self._closed.set()
        if worker := self._worker:
            worker.kill()
        self.wake()

    def wait(self) -> None:
        """Wait until something happens."""
        event = self._events.get()
        if event and event[0] is self._worker and event[1] is None:
            self.unreported_death = self._forget_process()

    def next_id(self) -> int:
        """A new id for a request."""
        return next(self._ids)

    def started(self) -> WorkerProcess:
        """The process. Raises `ProcessDiedError` if it cannot be started."""
        if self._worker is None:
            self._worker = WorkerProcess(lambda worker, reply: self._events.put((worker, reply)))
            if self._closed.is_set():
                self._worker.kill()
        return self._worker

    def ask(
        self, request: Load | Read | Fit, is_cancelled: Callable[[], bool] = lambda: False
    ) -> list[Reply]:
        """Send a request and wait for the complete answer.

        A cancellation is passed on to the process. If the process ignores it, it is ended. Raises
        `ProcessDiedError` if it ends by itself.
        """
        worker = self.started()
        worker.send(request)
        replies: list[Reply] = []
        cancelled = False
        while not (replies and ends(replies[-1])):
            if is_cancelled() and not cancelled:
                cancelled = True
                worker.send(Cancel(request.id))
            try:
                event = self._events.get(timeout=self._patience if cancelled else None)
            except Empty:
                worker.kill()
                self._forget_process()
                return [Cancelled(request.id)]
            if event is None or event[0] is not worker:
                continue
            if event[1] is None:
                raise self._forget_process()
            if event[1].id == request.id:
                replies.append(event[1])
        return replies

    def end(self) -> None:
        """End the process if there is one."""
        if self._worker is not None:
            self._forget_process()

    def _forget_process(self) -> ProcessDiedError:
        """Forget the process, which ends it if it still runs; returns how it ended."""
        assert self._worker
        worker, self._worker = self._worker, None
        return worker.end()
