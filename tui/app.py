"""The program on the screen: puts the document, the writer, the suggesters and the reader together."""

import asyncio
import os
import signal
import threading
import time
import traceback
from collections.abc import Callable, Sequence
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
from annotations.dates.document_dates import prepare
from annotations.editing.done import progress_words
from annotations.editing.open_document import OpenDocument
from annotations.editing.outcome import Outcome
from annotations.model.annotation_set import AnnotationSet
from annotations.model.document import Document
from annotations.model.document_key import DocumentKey
from annotations.model.edit import Edit
from annotations.model.errors import AnnotateError
from annotations.model.label_scheme import LabelScheme
from annotations.store.concurrent import MadeHere
from annotations.store.interface import Earlier, SaveState, Writer
from annotations.text.plural import counted
from tui.key_router import Input, KeyRouter
from tui.keymap import Keymap
from tui.placed import placed
from tui.screens.reader import Finish, ReaderScreen, SaveAgain
from tui.suggestions import (
    MakeSuggestions,
    Suggested,
    SuggestingSays,
    Suggestions,
    TokensRead,
    ToScreen,
)
from tui.theme import DEFAULT, PALETTES
from tui.widths import Widths, widest

if TYPE_CHECKING:
    from annotations.text.reanchor import Reanchored
    from tui.width_probe import WidthProbe

LAST_WORDS = 10.0
"""Seconds to wait for the disk when leaving."""
PATIENCE = 1.0
"""Seconds to wait, when leaving, for a disk that has failed before."""
ANSWER = 2.0
"""Seconds to wait for the terminal to say how wide it draws what terminals differ about."""
SETTLED = 1.0
"""Seconds after which the first rush is over and there is time to prepare for keys to come."""
FRAME_WAITS = 0.004
"""Seconds for which the frame of an edit waits for the disk, to show that it is saved."""


MakeWriter = Callable[[Callable[[SaveState], None], Callable[[str, str, list[Edit]], None]], Writer]
"""Makes the writer from what to call when saving changes and when other programs edit."""


class Saved(Message):
    """Saving stands otherwise than before."""


class Loaded(Message):
    """The annotations are there, or cannot be had."""

    def __init__(self, result: AnnotationSet | AnnotateError) -> None:
        super().__init__()
        self.result = result


class TextChanged(Message):
    """There are annotations of an earlier text of the file, and what became of them in this one."""

    def __init__(self, earlier: Earlier, found: "Reanchored") -> None:
        super().__init__()
        self.earlier = earlier
        self.found = found


class Foreign(Message):
    """Another program edited these annotations."""

    def __init__(self, key: DocumentKey, edits: list[Edit], number: int) -> None:
        super().__init__()
        self.key = key
        self.edits = edits
        self.number = number
        """How many edits had been made here by then."""


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
        self.document = document
        self.scheme = scheme
        self.keymap = keymap or Keymap()
        self.crash = ""
        """Where an error of the program itself happened; empty when there was none."""
        self.parting = ""
        """What to say when the screen is gone."""
        self._annotator = annotator
        self._find_creation_time = find_creation_time
        self._guidelines = guidelines
        self._article_date = article_date
        """The article's own date as the command line gives it; it is stored as the key `@` does."""
        self._leave_once_loaded = False
        self._make_writer = make_writer
        self._make_suggestions = make_suggestions
        self._writer: Writer | None = None
        self._suggestions: Suggestions | None = None
        self._made = MadeHere()
        self._written = threading.Event()
        """Whether everything is on disk, or cannot be written."""
        self._written.set()
        self._frame_waits_until = 0.0
        self._leaving = False
        self.width_probe: WidthProbe | None = None
        """What the terminal is asked about its widths, once it is asked."""
        self._probe_unsent = ""
        self._ambiguous = widest(os.environ).ambiguous
        self._router = KeyRouter(self, super().on_event, self._ask_to_leave)

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
        opened = OpenDocument(
            self.document,
            AnnotationSet(self.document.id, self._annotator),
            self.scheme,
        )
        reader = ReaderScreen(opened, self.keymap)
        reader.guidelines = self._guidelines
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
        """Ask the terminal how wide it draws what terminals differ about, if the text has any of it."""
        if self.document.text.isascii() or self.reader.has_class("small"):
            return
        from tui.width_probe import WidthProbe

        self.width_probe = WidthProbe(*self.size, self.reader.article.wrapping_widths)
        self._probe_unsent = self.width_probe.sequence()
        # The rows it is written over are drawn anew in the same breath: nobody sees it.
        for lines in (self.reader.labels, self.reader.status, self.reader.hints):
            lines.refresh()
        self.set_timer(ANSWER, self._stop_asking)

    def on_cursor_position(self, event: events.CursorPosition) -> None:
        """The terminal reports where its cursor is, which it does when it is asked."""
        probe = self.width_probe
        if probe is not None and probe.reply(event.y + 1, event.x + 1) and not probe.waiting:
            self._adopt_widths(probe.widths)

    def _stop_asking(self) -> None:
        probe = self.width_probe
        if probe is not None and probe.waiting:
            probe.close()
            self._adopt_widths(probe.widths)

    def _adopt_widths(self, widths: Widths) -> None:
        self._ambiguous = max(self._ambiguous, widths.ambiguous)
        self.reader.article.set_terminal_widths(widths)

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        """Draw, with what is at the right in its place; questions to the terminal go before it."""
        if self._probe_unsent and renderable is not None and self._driver and not self.is_headless:
            self._driver.write(self._probe_unsent)
            self._probe_unsent = ""
        super()._display(screen, placed(renderable, self._ambiguous))

    # The store

    def _open_store(self) -> None:
        self.reader.settle_saving = self._settle_saving
        self.reader.opened.session.found_creation_time = self._find_creation_time()
        self.reader.show_later()
        self._writer = self._make_writer(
            self._saving_changed,
            lambda document, annotator, edits: self._foreign(document, annotator, edits),
        )
        self._writer.start()
        self._writer.load(self.document, self._annotator, lambda result: self._post(Loaded(result)))

    def _foreign(self, document: str, annotator: str, edits: list[Edit]) -> None:
        self._post(Foreign(DocumentKey(document, annotator), edits, self._made.number))

    def _post(self, message: Message) -> None:
        if self.is_running:
            self.post_message(message)

    def on_loaded(self, message: Loaded) -> None:
        """Show the annotations and begin to suggest; without a store, say so and go on."""
        result = message.result
        annotations = (
            AnnotationSet(self.document.id, self._annotator)
            if isinstance(result, AnnotateError)
            else result
        )
        known = bool(annotations.runs or len(annotations.spans))
        opened = OpenDocument(self.document, annotations, self.scheme, self._commit)
        opened.session.found_creation_time = self.reader.opened.session.found_creation_time
        if annotations.cursor == 0:
            opened.selection.place(self.reader.opened.selection.cursor)
        self.reader.load(opened)
        if self._article_date:
            opened.properties.set_creation_time(self._article_date)
        assert self._writer is not None
        self.set_timer(SETTLED, lambda: self.run_worker(asyncio.to_thread(prepare, self.document.text)))
        if known or isinstance(result, AnnotateError):
            self.call_after_refresh(self._suggest)
        else:
            self._writer.earlier(self.document, self._annotator, self._look_at_earlier)
        if self._leave_once_loaded:
            self.post_message(Finish())

    def _look_at_earlier(self, earlier: Earlier | None) -> None:
        """Find the spans of an earlier text in this one; on the writer's thread, as it may take long."""
        if earlier is None or not (earlier.row.spans or earlier.row.facts):
            if self.is_running:
                self.call_later(self._suggest)
            return
        from annotations.text.reanchor import reanchor

        found = reanchor(earlier.row.spans, earlier.document.text, self.document.text)
        self._post(TextChanged(earlier, found))

    def on_text_changed(self, message: TextChanged) -> None:
        """Ask before anything of the earlier text's annotations is taken over."""
        from tui.screens.text_changed import TextChangedScreen

        def answer(taken: bool | None) -> None:
            if taken:
                spans = [new for _, new in message.found.placed]
                facts = message.earlier.row.facts
                if self._article_date:
                    # What was said on the command line is newer than what the earlier text had.
                    facts = facts.with_creation_time(self._article_date)
                opened = self.reader.opened
                cursor = opened.selection.cursor
                self.reader.shown(opened.session.carry_over(spans, facts, cursor=cursor))
            self._suggest()

        screen = TextChangedScreen(
            message.earlier.document.text,
            self.document.text,
            message.found,
            self.reader.ground(),
            self.keymap,
            was_done=message.earlier.row.facts.done,
        )
        self.push_screen(screen, answer)

    def _suggest(self) -> None:
        if not self.document.text.strip():
            return
        annotations = self.reader.opened.session.annotations
        self._suggestions = self._suggestions or self._make_suggestions(ToScreen(self._post))
        if self._suggestions is not None:
            visible = self.reader.article.first_offset_in_sight()
            self._suggestions.read(annotations.key, self.document.text, annotations.runs, visible)

    def _saving_changed(self, state: SaveState) -> None:
        """The writer, on its thread, says how saving stands."""
        if state.error or not state.unsaved:
            self._written.set()
        self._post(Saved())

    def _settle_saving(self) -> SaveState | None:
        """How saving stands, once what was just edited is saved or the frame must be drawn without."""
        if self._writer is None:
            return None
        self._written.wait(max(self._frame_waits_until - time.monotonic(), 0))
        return self._writer.state

    def _commit(self, edit: Edit) -> None:
        assert self._writer is not None
        self._written.clear()
        self._frame_waits_until = time.monotonic() + FRAME_WAITS
        self._writer.submit(self.reader.opened.session.annotations.document, self._annotator, edit)
        self._made.add(edit)

    def on_saved(self, message: Saved) -> None:
        """Show how saving stands, unless a frame has shown it already."""
        if self._writer is not None and self._writer.state != self.reader.save_state:
            self.reader.show_later()

    def on_foreign(self, message: Foreign) -> None:
        """Show what another program did to the annotations on the screen."""
        if self._is_shown(message.key):
            self.reader.arrive(
                lambda: self.reader.opened.session.take_over(
                    self._made.over(message.edits, message.number)
                )
            )

    def on_save_again(self, message: SaveAgain) -> None:
        """The person asks to try again, perhaps elsewhere."""
        if self._writer is not None:
            self._writer.retry(message.path)

    # The suggesters: what they say of another document than the one on the screen is not shown

    def on_suggested(self, message: Suggested) -> None:
        """Show suggestions, and say what is on the screen by then: that is read next."""

        def take() -> Outcome:
            outcome = Outcome()
            if self._is_shown(message.key):
                outcome = self.reader.opened.session.suggest(message.source, message.spans, message.run)
                if outcome.message:
                    self.reader.say(outcome.message)
                if message.run and self._suggestions is not None:
                    self._suggestions.look_at(message.key, self.reader.article.first_offset_in_sight())
            message.shown()
            return outcome

        self.reader.arrive(take)

    def on_tokens_read(self, message: TokensRead) -> None:
        """The tokens of the pipeline are known."""
        if self._is_shown(message.key):
            self.reader.opened.session.tokens = message.edges
            self.reader.show_later()

    def on_suggesting_says(self, message: SuggestingSays) -> None:
        """Show how far the suggesters are, and what went wrong with them."""
        if not self._is_shown(message.key):
            return
        self.reader.progress = message.progress
        if message.notice:
            self.reader.say(message.notice)
        self.reader.show_later()

    def _is_shown(self, key: DocumentKey) -> bool:
        return key == self.reader.opened.session.annotations.key

    # Leaving

    async def on_finish(self) -> None:
        """Leave once everything is on disk; what cannot be saved is the person's decision."""
        if self._leaving:
            return
        if self._article_date and not self.reader.ready and not self._leave_once_loaded:
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
        assert self._writer is not None
        self.push_screen(UnsavedScreen(self._writer.state, self.reader.ground()), self._unsaved)

    def _unsaved(self, answer: str | None) -> None:
        if answer == "discard":
            self._part()
            self.exit(return_code=1)
        elif answer == "elsewhere":
            self.reader.press_action("save_elsewhere")
        elif answer == "retry" and self._writer is not None:
            self._writer.retry()

    def _part(self) -> None:
        """Keep what to say when the screen is gone: how far the document is, and where that is saved."""
        annotations, writer = self.reader.opened.session.annotations, self._writer
        if writer is None or not self.reader.ready:
            return
        where = ""
        if writer.state.unsaved:
            where = f" {counted(writer.state.unsaved, 'edit')} NOT SAVED."
        elif writer.path is not None and writer.path.exists():
            inside = writer.path.absolute().parent == Path.cwd()
            where = f" Saved in {writer.path.name if inside else writer.path}."
        self.parting = f"{self.document.name}: {progress_words(annotations)}.{where}"

    async def _finish(self) -> bool:
        """Write what is left and let go of the store; `False` when edits remain unsaved."""
        writer = self._writer
        if writer is None:
            return True
        self.reader.opened.remember_place()
        if writer.state.unsaved:
            writer.retry()
        patience = time.monotonic() + (PATIENCE if writer.state.error else LAST_WORDS)
        while writer.state.unsaved and time.monotonic() < patience:
            await asyncio.sleep(0.01)
        if writer.state.unsaved:
            return False
        if self._suggestions is not None:
            self._suggestions.close()
        return await asyncio.to_thread(writer.close, LAST_WORDS)

    def _leave_by_signal(self, number: int) -> None:
        """The terminal was closed, or somebody ends the program: first the disk, then leave."""
        if self._suggestions is not None:
            self._suggestions.close()
        self.reader.end_search()
        if self._writer is not None:
            self._writer.close(LAST_WORDS)
        if number == signal.SIGHUP:
            # There is no terminal left to put in order, and writing to it would fail.
            os._exit(128 + number)
        self.exit(return_code=128 + number)

    def _handle_exception(self, error: Exception) -> None:
        """An error of the program itself: never a traceback over the screen, never its locals."""
        self.crash = "".join(traceback.format_exception(error))
        if self._writer is not None:
            self._writer.close(LAST_WORDS)
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
        await self._router.route(event)

    def put_first(self, typed: Sequence[Input]) -> None:
        """Take what was typed earlier where it belongs before anything else."""
        self._router.put_first(typed)

    async def on_article_view_mouse_done(self) -> None:
        """The reader has done what the mouse asked for: on with what came meanwhile."""
        await self._router.go_on()
