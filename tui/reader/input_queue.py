"""Takes each key, each paste and each event of the mouse to the window that is on top at its turn.

Textual hands input to the screen that is on top when it is read. Of two keys in one read the second
would go to the window that the first one closes, or past the window that it opens; a key after a drag
would act on what was selected before. Here an event is done with, its window closed or opened and what
was answered carried out, before the next one goes anywhere.
"""

from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from inspect import isawaitable

from textual import events
from textual.app import App
from textual.screen import Screen

from tui.keymap import Keymap
from tui.keys.terminal_keys import pressed
from tui.screens.window import Window

Input = events.InputEvent | events.Paste
"""What a person does: a key, a paste, something with the mouse."""


class InputQueue:
    """The order of keys, pastes and the mouse."""

    def __init__(
        self,
        app: App[None],
        keymap: Keymap,
        pass_on: Callable[[events.Event], Awaitable[None]],
        mouse_done: Callable[[], bool],
        leave: Callable[[], None],
    ) -> None:
        """`pass_on` is Textual's own way, for the mouse; `leave` begins to leave.

        `mouse_done` has `go_on` called once the reader has done what the mouse asked for until now,
        and says whether it will be.
        """
        self._app = app
        self._keymap = keymap
        self._mouse_done = mouse_done
        self._pass_on = pass_on
        self._leave = leave
        self._held: deque[Input] = deque()
        """What came while the window on top was not ready, or the mouse not done with."""
        self._waiting = False
        """Whether `go_on` will be called."""

    async def route(self, event: Input) -> None:
        """Take it where it belongs now, or keep it until its turn comes."""
        self._held.append(event)
        if not self._waiting:
            await self.go_on()

    def put_first(self, typed: Sequence[Input]) -> None:
        """Take these, which came earlier, where they belong before anything else."""
        self._held.extendleft(reversed(typed))
        if self._held and not self._waiting:
            self._waiting = self._app.call_later(self.go_on)

    async def go_on(self) -> None:
        """What was waited for is done: take what came meanwhile where it belongs."""
        self._waiting = False
        while self._held and not self._waiting and self._app.screen_stack:
            await self._deliver(self._held.popleft())

    async def _deliver(self, event: Input) -> None:
        app, screen = self._app, self._app.screen
        if not screen.is_mounted:
            self._held.appendleft(event)
            self._waiting = screen.call_later(app.call_later, self.go_on)
            return
        if isinstance(event, events.MouseEvent):
            await self._pass_on(event)
            if event.button and not isinstance(screen, Window):
                self._waiting = self._mouse_done()
            return
        if not app.app_focus:
            app.app_focus = True
        if isinstance(event, events.Key) and self._leaves(event, screen):
            self._leave()
            return
        name = "on_key" if isinstance(event, events.Key) else "on_paste"
        if handle := getattr(screen, name, None):
            result = handle(event)
            if isawaitable(result):
                await result
            # Closing a window, and what its answer leads to, comes before the next key.
            await app._flush_next_callbacks()

    def _leaves(self, event: events.Key, screen: Screen[object]) -> bool:
        """Whether a key leaves the program from a window: not when it is text in a line to type."""
        if not isinstance(screen, Window):
            return False
        action = self._keymap.action(pressed(event.key, event.character))
        if action is None or action.name != "quit":
            return False
        return not hasattr(screen, "on_paste") or not event.is_printable
