"""The program on the screen: puts the document, the writer, the suggesters and the reader together."""

import asyncio
import os
import signal
import time
import traceback
from pathlib import Path

from rich.console import RenderableType
from textual import events
from textual._compositor import CompositorUpdate
from textual.driver import Driver
from textual.geometry import Offset
from textual.message import Message
from textual.screen import Screen
from textual.worker import Worker

from annotations.dates.document_dates import prepare
from annotations.dates.document_language import UNDECIDED, LanguageChoice, LanguageHints
from annotations.learn.doubt import THRESHOLD
from annotations.learn.learned import Learned
from annotations.model.document_key import DocumentKey
from annotations.model.label_scheme import LabelScheme
from annotations.project.settings import MEASURE, GlyphSet
from annotations.text.plural import counted
from tui.actions import ACTIONS
from tui.actions.requests import Finish, SaveAgain, Suspend
from tui.cells.width_question import WidthQuestion
from tui.cells.widths import Widths
from tui.colours.coloured_app import ColouredApp
from tui.keymap import Keymap
from tui.reader.input_queue import InputQueue
from tui.reader.screen import ReaderScreen
from tui.reader.view import ReaderView
from tui.terminal_output.changed_lines import LinesUpdate
from tui.terminal_output.lean_output import LeanUpdate
from tui.terminal_output.placed import placed
from tui.workspace.document_at_hand import AnnotationsLoaded, Foreign, Saved, TextChanged
from tui.workspace.learning import LessonsRead
from tui.workspace.screen_services import MakeDocuments, ScreenServices
from tui.workspace.suggestions import (
    MakeSuggestions,
    Suggested,
    SuggestingProgress,
    TokensRead,
    WeightsFitted,
)
from tui.workspace.workspace import DISK_PATIENCE, MakeWriter, Workspace

ANSWER = 2.0
"""Seconds to wait for the terminal's answers about characters that terminals draw in different widths."""
PATIENCE = 1.0
"""Seconds to wait at the end for a disk that has failed before."""
SETTLED = 1.0
"""Seconds to wait after the annotations are loaded before preparing for the next keys."""


class AnnotateApp(ColouredApp, inherit_bindings=False):
    """Full screen, one document at a time."""

    ENABLE_COMMAND_PALETTE = False
    """Off, because the program has a list of its own actions."""

    def __init__(
        self,
        make_documents: MakeDocuments,
        annotator: str,
        scheme: LabelScheme,
        make_writer: MakeWriter,
        make_suggestions: MakeSuggestions,
        keymap: Keymap | None = None,
        theme: str = "",
        guidelines: Path | None = None,
        article_date: str = "",
        glyphs: GlyphSet = "",
        measure: int = MEASURE,
        doubt: float = THRESHOLD,
        languages: LanguageChoice = UNDECIDED,
        marks_times: bool = True,
    ) -> None:
        self._caret = Offset(0, 0)
        self.keymap = keymap or Keymap(ACTIONS)
        super().__init__(scheme, theme, glyphs)
        self.title = "annotate"
        self.crash = ""
        """The traceback of an error of the program itself; empty if there was none."""
        self.closing_message = ""
        """The message to print after the screen is closed."""
        self.workspace = Workspace(annotator, scheme, make_writer, make_suggestions, self._post)
        self.workspace.state.learned = Learned(doubt)
        self.workspace.state.languages = languages
        self._language_hints = LanguageHints(languages)
        self._marks_times = marks_times
        """Whether the project marks times of day at all."""
        self._asked_of_stamps: set[DocumentKey] = set()
        """The documents about which a message has said that their time stamps are not suggested."""
        self._stage = ScreenServices(self)
        self.documents = make_documents(self.workspace, self.keymap, self._stage)
        self._guidelines = guidelines
        self._measure_columns = measure
        """Columns of text in a row of the article; 0 for as many as there is room for."""
        self._article_date = article_date
        """The article's own date from the command line; it is stored in the same way as with the key `@`."""
        self._leave_once_loaded = False
        self._leaving = False
        self._widths = WidthQuestion(self._adopt_widths)
        self._input = InputQueue(
            self, self.keymap, super().on_event, self._mouse_done, self._ask_to_leave
        )

    def _mouse_done(self) -> bool:
        return self.reader.article.post_mouse_done()

    def _ask_to_leave(self) -> None:
        self.post_message(Finish())

    def get_driver_class(self) -> type[Driver]:
        """Read the terminal with our own parser."""
        driver = super().get_driver_class()
        if driver.__module__ != "textual.drivers.linux_driver":
            return driver
        from tui.terminal_input.driver import TerminalDriver

        class KeymapDriver(TerminalDriver):
            alt_keys = self.keymap.keys

        return KeymapDriver

    @property
    def cursor_position(self) -> Offset:
        """The place of the terminal's own cursor: where the person types. Input methods open there."""
        caret = getattr(self.screen, "caret", None)
        return (caret() if caret is not None else None) or self._caret

    @cursor_position.setter
    def cursor_position(self, place: Offset) -> None:
        """Textual sets it before there is a screen."""
        self._caret = place

    @property
    def reader(self) -> ReaderScreen:
        """The reader, even if something is open over it."""
        screen = self.screen_stack[0]
        assert isinstance(screen, ReaderScreen)
        return screen

    def get_default_screen(self) -> Screen[None]:
        """The reader with the text, still without annotations, so that it waits for nothing."""
        at_hand = self.documents.first
        reader = ReaderScreen(
            at_hand.opened,
            self.documents,
            self.keymap,
            self._input.put_first,
            self._guidelines,
            self._measure_columns,
        )
        self.workspace.view = ReaderView(reader, self.keymap, self._other_document)
        self.workspace.show(at_hand)
        return reader

    def on_mount(self) -> None:
        """Once the text is on the screen, open the store."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self._leave_by_signal, number)
        self.call_after_refresh(self._ask_widths)
        self.call_after_refresh(self._open_store)

    # The terminal

    def _ask_widths(self) -> None:
        """If the text has characters that terminals draw differently, ask the terminal for their widths."""
        if self._widths.asked or self.workspace.current.document.text.isascii():
            return
        if self.reader.has_class("small") or self.screen is not self.reader:
            # The question would be written over something else. It may be asked with the next document.
            return
        self._widths.ask(self.size, self.reader.article.wrapping_widths)
        # The rows that the question overwrites are drawn again in the same frame, so nobody sees it.
        for lines in self.reader.around.under:
            lines.refresh()
        self.set_timer(ANSWER, self._widths.stop)

    def _other_document(self) -> None:
        self.call_after_refresh(self._ask_widths)
        if self.workspace.current.ready:
            self._say_once()

    def _say_once(self) -> None:
        """Show messages about the document that came to the screen: on its language and time stamps."""
        from annotations.editing.time_stamp_suggestions import unsuggested_stamps

        at_hand = self.workspace.current
        session = at_hand.opened.session
        said = [self._language_hints.hint(session.text, session.annotations.facts.language)]
        asked = at_hand.key in self._asked_of_stamps
        if not asked and (stamps := unsuggested_stamps(session, self._marks_times)):
            self._asked_of_stamps.add(at_hand.key)
            said.append(f"{stamps}; {self.keymap.sign('palette')}: suggest time stamps")
        if notice := "; ".join(filter(None, said)):
            self.reader.say(notice)

    def on_cursor_position(self, event: events.CursorPosition) -> None:
        """The terminal reports where its cursor is."""
        self._widths.reply(event)

    def _adopt_widths(self, widths: Widths) -> None:
        # While the program ends there is no longer a screen.
        if self.screen_stack:
            self.reader.article.set_terminal_widths(widths)

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        """Draw, with the parts at the right in their columns; questions to the terminal are sent first."""
        draws = renderable is not None and not self.is_headless
        if draws and self._driver and (unsent := self._widths.take_unsent()):
            self._driver.write(unsent)
            if isinstance(renderable, LinesUpdate):
                renderable.write_whole()
        update = placed(renderable, self._widths.ambiguous)
        super()._display(screen, LeanUpdate(update) if isinstance(update, CompositorUpdate) else update)

    # Results that arrive later, each for its own document

    def _post(self, message: Message) -> None:
        if self.is_running:
            self.post_message(message)

    def _open_store(self) -> None:
        self.reader.settle_saving = self.workspace.settle
        at_hand = self.workspace.current
        at_hand.opened.session.dating.look_for_creation_time(at_hand.find_creation_time)
        self.reader.show_later()
        self.workspace.open_store()
        self.documents.begun()

    def on_annotations_loaded(self, message: AnnotationsLoaded) -> None:
        """Show the annotations and start to suggest; without a store, report that and continue."""
        self.workspace.loaded(message)
        if message.at_hand is not self.workspace.current:
            return
        session = message.at_hand.opened.session
        self._say_once()
        if self._article_date:
            self.reader.opened.properties.set_creation_time(self._article_date)
        self.set_timer(SETTLED, lambda: self._prepare(session.text, session.dating.language))
        if self._leave_once_loaded:
            self.post_message(Finish())

    def _prepare(self, text: str, language: str) -> None:
        async def in_background() -> None:
            await asyncio.to_thread(prepare, text, 0, language)

        # A function, not a coroutine: if the program is ending, nobody would await the coroutine.
        _: Worker[None] = self.run_worker(in_background)

    def on_text_changed(self, message: TextChanged) -> None:
        """The text of the file has changed, and there may be annotations of the earlier text."""
        self.workspace.text_changed(message)

    def on_saved(self, message: Saved) -> None:
        """Show the state of saving, unless a frame has already shown it."""
        if self.workspace.saving != self.reader.around.save_state:
            self.reader.show_later()

    def on_foreign(self, message: Foreign) -> None:
        """Another program changed annotations that are open here."""
        self.workspace.edited_elsewhere(message)

    def on_save_again(self, message: SaveAgain) -> None:
        """The person asks to try again to save, perhaps at another path."""
        self.workspace.save_again(message.path)

    def on_suggested(self, message: Suggested) -> None:
        """Suggestions have arrived."""
        self.workspace.suggesting.suggested(message)

    def on_tokens_read(self, message: TokensRead) -> None:
        """The tokens of the pipeline are known."""
        self.workspace.suggesting.tokens_read(message)

    def on_suggesting_progress(self, message: SuggestingProgress) -> None:
        """The suggesters report their progress or an error."""
        self.workspace.suggesting.says(message)

    def on_lessons_read(self, message: LessonsRead) -> None:
        """The decisions in other documents are known."""
        self.workspace.suggesting.learned_elsewhere(message)

    def on_weights_fitted(self, message: WeightsFitted) -> None:
        """The weights were fitted to the decisions."""
        self.workspace.suggesting.fitted(message)

    def on_suspend(self, message: Suspend) -> None:
        """Go back to the shell for a while."""
        self.action_suspend_process()

    # Leaving

    async def on_finish(self) -> None:
        """Leave after everything is on disk; the person decides about edits that cannot be saved."""
        if self._leaving:
            return
        if self._article_date and not self.workspace.current.ready and not self._leave_once_loaded:
            # The date can be stored only after the annotations are loaded. A second try leaves at once.
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
        saving = self.workspace.saving
        assert saving is not None
        self.reader.over.open(UnsavedScreen(saving, self.reader.appearance), self._unsaved)

    def _unsaved(self, answer: str | None) -> None:
        if answer == "discard":
            self._part()
            self.exit(return_code=1)
        elif answer == "elsewhere":
            self.reader.open_window("database")
        elif answer == "retry":
            self.workspace.save_again(None)

    def _part(self) -> None:
        """Prepare the message to print after the screen is closed: the progress, and where it is saved."""
        workspace = self.workspace
        saving, path, at_hand = workspace.saving, workspace.path, workspace.current
        if saving is None or not at_hand.ready:
            return
        where = ""
        if saving.unsaved:
            where = f" {counted(saving.unsaved, 'edit')} NOT SAVED."
        elif path is not None and path.exists():
            inside = path.absolute().parent == Path.cwd()
            where = f" Saved in {path.name if inside else path}."
        self.closing_message = f"{self.documents.closing_message(at_hand)}.{where}"

    async def _finish(self) -> bool:
        """Write what is left and close the store; `False` if edits remain unsaved."""
        workspace = self.workspace
        if workspace.saving is None:
            return True
        workspace.begin_to_leave()
        patience = time.monotonic() + (PATIENCE if workspace.saving.error else DISK_PATIENCE)
        while workspace.saving.unsaved and time.monotonic() < patience:
            await asyncio.sleep(0.01)
        if workspace.saving.unsaved:
            return False
        return await asyncio.to_thread(workspace.close)

    def _leave_by_signal(self, number: int) -> None:
        """The terminal was closed, or somebody ends the program: save first, then leave."""
        self.reader.searching.close()
        self.workspace.close()
        if number == signal.SIGHUP:
            # There is no terminal left to put in order, and writing to it would fail.
            os._exit(128 + number)
        self.exit(return_code=128 + number)

    def _handle_exception(self, error: Exception) -> None:
        """Keep the traceback of an error of the program, without local variables, and close the store."""
        self.crash = "".join(traceback.format_exception(error))
        self.workspace.close()
        super()._handle_exception(error)

    def _print_error_renderables(self) -> None:
        """Print nothing: Textual would print local variables, with the article. The command writes a file."""
        self._exit_renderables.clear()

    # Input

    async def on_event(self, event: events.Event) -> None:
        """Note when any key or button is pressed, and handle the person's input in order."""
        if (
            not isinstance(event, events.InputEvent | events.Paste)
            or event.is_forwarded
            or not self.screen_stack
        ):
            await super().on_event(event)
            return
        if isinstance(event, events.Key | events.MouseDown):
            self._stage.last_key = time.monotonic()
            self.workspace.pressed(self._stage.last_key)
            self.reader.pauses.pressed(self._stage.last_key)
        await self._input.route(event)

    async def on_article_view_mouse_done(self) -> None:
        """The reader has finished the action of the mouse: continue with the input that came meanwhile."""
        await self._input.go_on()
