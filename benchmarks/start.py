"""Seconds to a readable screen, compared with the smallest program that shows the same text.

    python -m benchmarks.start ARTICLE [--runs 9]

Both run under a pseudo-terminal, in turn, each time in a new process: from its start to the moment its
output holds the third word of the article. The other program is a Textual app with one `Static` and
nothing else. Seconds on the clock are printed, and seconds of the processor, which depend less on other
work on the machine.
"""

import argparse
import os
import pty
import re
import select
import signal
import statistics
import sys
import tempfile
import time
from pathlib import Path

SMALLEST = """
import sys
from textual.app import App
from textual.widgets import Static

class Smallest(App):
    def compose(self):
        yield Static(open(sys.argv[1], encoding="utf-8").read(), markup=False)

Smallest().run()
"""


def seconds(command: list[str], wanted: bytes, folder: str) -> tuple[float, float]:
    """Seconds from the start of a command on a terminal until it has written these words: clock, processor."""
    begin = time.perf_counter()
    pid, fd = pty.fork()
    if pid == 0:
        os.chdir(folder)
        os.environ |= {"TERM": "xterm-256color", "COLUMNS": "120", "LINES": "40"}
        os.execvp(command[0], command)
    written, passed = b"", 0.0
    try:
        while time.perf_counter() - begin < 30:
            if not select.select([fd], [], [], 1)[0]:
                continue
            try:
                written += os.read(fd, 1 << 16)
            except OSError:
                break
            if wanted in re.sub(rb"\x1b\[[0-9;?]*[a-zA-Z]", b"", written):
                passed = time.perf_counter() - begin
                break
    finally:
        os.kill(pid, signal.SIGKILL)
        _, _, used = os.wait4(pid, 0)
        os.close(fd)
    if not passed:
        raise SystemExit(f"{command[0]} never showed {wanted!r}")
    return passed, used.ru_utime + used.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("article", type=Path)
    parser.add_argument("--runs", type=int, default=9)
    options = parser.parse_args()
    words = options.article.read_text("utf-8").split()[:3]
    wanted = words[-1].encode()
    article = str(options.article.absolute())
    ours, theirs = [], []
    with tempfile.TemporaryDirectory() as folder:
        smallest = Path(folder) / "smallest.py"
        smallest.write_text(SMALLEST)
        os.environ["PYTHONPATH"] = str(Path(__file__).parents[1])
        # An installed program is already compiled. With this variable set, it would be compiled at each start.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        for _ in range(options.runs + 1):
            ours.append(seconds([sys.executable, "-m", "tui.cli", article], wanted, folder))
            theirs.append(seconds([sys.executable, str(smallest), article], wanted, folder))
            # When the program is killed, its process for suggesters needs some time to end.
            time.sleep(1.5)
    for what, own, other in zip(
        ("clock", "processor"), zip(*ours[1:], strict=True), zip(*theirs[1:], strict=True), strict=True
    ):
        ratios = [ours_ / theirs_ for ours_, theirs_ in zip(own, other, strict=True)]
        print(
            f"{what:9}  ours {statistics.median(own):.3f} s, smallest {statistics.median(other):.3f} s, ratio"
            f" {statistics.median(ratios):.2f} (median of {options.runs} pairs; {min(ratios):.2f} to {max(ratios):.2f})"
        )


if __name__ == "__main__":
    main()
