"""What the documents of a corpus need of the program: windows, timers, work on another thread."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from textual.app import App
from textual.screen import Screen
from textual.worker import Worker

from tui.keymap import Keymap
from tui.workspace.other_documents import OtherDocuments
from tui.workspace.workspace import Workspace

StageAnswer = TypeVar("StageAnswer")
Made = TypeVar("Made")


class ScreenServices:
    """The program that shows the documents."""

    def __init__(self, app: App[None]) -> None:
        self._app = app
        self.last_key = 0.0
        """When the last key was pressed, in seconds of the monotonic clock."""

    @property
    def shows_article(self) -> bool:
        """Whether no window is open over the article."""
        return len(self._app.screen_stack) == 1

    def ask(
        self,
        window: Screen[StageAnswer],
        then: Callable[[StageAnswer | None], None] = lambda answer: None,
    ) -> None:
        """Open a window; `then` gets its answer, or `None` if it was closed without one."""
        self._app.push_screen(window, then)

    def later(self, seconds: float, call: Callable[[], None]) -> None:
        """Call this after this number of seconds, if the program is still running."""
        if self._app.is_running:
            self._app.set_timer(seconds, call)

    def in_background(self, make: Callable[[], Made], then: Callable[[Made], None]) -> None:
        """Call `make` on another thread; `then` gets the result, on the thread of the screen."""

        async def work() -> None:
            then(await asyncio.to_thread(make))

        _: Worker[None] = self._app.run_worker(work)


MakeDocuments = Callable[[Workspace, Keymap, ScreenServices], OtherDocuments]
"""Makes the documents of a run, before the screen is drawn. Raises `AnnotateError`."""
