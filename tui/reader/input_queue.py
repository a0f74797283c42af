"""Passes each key, paste and mouse event to the window that is on top when its turn comes.

Textual passes input to the screen that is on top when the input is read. If two keys are read together,
the second would go to the window that the first one closes, or past the window that it opens; a key
after a drag would act on what was selected before. Here one event is finished before the next is passed
on: its window is closed or opened, and the answer is carried out.
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
    """Keeps keys, pastes and mouse events in order."""

    def __init__(
        self,
        app: App[None],
        keymap: Keymap,
        pass_on: Callable[[events.Event], Awaitable[None]],
        mouse_done: Callable[[], bool],
        leave: Callable[[], None],
    ) -> None:
        """`pass_on` handles a mouse event as Textual does; `leave` begins to leave the program.

        `mouse_done` arranges a call of `go_on` once the reader has done what the mouse has asked for so
        far, and returns whether that call will come.
        """
        self._app = app
        self._keymap = keymap
        self._mouse_done = mouse_done
        self._pass_on = pass_on
        self._leave = leave
        self._held: deque[Input] = deque()
        """The input that came while the window on top was not ready or a mouse event was not finished."""
        self._waiting = False
        """Whether `go_on` will be called."""

    async def route(self, event: Input) -> None:
        """Pass an event on now, or keep it until its turn comes."""
        self._held.append(event)
        if not self._waiting:
            await self.go_on()

    def put_first(self, typed: Sequence[Input]) -> None:
        """Pass on these events, which came earlier, before all others."""
        self._held.extendleft(reversed(typed))
        if self._held and not self._waiting:
            self._waiting = self._app.call_later(self.go_on)

    async def go_on(self) -> None:
        """The wait is over: pass on the events that came meanwhile."""
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
            # A window is closed, and its answer is carried out, before the next key.
            await app._flush_next_callbacks()

    def _leaves(self, event: events.Key, screen: Screen[object]) -> bool:
        """Whether a key leaves the program from a window: not if it is text for an input line."""
        if not isinstance(screen, Window):
            return False
        action = self._keymap.action(pressed(event.key, event.character))
        if action is None or action.name != "quit":
            return False
        return not hasattr(screen, "on_paste") or not event.is_printable
