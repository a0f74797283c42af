"""Searching for the screen: plain words in this process, slower searches in another process with limits.

The time for plain words depends only on the length of the text. A regular expression, or a very long
line of words, is compiled and matched in `annotations.text.search_worker`, which is started for the
first of them and is sent each text once.
"""

import signal
import subprocess
import threading
from contextlib import suppress
from typing import BinaryIO, cast

from annotations.model.errors import AnnotateError
from annotations.text.child_process import start_process
from annotations.text.search import REGEX_SIGN, Search, Stop, find, is_regex
from annotations.text.search_messages import BEGIN, PART, TYPED, encoded, receive_reply, send

LONGEST_WORDS = 500
"""The largest number of code points of plain words that are compiled here; each takes up to a tenth of
a millisecond.
"""
PART_LENGTH = 2**18
"""Code points of a text that are sent at once: other threads run in between."""
UNRESPONSIVE = 10.0
"""If a process neither answers nor ends by itself, it is ended after this many seconds."""


class Searcher:
    """Searches texts, one search at a time; another thread may call `close` meanwhile."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._text: str | None = None
        """The text that the process has."""
        self._closed = False
        self._starting = threading.Lock()

    @property
    def process(self) -> int | None:
        """The id of the search process, if there is one."""
        return self._process.pid if self._process else None

    def find(self, text: str, typed: str) -> Search:
        """Search a text for the typed text (see `annotations.text.search`); waits for the answer.

        Raises `AnnotateError` when the process cannot be started.
        """
        if not is_regex(typed) and len(typed) <= LONGEST_WORDS:
            return find(text, typed)
        # For the caller, a closed searcher and a process that dies are the same: there is no answer.
        try:
            return self._ask(self._ready(), text, typed)
        except (OSError, EOFError):
            return Search(typed, stop=self._forget_process())

    def close(self) -> None:
        """End the process, even during a search, and do not start another."""
        with self._starting:
            self._closed = True
            # The searching thread may remove it meanwhile.
            process = self._process
            if process is not None:
                process.kill()
                with suppress(subprocess.TimeoutExpired):
                    process.wait(timeout=1)

    def _ready(self) -> "subprocess.Popen[bytes]":
        """The process; a new one is started if it has ended. Raises `EOFError` after `close`."""
        with self._starting:
            if self._closed:
                raise EOFError
            if self._process and self._process.poll() is not None:
                self._forget_process()
            if self._process is None:
                try:
                    self._process = start_process("annotations.text.search_worker")
                except OSError as error:
                    reason = error.strerror or "it cannot be started"
                    raise AnnotateError(
                        f"The process that searches cannot be started: {reason}."
                    ) from None
            return self._process

    def _ask(self, process: "subprocess.Popen[bytes]", text: str, typed: str) -> Search:
        requests = cast("BinaryIO", process.stdin)
        # The process ends by itself when the search takes too long; this is for a process that hangs.
        watch = threading.Timer(UNRESPONSIVE, process.kill)
        watch.daemon = True
        watch.start()
        try:
            if self._text is not text:
                send(requests, BEGIN)
                for start in range(0, len(text), PART_LENGTH):
                    send(requests, PART, encoded(text[start : start + PART_LENGTH]))
                self._text = text
            if typed == REGEX_SIGN:
                # The next key completes a pattern. By then the process has started and has the text.
                requests.flush()
                return Search(typed)
            send(requests, TYPED, encoded(typed))
            requests.flush()
            search = receive_reply(cast("BinaryIO", process.stdout), typed)
        finally:
            watch.cancel()
        if search.stop == "memory":
            self._forget_process()
        return search

    def _forget_process(self) -> Stop:
        """Remove a process that has ended or is ending, and return why it ended."""
        process, self._process, self._text = self._process, None, None
        if process is None:
            return "death"
        for stream in (process.stdin, process.stdout):
            with suppress(OSError):
                if stream:
                    stream.close()
        try:
            status = process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            process.kill()
            status = process.wait()
        return "time" if status == -signal.SIGALRM else "death"
