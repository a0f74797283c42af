"""Searches on a thread, so that keys are read meanwhile."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from annotations.model.errors import AnnotateError
from annotations.text.search import Search

if TYPE_CHECKING:
    from annotations.text.search_process import Searcher


class BackgroundSearch:
    """Runs one search at a time. Of those that are asked for meanwhile, only the latest is run."""

    def __init__(self, run: Callable[[Coroutine[Any, Any, None]], object]) -> None:
        """`run` starts a coroutine in the background."""
        self._run = run
        self._next: tuple[str, str, Callable[[Search], None]] | None = None
        self._under_way = False
        self._searcher: Searcher | None = None

    def seek(self, text: str, typed: str, found: Callable[[Search], None]) -> None:
        """Search a text; `found` gets the result, unless another search has been asked for by then."""
        self._next = text, typed, found
        if not self._under_way:
            self._under_way = True
            self._run(self._go_on())

    def close(self) -> None:
        """End the process that searches, if there is one."""
        if self._searcher is not None:
            self._searcher.close()

    async def _go_on(self) -> None:
        from annotations.text.search_process import Searcher

        searcher = self._searcher = self._searcher or Searcher()
        while self._next is not None:
            (text, typed, found), self._next = self._next, None
            try:
                search = await asyncio.to_thread(searcher.find, text, typed)
            except AnnotateError as error:
                search = Search(typed, wrong=str(error))
            if self._next is None:
                found(search)
        self._under_way = False
