"""Takes each key, and each paste, to the window that is on top when its turn comes.

Textual hands keys to the screen that is on top when they are read. Of two keys in one read the second
would go to the window that the first one closes, or past the window that it opens. Here a key is done
with, its window closed or opened and what was answered carried out, before the next one goes anywhere.
"""

from collections import deque
from collections.abc import Awaitable, Callable
from inspect import isawaitable
from typing import TYPE_CHECKING

from textual import events
from textual.screen import Screen

from tui.terminal_keys import pressed

if TYPE_CHECKING:
    from tui.app import AnnotateApp


class KeyRouter:
    """The order of keys and pastes."""

    def __init__(
        self,
        app: "AnnotateApp",
        pass_on: Callable[[events.Event], Awaitable[None]],
        leave: Callable[[], None],
    ) -> None:
        """`pass_on` is Textual's own way, for windows of Textual's; `leave` begins to leave."""
        self._app = app
        self._pass_on = pass_on
        self._leave = leave
        self._held: deque[events.Event] = deque()
        """What came while the window on top was not ready, or a click was on its way."""
        self._pointing = 0
        """How many events of the mouse are on their way to the session."""

    async def route(self, event: events.Key | events.Paste) -> None:
        """Take it where it belongs now, or keep it until the window it is for is ready."""
        if self._held or self._pointing:
            self._held.append(event)
        else:
            await self._deliver(event)

    def after_mouse(self) -> None:
        """Let keys wait until the reader has done what a button of the mouse, or a drag, asks for.

        The event goes to the article, what it means from there to the article again and up to the reader.
        """
        app, reader = self._app, self._app.reader
        if app.screen is not reader or not reader.is_mounted:
            return
        self._pointing += 1
        article = reader.article

        def at_reader() -> None:
            reader.call_later(lambda: app.call_later(self._pointed))

        article.call_later(lambda: article.call_later(at_reader))

    async def _pointed(self) -> None:
        self._pointing -= 1
        if not self._pointing:
            await self._deliver_held()

    async def _deliver(self, event: events.Event) -> None:
        app, screen = self._app, self._app.screen
        if not screen.is_mounted:
            self._held.append(event)
            screen.call_later(lambda: app.call_later(self._deliver_held))
            return
        if not app.app_focus:
            app.app_focus = True
        if isinstance(event, events.Key) and screen is not app.reader and self._leaves(event, screen):
            self._leave()
            return
        name = "on_key" if isinstance(event, events.Key) else "on_paste"
        if not hasattr(screen, "on_key"):
            await self._pass_on(event)
        elif handle := getattr(screen, name, None):
            result = handle(event)
            if isawaitable(result):
                await result
            # Closing a window, and what its answer leads to, comes before the next key.
            await app._flush_next_callbacks()

    async def _deliver_held(self) -> None:
        held, self._held = self._held, deque()
        while held:
            await self._deliver(held.popleft())
            if self._held:
                self._held.extend(held)
                return

    def _leaves(self, event: events.Key, screen: Screen[object]) -> bool:
        """Whether a key leaves the program from a window: not when it is text in a line to type."""
        action = self._app.keymap.action(pressed(event.key, event.character))
        if action is None or action.name != "quit":
            return False
        shows_only = hasattr(screen, "on_key") and not hasattr(screen, "on_paste")
        return shows_only or not event.is_printable
