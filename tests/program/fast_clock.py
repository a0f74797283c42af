"""The program with a clock that runs faster: `python -m tests.program.fast_clock FILE ARGUMENTS...`.

In all threads, waiting for a time takes only a part of it, and the clock then shows that all of it has
passed. The time of this clock is written to the file.
"""

import selectors
import sys
import threading
import time
from pathlib import Path
from typing import Any

FASTER = 24.0
"""How many seconds pass on this clock in a real second."""
EACH = 1.0
"""The time is written after each of these seconds of this clock."""


def quicken() -> None:
    """Make all clocks and all waiting faster from now on. Must be called before other modules are imported."""
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
    """Write the time of this clock to a file again and again."""
    while True:
        file.write_text(f"{time.monotonic()}")
        time.sleep(EACH)


if __name__ == "__main__":
    quicken()
    threading.Thread(target=tell, args=(Path(sys.argv[1]),), daemon=True).start()
    from tui.cli import main

    raise SystemExit(main(sys.argv[2:]))
