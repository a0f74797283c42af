"""A progress bar for commands that go through many documents; only on a terminal."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")


@contextmanager
def progress(title: str, total: int | None) -> Iterator[Callable[[Iterable[T]], Iterable[T]]]:
    """Gives a function that passes things through and advances the bar by one for each.

    The bar is shown only while things pass, so later messages and questions are on separate lines. `total`
    is `None` if it is not known. Nothing is shown for few things, or if standard error is not a terminal.
    """
    if (total is not None and total < 100) or not sys.stderr.isatty():
        yield lambda things: things
        return
    from rich.console import Console
    from rich.progress import Progress

    # Other output is not redirected, so that Rich does not change it.
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
