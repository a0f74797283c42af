"""The program's side of the process of the suggesters: it starts the process and talks to it."""

import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress

import msgspec

from annotations.suggest.isolation import ENVIRONMENT
from annotations.suggest.limits import TOO_LONG
from annotations.suggest.protocol import Reply, Request, line_of, reply_of
from annotations.text.child_process import ProcessDiedError, how_ended, start_process


class WorkerProcess:
    """One such process. `on_reply` is called on a separate thread, with `None` when it has ended.

    Raises `ProcessDiedError` if it cannot be started. On Linux it ends with the thread that started it.
    """

    def __init__(self, on_reply: Callable[["WorkerProcess", Reply | None], None]) -> None:
        self.loaded: set[str] = set()
        """The names of the suggesters that are ready in it."""
        try:
            self._process = start_process("annotations.suggest.worker", ENVIRONMENT)
        except OSError as error:
            raise ProcessDiedError(error.strerror or type(error).__name__) from None
        threading.Thread(
            target=self._receive, args=(on_reply,), name="suggestions received", daemon=True
        ).start()

    @property
    def pid(self) -> int:
        """The id of the process."""
        return self._process.pid

    def send(self, request: Request) -> None:
        """Send a request. If the process has ended, nothing is raised: `on_reply` is called with `None`."""
        assert self._process.stdin
        with suppress(OSError):
            self._process.stdin.write(line_of(request))
            self._process.stdin.flush()

    def kill(self) -> None:
        """End the process; returns at once."""
        self._process.kill()

    def end(self) -> ProcessDiedError:
        """End the process if it has not ended by itself, and say how it ended."""
        assert self._process.stdin
        with suppress(OSError):
            self._process.stdin.close()
        # Its standard input is closed: it ends by itself, unless it hangs outside Python.
        try:
            status = self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            self._process.kill()
            status = self._process.wait()
        return ProcessDiedError(how_ended(status), too_long=status == -TOO_LONG)

    def _receive(self, on_reply: Callable[["WorkerProcess", Reply | None], None]) -> None:
        assert self._process.stdout
        with self._process.stdout as replies:
            for line in replies:
                try:
                    reply = reply_of(line)
                except (msgspec.MsgspecError, UnicodeDecodeError):
                    # An incomplete line of a process that was ended, or a line written by other code in it.
                    self.kill()
                    break
                on_reply(self, reply)
        on_reply(self, None)
