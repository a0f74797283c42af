"""What the documents of a corpus ask of the program around them: windows, time, work on another thread."""

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


class Stage:
    """The program that shows the documents."""

    def __init__(self, app: App[None]) -> None:
        self._app = app
        self.last_key = 0.0
        """When the last key came, by the monotonic clock."""

    @property
    def shows_article(self) -> bool:
        """Whether no window is open over the article."""
        return len(self._app.screen_stack) == 1

    def ask(
        self,
        window: Screen[StageAnswer],
        then: Callable[[StageAnswer | None], None] = lambda answer: None,
    ) -> None:
        """Open a window; `then` gets its answer, `None` where it was left without one."""
        self._app.push_screen(window, then)

    def later(self, seconds: float, call: Callable[[], None]) -> None:
        """Call this after some seconds."""
        if self._app.is_running:
            self._app.set_timer(seconds, call)

    def in_background(self, make: Callable[[], Made], then: Callable[[Made], None]) -> None:
        """Make something on another thread; `then` gets it."""

        async def work() -> None:
            then(await asyncio.to_thread(make))

        _: Worker[None] = self._app.run_worker(work)


MakeDocuments = Callable[[Workspace, Keymap, Stage], OtherDocuments]
"""Makes the documents of a program, before its screen is there. Raises `AnnotateError`."""
