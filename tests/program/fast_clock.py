"""The program on a clock that runs faster: `python -m tests.program.fast_clock FILE ARGUMENTS...`.

Whatever waits for a time, in any thread, waits a part of it only, and finds afterwards that all of it is over. The
file says how late it is on that clock.
"""

import selectors
import sys
import threading
import time
from pathlib import Path
from typing import Any

FASTER = 24.0
"""How many seconds of that clock a second takes."""
EACH = 1.0
"""Seconds of that clock after which it is written down again."""


def quicken() -> None:
    """Let all clocks and all waiting run faster from now on; before anything else is imported."""
    monotonic, sleep, wait = time.monotonic, time.sleep, threading.Condition.wait
    select = selectors.DefaultSelector.select
    began = monotonic()

    def now() -> float:
        return began + (monotonic() - began) * FASTER

    def sooner(seconds: float | None) -> float | None:
        return None if seconds is None else seconds / FASTER

    def waits(condition: threading.Condition, timeout: float | None = None) -> bool:
        return wait(condition, sooner(timeout))

    def selects(selector: Any, timeout: float | None = None) -> Any:
        return select(selector, sooner(timeout))

    quickened: tuple[tuple[object, str, object], ...] = (
        (time, "monotonic", now),
        (time, "perf_counter", now),
        (threading, "_time", now),
        (time, "sleep", lambda seconds: sleep(seconds / FASTER)),
        (threading.Condition, "wait", waits),
        (selectors.DefaultSelector, "select", selects),
    )
    for owner, name, quick in quickened:
        setattr(owner, name, quick)


def tell(file: Path) -> None:
    """Write down again and again how late it is."""
    while True:
        file.write_text(f"{time.monotonic()}")
        time.sleep(EACH)


if __name__ == "__main__":
    quicken()
    threading.Thread(target=tell, args=(Path(sys.argv[1]),), daemon=True).start()
    from tui.cli import main

    raise SystemExit(main(sys.argv[2:]))
