"""The command palette: the actions of the keymap, and the themes, to be found by typing."""

from typing import TYPE_CHECKING, cast

from textual.await_complete import AwaitComplete
from textual.command import CommandPalette, Hit, Hits, Provider

from tui.keymap import key_sign

if TYPE_CHECKING:
    from tui.app import AnnotateApp


class Palette(CommandPalette):
    """Textual's palette, which is closed once, however often Enter is pressed while it closes."""

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close it, unless it is closed already."""
        return super().dismiss(result) if self.is_current else AwaitComplete()


class ActionCommands(Provider):
    """The actions of the keymap, to be found by typing. One is done, and only once."""

    _done = False

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        async for hit in self.search(""):
            yield hit

    async def search(self, query: str) -> Hits:
        """Those that match."""
        matcher = self.matcher(query)
        for action in cast("AnnotateApp", self.app).keymap.actions:
            score = matcher.match(action.does) if query else 1.0
            if score > 0:
                keys = ", ".join(key_sign(key) for key in action.keys)
                shown = matcher.highlight(action.does) if query else action.does
                yield Hit(
                    score,
                    shown,
                    lambda name=action.name: self._do(name),
                    text=action.does,
                    help=f"{action.group}{': ' + keys if keys else ''}",
                )

    def _do(self, name: str) -> None:
        if not self._done:
            self._done = True
            cast("AnnotateApp", self.app).reader.press_action(name)
