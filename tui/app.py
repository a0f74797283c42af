"""The program on the screen: puts the document, the writer, the suggesters and the reader together."""

import asyncio
import os
import signal
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import RenderableType
from textual import events
from textual.app import App
from textual.driver import Driver
from textual.geometry import Offset
from textual.message import Message
from textual.screen import Screen
from textual.theme import Theme

from annotations.dates.creation_time import CreationTime
from annotations.editing.done import progress_words
from annotations.model.document import Document
from annotations.model.label_scheme import LabelScheme
from tui.actions import ACTIONS
from tui.document_messages import AnnotationsLoaded, EditedElsewhere, TextChanged
from tui.document_opening import DocumentOpening, Opened
from tui.input_queue import InputQueue
from tui.keymap import Keymap
from tui.placed import placed
from tui.requests import Finish, SaveAgain
from tui.saving import MakeWriter, Saving
from tui.screens.reader import ReaderScreen
from tui.suggestions import (
    MakeSuggestions,
    Suggested,
    SuggestingSays,
    TokensRead,
)
from tui.theme import DEFAULT, PALETTES
from tui.width_question import WidthQuestion
from tui.widths import Widths

if TYPE_CHECKING:
    pass

ANSWER = 2.0
"""Seconds to wait for the terminal to say how wide it draws what terminals differ about."""


class AnnotateApp(App[None], inherit_bindings=False):
    """Full screen, one document."""

    _offered: tuple[int, dict[str, Theme]] | None = None
    ENABLE_COMMAND_PALETTE = False
    """The keymap opens a list of its own actions."""

    def __init__(
        self,
        document: Document,
        annotator: str,
        scheme: LabelScheme,
        make_writer: MakeWriter,
        make_suggestions: MakeSuggestions,
        keymap: Keymap | None = None,
        theme: str = "",
        find_creation_time: Callable[[], CreationTime | None] = lambda: None,
        guidelines: Path | None = None,
        article_date: str = "",
    ) -> None:
        self._caret = Offset(0, 0)
        # Chosen before Textual works out the colours of its own theme, and all styles again with others.
        self.set_reactive(App.theme, theme or DEFAULT)
        super().__init__()
        if self.theme not in self.available_themes:
            self.theme = DEFAULT
        self.title = "annotate"
        self.keymap = keymap or Keymap(ACTIONS)
        self.crash = ""
        """Where an error of the program itself happened; empty when there was none."""
        self.parting = ""
        """What to say when the screen is gone."""
        self._opened = Opened(document, annotator, scheme, self.keymap, find_creation_time, article_date)
        self._guidelines = guidelines
        self._make_suggestions = make_suggestions
        self._leave_once_loaded = False
        self._leaving = False
        self._saving = Saving(make_writer, self._post)
        self._opening: DocumentOpening | None = None
        """What brings the document to the screen, once that shows its text."""
        self._widths = WidthQuestion(self._adopt_widths)
        self._input = InputQueue(
            self, self.keymap, super().on_event, self._mouse_done, self._ask_to_leave
        )

    def _mouse_done(self) -> bool:
        return self.reader.article.tell_when_done()

    def _ask_to_leave(self) -> None:
        self.post_message(Finish())

    def get_driver_class(self) -> type[Driver]:
        """Read the terminal with our own parser."""
        driver = super().get_driver_class()
        if driver.__module__ != "textual.drivers.linux_driver":
            return driver
        from tui.terminal_input.driver import TerminalDriver

        return TerminalDriver

    @property
    def cursor_position(self) -> Offset:
        """Where the terminal's own cursor stands: where one types. Input methods open there."""
        caret = getattr(self.screen, "caret", None)
        return (caret() if caret is not None else None) or self._caret

    @cursor_position.setter
    def cursor_position(self, place: Offset) -> None:
        """Textual sets it before there is a screen."""
        self._caret = place

    @property
    def available_themes(self) -> dict[str, Theme]:
        """The themes to choose from: ours first, then Textual's.

        Those of the terminal's own colours and NO_COLOR together come out as black on black. Textual asks
        dozens of times for each key, so the answer is kept until a theme is added.
        """
        registered = len(self._registered_themes)
        if self._offered is None or self._offered[0] != registered:
            themes = super().available_themes
            names = [*PALETTES, *sorted(name for name in themes if name not in PALETTES)]
            plain = "NO_COLOR" in os.environ
            offered = {
                name: PALETTES[name].theme if name in PALETTES else themes[name]
                for name in names
                if not (plain and name.startswith("ansi"))
            }
            self._offered = (registered, offered)
        return self._offered[1]

    @property
    def reader(self) -> ReaderScreen:
        """The reader, whatever is open over it."""
        screen = self.screen_stack[0]
        assert isinstance(screen, ReaderScreen)
        return screen

    def get_default_screen(self) -> Screen[None]:
        """The reader with the text and no annotations yet: it waits for nothing."""
        return ReaderScreen(
            self._opened.with_annotations(), self.keymap, self._input.put_first, self._guidelines
        )

    def on_mount(self) -> None:
        """Once the text is on the screen, open the store."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self._leave_by_signal, number)
        self.call_after_refresh(self._ask_widths)
        self.call_after_refresh(self._open_store)

    def _open_store(self) -> None:
        self._opening = DocumentOpening(
            self._opened, self, self.reader, self._saving, self._make_suggestions, self._post
        )
        self._opening.start()

    def _post(self, message: Message) -> None:
        if self.is_running:
            self.post_message(message)

    # The terminal

    def _ask_widths(self) -> None:
        """Ask the terminal how wide it draws what terminals differ about, if the text has any of it."""
        if self._opened.document.text.isascii() or self.reader.has_class("small"):
            return
        self._widths.ask(self.size, self.reader.article.wrapping_widths)
        # The rows it is written over are drawn anew in the same breath: nobody sees it.
        for lines in self.reader.around.under:
            lines.refresh()
        self.set_timer(ANSWER, self._widths.stop)

    def on_cursor_position(self, event: events.CursorPosition) -> None:
        """The terminal reports where its cursor is."""
        self._widths.reply(event)

    def _adopt_widths(self, widths: Widths) -> None:
        # While the program leaves there is no screen any more.
        if self.screen_stack:
            self.reader.article.set_terminal_widths(widths)

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        """Draw, with what is at the right in its place; questions to the terminal go before it."""
        if renderable is not None and self._driver and not self.is_headless:
            question = self._widths.take_unsent()
            if question:
                self._driver.write(question)
        super()._display(screen, placed(renderable, self._widths.ambiguous))

    # What comes from the store, from other programs and from the suggesters

    def on_annotations_loaded(self, message: AnnotationsLoaded) -> None:
        """The annotations are there."""
        assert self._opening is not None
        self._opening.load(message)
        if self._leave_once_loaded:
            self.post_message(Finish())

    def on_text_changed(self, message: TextChanged) -> None:
        """The text of the file has changed since it was annotated."""
        assert self._opening is not None
        self._opening.offer_earlier(message)

    def on_saving_changed(self) -> None:
        """Show how saving stands, unless a frame has shown it already."""
        writer = self._saving.writer
        if writer is not None and writer.state != self.reader.around.save_state:
            self.reader.show_later()

    def on_edited_elsewhere(self, message: EditedElsewhere) -> None:
        """Another program edited these annotations."""
        assert self._opening is not None
        self._opening.take_external(message)

    def on_suggested(self, message: Suggested) -> None:
        """Suggestions have come."""
        assert self._opening is not None
        self._opening.take_suggestions(message)

    def on_tokens_read(self, message: TokensRead) -> None:
        """The tokens of the pipeline are known."""
        assert self._opening is not None
        self._opening.take_tokens(message)

    def on_suggesting_says(self, message: SuggestingSays) -> None:
        """How far the suggesters are."""
        assert self._opening is not None
        self._opening.show_progress(message)

    # What a person asks of the program

    def on_save_again(self, message: SaveAgain) -> None:
        """Try again to save, perhaps elsewhere."""
        self._saving.retry(message.path)

    def on_suspend(self) -> None:
        """Back to the shell for a while."""
        self.action_suspend_process()

    # Leaving

    async def on_finish(self) -> None:
        """Leave once everything is on disk; what cannot be saved is the person's decision."""
        if self._leaving:
            return
        if self._opened.article_date and not self.reader.keys.loaded and not self._leave_once_loaded:
            # The date is stored once it is known what is stored already. A second try leaves at once.
            self._leave_once_loaded = True
            return
        self._leaving = True
        if await self._finish():
            self._part()
            self.exit()
            return
        self._leaving = False
        from tui.screens.unsaved import UnsavedScreen

        if isinstance(self.screen, UnsavedScreen):
            return
        writer = self._saving.writer
        assert writer is not None
        self.push_screen(UnsavedScreen(writer.state, self.reader.base_style), self._unsaved)

    def _unsaved(self, answer: str | None) -> None:
        if answer == "discard":
            self._part()
            self.exit(return_code=1)
        elif answer == "elsewhere":
            self.reader.open_window("database")
        elif answer == "retry":
            self._saving.retry()

    def _part(self) -> None:
        """Keep what to say when the screen is gone: how far the document is, and where that is saved."""
        if self.reader.keys.loaded:
            annotations = self.reader.opened.session.annotations
            name, where = self._opened.document.name, self._saving.place
            self.parting = f"{name}: {progress_words(annotations)}.{f' {where}' if where else ''}"

    async def _finish(self) -> bool:
        """Write what is left and let go of the store; `False` when edits remain unsaved."""
        if self._saving.writer is None:
            return True
        self.reader.opened.remember_place()
        if not await self._saving.finish():
            return False
        if self._opening is not None:
            self._opening.stop_suggesting()
        return await self._saving.let_go()

    def _leave_by_signal(self, number: int) -> None:
        """The terminal was closed, or somebody ends the program: first the disk, then leave."""
        if self._opening is not None:
            self._opening.stop_suggesting()
        self.reader.searching.close()
        self._saving.close()
        if number == signal.SIGHUP:
            # There is no terminal left to put in order, and writing to it would fail.
            os._exit(128 + number)
        self.exit(return_code=128 + number)

    def _handle_exception(self, error: Exception) -> None:
        """An error of the program itself: never a traceback over the screen, never its locals."""
        self.crash = "".join(traceback.format_exception(error))
        self._saving.close()
        super()._handle_exception(error)

    def _print_error_renderables(self) -> None:
        """Textual would print the article among the locals; the command says where to look."""
        self._exit_renderables.clear()

    # What it costs

    async def on_event(self, event: events.Event) -> None:
        """Count keys, wherever they go, and take what a person does there, one after the other."""
        if (
            not isinstance(event, events.InputEvent | events.Paste)
            or event.is_forwarded
            or not self.screen_stack
        ):
            await super().on_event(event)
            return
        if isinstance(event, events.Key | events.MouseDown):
            self.reader.opened.state.effort.press(time.monotonic())
        await self._input.route(event)

    async def on_article_view_mouse_done(self) -> None:
        """The reader has done what the mouse asked for: on with what came meanwhile."""
        await self._input.go_on()
