"""A progress bar for commands that go through many documents, on a terminal only."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")


@contextmanager
def progress(title: str, total: int | None) -> Iterator[Callable[[Iterable[T]], Iterable[T]]]:
    """Gives a function that passes things through and moves the bar on by one for each.

    The bar is there while things pass: what is said or asked after them has lines of its own.
    `total` is `None` where nobody knows it. Nothing is shown for few things, or where standard error
    is not a terminal.
    """
    if (total is not None and total < 100) or not sys.stderr.isatty():
        yield lambda things: things
        return
    from rich.console import Console
    from rich.progress import Progress

    # What is printed meanwhile is not a markup of rich's.
    bar = Progress(
        console=Console(stderr=True), transient=True, redirect_stdout=False, redirect_stderr=False
    )

    def seen(things: Iterable[T]) -> Iterator[T]:
        task = bar.add_task(title, total=total)
        bar.start()
        for thing in things:
            yield thing
            bar.advance(task)
        bar.stop()
        bar.remove_task(task)

    try:
        yield seen
    finally:
        bar.stop()
