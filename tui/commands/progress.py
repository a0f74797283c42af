"""A progress bar for commands that go through many documents, on a terminal only."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")


@contextmanager
def progress(title: str, total: int | None) -> Iterator[Callable[[Iterable[T]], Iterable[T]]]:
    """Gives a function that passes things through and moves the bar on by one for each.

    `total` is `None` where nobody knows it. Nothing is shown for few things, or where standard error
    is no terminal.
    """
    if (total is not None and total < 100) or not sys.stderr.isatty():
        yield lambda things: things
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=total)

        def seen(things: Iterable[T]) -> Iterator[T]:
            for thing in things:
                yield thing
                bar.advance(task)

        yield seen
