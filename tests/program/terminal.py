"""The whole program under a real pseudo-terminal: tests press keys and read the screen."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from pathlib import Path

import pyte

KEYS = {
    "right": "\x1bOC",
    "left": "\x1bOD",
    "up": "\x1bOA",
    "down": "\x1bOB",
    "shift+right": "\x1b[1;2C",
    "enter": "\r",
    "tab": "\t",
    "space": " ",
    "backspace": "\x7f",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "ctrl+q": "\x11",
    "ctrl+s": "\x13",
    "ctrl+z": "\x1a",
}
COMMAND = [sys.executable, "-m", "tui.cli"]
ROOT = Path(__file__).parents[2]


class Terminal:
    """A program on its own terminal. Use it in a `with` statement: the program ends with the block."""

    def __init__(
        self,
        arguments: list[str],
        folder: Path,
        *,
        columns: int = 100,
        rows: int = 30,
        command: list[str] | None = None,
        environment: dict[str, str] | None = None,
    ) -> None:
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.ByteStream(self.screen)
        self.raw = b""
        self.status: int | None = None
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            os.environ.update(
                {
                    "TERM": "xterm-256color",
                    "LANG": "C.UTF-8",
                    "PYTHONPATH": str(ROOT),
                    "XDG_STATE_HOME": str(folder / "state"),
                    "TEXTUAL_ANIMATIONS": "none",
                    **(environment or {}),
                }
            )
            for name in ("NO_COLOR", "ANNOTATE_DB"):
                if name not in (environment or {}):
                    os.environ.pop(name, None)
            # pytest's readline sets these outside of `os.environ`; the size must be that of the terminal.
            for name in ("COLUMNS", "LINES"):
                os.unsetenv(name)
            run = [*(command or COMMAND), *arguments]
            os.execvp(run[0], run)
        self.resize(columns, rows)

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *rest: object) -> None:
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.fd)

    def resize(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.screen.resize(rows, columns)

    def press(self, *keys: str) -> None:
        """Send keys one after the other, as fast as they are read."""
        for key in keys:
            os.write(self.fd, KEYS.get(key, key).encode())

    def read(self, seconds: float) -> bool:
        """Read what the program writes within some seconds. Return `False` when it has ended."""
        poll = select.poll()
        poll.register(self.fd, select.POLLIN)
        if not poll.poll(seconds * 1000):
            return True
        try:
            data = os.read(self.fd, 1 << 16)
        except OSError:
            data = b""
        if not data:
            return False
        self.raw += data
        self.show(data)
        return True

    def show(self, data: bytes) -> None:
        """Show what the program wrote, and answer what it asks the terminal."""
        if b"\x1b[6n" in data:
            os.write(self.fd, b"\x1b[1;1R")
        # Private modes that pyte does not know would be shown as text.
        self.stream.feed(re.sub(rb"\x1b\[[<>=][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*\$[a-z]", b"", data))

    def drain(self, seconds: float) -> None:
        """Read what the program writes until it has written nothing for a while."""
        written = -1
        while written < len(self.raw):
            written = len(self.raw)
            self.read(seconds)

    @property
    def text(self) -> str:
        return "\n".join(self.screen.display)

    def wait_for(self, pattern: str, seconds: float = 20) -> str:
        """Wait until the screen matches a regular expression. Return the screen."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if re.search(pattern, self.text):
                return self.text
            if not self.read(0.05):
                break
        raise AssertionError(f"the screen never showed {pattern!r}:\n{self.text}")

    def wait_for_header(self, count: str = r"\d+/\d+") -> None:
        """Wait until the header shows that all suggestions are there and that everything is saved."""
        self.wait_for(rf"\A(?!.*names\b).* {count}  saved *\n")

    def place_of(self, words: str) -> tuple[int, int]:
        """The column and the row, from 0, of the first place where words are; each character takes one cell."""
        for row, line in enumerate(self.text.splitlines()):
            if words in line:
                return line.index(words), row
        raise AssertionError(f"{words!r} is not on the screen:\n{self.text}")

    def click(self, column: int, row: int) -> None:
        """Press and release the mouse on a cell."""
        self.press(f"\x1b[<0;{column + 1};{row + 1}M", f"\x1b[<0;{column + 1};{row + 1}m")

    def wait_for_bytes(self, wanted: bytes, times: int, seconds: float = 20) -> None:
        """Wait until the program has written these bytes a number of times."""
        end = time.monotonic() + seconds
        while self.raw.count(wanted) < times:
            assert time.monotonic() < end, f"{wanted!r} was not written {times} times"
            self.read(0.05)

    def end(self, seconds: float = 20) -> int:
        """Wait until the program ends. Return its exit status."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            alive = self.read(0.02)
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                self.status = os.waitstatus_to_exitcode(status)
                return self.status
            if not alive:
                time.sleep(0.02)
        raise AssertionError(f"the program did not end:\n{self.text}")
