"""The reader: the article with everything around it, and what a person's actions ask it to do.

The key handler does what a key means. An action calls the open document, which makes the edit and hands
it to the writer. The view draws the rows that changed. Nothing here contains a rule about annotations.
"""

from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.geometry import Offset
from textual.theme import Theme

from annotations.editing.open_document import OpenDocument
from annotations.editing.outcome import Outcome
from annotations.text.text_range import Range
from tui.actions.requests import SaveAgain
from tui.article.geometry import Geometry, geometry
from tui.article.marks import NoMarks
from tui.article.page import ArticlePage
from tui.article.styles import ArticleStyles
from tui.background.arrivals import Arrivals
from tui.background.background_search import BackgroundSearch
from tui.background.pauses import GarbageInPauses, Pauses
from tui.background.reading_ahead import ReadingAhead
from tui.background.sliced_work import SlicedWork
from tui.colours.coloured_app import coloured
from tui.colours.palette import Colours
from tui.keymap import Keymap
from tui.reader.key_handler import KeyHandler, ShowKeys, TypedEvent
from tui.reader.open_windows import OpenWindows
from tui.reader.surroundings import ReaderState, Surroundings
from tui.reader.windows import Windows
from tui.reader_protocol import ModeName, WindowName
from tui.screens.window import Window, WindowResult
from tui.side_panel.following import PanelFollowing
from tui.side_panel.panel import PanelContent, SidePanel
from tui.side_panel.place import OPEN, PanelPlace
from tui.terminal_output.changed_lines import ChangedLines
from tui.terminal_output.frame import Frame
from tui.terminal_output.screen_drawn_once import ScreenDrawnOnce
from tui.widgets.appearance import Appearance
from tui.widgets.article import ArticleView
from tui.workspace.other_documents import OtherDocuments

if TYPE_CHECKING:
    from annotations.store.interface import SaveState


class ReaderScreen(ScreenDrawnOnce):
    """One document at a time, full screen."""

    DEFAULT_CSS = """
    ReaderScreen { layout: vertical; }
    ReaderScreen #header { height: 1; }
    ReaderScreen #middle { height: 1fr; layers: default above; }
    ReaderScreen #alarm { display: none; dock: bottom; layer: above; width: 100%; }
    ReaderScreen #labels { height: 1; }
    ReaderScreen #status { height: 1; }
    ReaderScreen #hints { height: 1; }
    ReaderScreen #panel { display: none; dock: right; height: 100%; }
    ReaderScreen.panel-as-sheet #panel { dock: bottom; layer: above; width: 100%; }
    ReaderScreen #small { display: none; height: 1fr; }
    ReaderScreen.with-panel #panel { display: block; }
    ReaderScreen.small #header, ReaderScreen.small #middle, ReaderScreen.small #labels,
    ReaderScreen.small #status, ReaderScreen.small #hints { display: none; }
    ReaderScreen.small #small { display: block; }
    """

    def __init__(
        self,
        opened: OpenDocument,
        documents: OtherDocuments,
        keymap: Keymap,
        put_first: Callable[[Sequence[TypedEvent]], None],
        guidelines: Path | None,
        measure: int,
    ) -> None:
        """`put_first` takes keys and pastes that waited and are meant for a window that has opened since.

        `guidelines` is the file with the guidelines of the project; `measure` is the number of columns
        of text in a row, 0 for as many as there is room for.
        """
        super().__init__()
        self._compositor = ChangedLines()
        self.opened = opened
        self.documents = documents
        self.settle_saving: Callable[[], SaveState | None] = lambda: None
        """Waits a little until the edits just made are saved, and returns the state of saving after that."""
        self.pauses = Pauses()
        self.arrivals = Arrivals(self.pauses, self.set_timer, self._show_arrived)
        self._garbage = GarbageInPauses(self.pauses, self.set_timer)
        self._ahead = ReadingAhead(self.pauses, self.set_timer)
        self.searching = BackgroundSearch(self.run_worker)
        self._working = SlicedWork(self.set_timer, self._report, self._finish_work)
        self._keymap = keymap
        self._put_first = put_first
        self._guidelines = guidelines
        self._measure_columns = measure
        self._frame_due = False
        self._frame = Frame(self)

    # Building

    def compose(self) -> ComposeResult:
        """Header, article and panel, labels, status, hints."""
        if self.geometry.panel_beside:
            # While the screen is empty: later, all its widgets would be styled again.
            self.add_class(OPEN)
        keymap = self._keymap
        self.around = around = Surroundings(coloured(self.app).colours.style("text", "bar"), keymap)
        styles, glyphs = self._article_styles(), coloured(self.app).glyphs
        self._page = ArticlePage(
            self.opened.session, self.opened.selection, styles, glyphs, self.geometry
        )
        self.article = ArticleView(self._page, lambda: self.geometry)
        self.panel = SidePanel(self.appearance, keymap, self.pauses)
        self._panel_place = place = PanelPlace(
            self, self.panel, lambda: self.geometry, lambda: around.alarm_rows
        )
        self.over = OpenWindows(self.app, self.article, place, lambda: self.keys.mode)
        self._following = PanelFollowing(
            self.panel, self._panel_content, lambda: place.is_open, self.set_timer
        )
        show = ShowKeys(self._report, self.show_later, self._following.show, self._press_waiting)
        self.keys = KeyHandler(
            self, keymap, self.article, self.panel, around, self.searching, self._working, show
        )
        self.windows = Windows(self, keymap, self.app, self.keys, self._save_to, self._guidelines)
        yield around.header
        with Horizontal(id="middle"):
            yield self.article
            yield self.panel
            yield around.alarm
        yield around.labels
        yield around.status
        yield around.hints
        yield around.small

    def on_mount(self) -> None:
        """Draw again after a change of theme, a return from the shell, and scrolling."""
        self.app.theme_changed_signal.subscribe(self, self._new_theme)
        # After `fg` the terminal is blank, but Textual assumes that it is not.
        self.app.app_resume_signal.subscribe(self, lambda _: self.refresh(layout=True))
        # After scrolling, also with the mouse, the suggestions in sight are determined again.
        self.watch(self.article, "scroll_y", self.show_later, init=False)
        self._show_all()

    def on_resize(self, event: events.Resize) -> None:
        """Draw for the new size, or say that there is no room."""
        self.set_class(self.around.show_too_small(event.size), "small")
        self._panel_place.fit()
        self._show_all()
        self.call_after_refresh(self.over.fit)

    def show_document(self, opened: OpenDocument, *, loaded: bool) -> None:
        """Show a document; once its annotations are `loaded`, handle the keys that waited for them."""
        other = opened.session.document is not self.opened.session.document
        if other and self.is_mounted:
            self.keys.leave_document()
        self.opened = opened
        if not self.is_mounted:
            return
        self.keys.loaded = loaded
        self.article.set_article_styles(self._article_styles())
        self.article.show_document(opened.session, opened.selection)
        self._show_all()
        self._following.show()
        if loaded:
            self._press_waiting()

    @property
    def geometry(self) -> Geometry:
        """Where the parts of the page are."""
        size = self.app.size
        return geometry(size.width, size.height, self._measure_columns, panel_open=self.has_class(OPEN))

    # Showing

    def _show_all(self) -> None:
        """Bring everything around the article up to date."""
        self._frame_due = False
        if self.is_mounted:
            self.article.changed(self.opened.sweep.paint(*self.article.in_sight()))
            self.panel.set_progress(self.around.progress)
            self.panel.show_around()
            self.over.show_focus()
            state = ReaderState(
                self.opened,
                self.documents.position,
                self.documents.name,
                self.appearance,
                self.size.width,
                self.keys.mode,
                self.panel if self.over.keys_place == "panel" else None,
                self._page.labels_cut_here,
            )
            if self.around.show(state):
                # Before this frame: the alarm must not cover what keys act on.
                self._panel_place.fit()
                self.over.fit()

    def show_later(self) -> None:
        """Bring everything up to date with the next frame, once for all keys pressed before that."""
        self._frame_due = True
        self.check_idle()

    def on_idle(self, event: events.Idle) -> None:
        """Draw everything that the keys changed, as one frame and at once."""
        if not self._frame_due:
            return
        if self._frame.must_wait:
            event.prevent_default()
            return
        self._garbage.look()
        if self.keys.loaded:
            self._ahead.look(self.opened)
        self.around.take_state(self.settle_saving())
        self._following.before_frame()
        self._show_all()
        if not self._frame.draw():
            # Something must be styled or laid out first; that is in the queue, and drawing follows it.
            event.prevent_default()

    def _panel_content(self) -> PanelContent:
        progress = self.around.progress
        return PanelContent(self.opened, self.appearance, self._panel_place.as_sheet, progress)

    def caret(self) -> Offset:
        """The position of the cursor, in cells of the screen."""
        return self.around.typing_place(self.keys.mode, self.size.width) or self.article.caret()

    def say(self, message: str) -> None:
        """Show a sentence until the next key."""
        self.around.notice = message
        self.show_later()

    @property
    def colours(self) -> Colours:
        """The colours for this document."""
        return self.article.article_styles.colours

    @property
    def appearance(self) -> Appearance:
        """The colours and signs that are used now."""
        return Appearance(self.colours, coloured(self.app).glyphs)

    def _article_styles(self) -> ArticleStyles:
        return ArticleStyles(coloured(self.app).colours_for(self.opened.session.labels_shown))

    def _new_theme(self, theme: Theme) -> None:
        self.article.set_article_styles(self._article_styles())
        self.show_later()
        self._following.show()

    def _report(self, message: str) -> None:
        """Show what is being done, or was done, until the next key."""
        self.around.message = message
        self.show_later()

    # Keys and the mouse

    def on_key(self, event: events.Key) -> None:
        """Handle any key: for a mode, for the panel while it has the keys, for an action, for a label."""
        event.stop()
        event.prevent_default()
        self.keys.press(event)

    def on_paste(self, event: events.Paste) -> None:
        """Text from the clipboard goes where text is typed."""
        event.stop()
        self.keys.paste(event)

    def on_article_view_pointed(self, message: ArticleView.Pointed) -> None:
        """Handle a click."""
        self.keys.point(message)

    def on_article_view_dragged(self, message: ArticleView.Dragged) -> None:
        """Handle a drag."""
        self.keys.drag(message)

    def _press_waiting(self) -> None:
        # Input that came after a key that opened a window is for that window.
        self._put_first(self.keys.go_on(lambda: self.app.screen))

    # What actions ask for

    def ask(self, window: Window[WindowResult | None], then: Callable[[WindowResult], None]) -> None:
        """Open a window; `then` gets its answer, unless it was closed without one."""
        self.over.open(window, lambda answer: None if answer is None else then(answer))

    def show_outcome(self, outcome: Outcome) -> None:
        """Draw what an action did."""
        self.around.message = outcome.message
        self.keys.mark()
        if outcome.touched:
            self._adopt_labels()
            self.article.changed(outcome.touched)
        if outcome.touched or outcome.edit is not None:
            self._following.follow()
        self.article.follow(first=outcome.further)
        self.show_later()
        self.documents.after(outcome)

    def _adopt_labels(self) -> None:
        if any(label.name not in self.colours.labels for label in self.opened.session.labels_shown):
            self.article.set_article_styles(self._article_styles())

    def work(self, steps: Generator[None, None, Outcome], doing: str) -> None:
        """Do work that may take long, in slices; `doing` is shown meanwhile, and keys wait."""
        self._working.begin(steps, doing)

    def _finish_work(self, outcome: Outcome) -> None:
        self.show_outcome(outcome)
        self._press_waiting()

    def move_rows(self, rows: int) -> None:
        """Move the cursor down (up, if negative), in the same column."""
        offset = self.article.offset_rows_away(rows)
        self.show_outcome(self.opened.selection.place(offset, backwards=rows < 0))

    def move_pages(self, pages: int) -> None:
        """Move the cursor down or up by pages, in the same column."""
        self.move_rows(pages * self.article.rows_in_page())

    def begin(self, mode: ModeName) -> None:
        """Begin a mode: keys have other meanings until it is over."""
        self.keys.begin(mode)

    def walk_matches(self, by: Literal[1, -1]) -> None:
        """Go to the next or the previous match of the search."""
        self.keys.walk_matches(by)

    def narrow(self) -> None:
        """Clear the marks of a search and the selection; without one, select only the word in a span."""
        self.article.set_marks(NoMarks())
        self.show_outcome(self.opened.selection.narrow())

    def toggle_panel(self) -> None:
        """Open the side panel and give it the keys; if it has them, close it. A mode keeps the keys."""
        self._panel_place.toggle(keys_free=self.keys.mode is None)
        self.over.fit()
        self.show_later()
        self.call_after_refresh(self._following.show)

    def next_tab(self) -> None:
        """Show the next list of the side panel."""
        self._panel_place.set_open(True)
        self.over.fit()
        self.panel.turn(1)
        self.call_after_refresh(self._following.show)

    def next_label_display(self) -> None:
        """Show the labels of spans in the next way: at the right, in rows under the text, or not at all."""
        self.article.next_label_display()
        self.show_later()

    def open_window(self, window: WindowName) -> None:
        """Open a window over the document."""
        self.windows.open(window)

    def _save_to(self, path: Path) -> None:
        self.post_message(SaveAgain(path))

    def take_screenshot(self) -> None:
        """Write the screen to a file."""
        from tui.terminal_output.screenshot import write_screenshot

        svg = self.app.export_screenshot(title="annotate")
        self.say(write_screenshot(svg, self.opened.session.document.name))

    # Messages from widgets and other parts

    def on_unmount(self) -> None:
        """End the process that searches."""
        self.searching.close()

    def on_side_panel_resized(self) -> None:
        """Fill the panel for its new size."""
        self._following.show()

    def on_side_panel_listed(self) -> None:
        """Update the status line, which is about the panel while the panel has the keys."""
        if self.panel.walking:
            self.show_later()

    def _show_arrived(self, touched: list[Range]) -> None:
        if touched:
            self._adopt_labels()
            self.article.changed(touched)
            self._following.follow()
        self.keys.arrived()
        self.article.follow()
        self.show_later()
