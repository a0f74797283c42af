"""The documents of the corpus: type to filter, Enter opens one, Tab changes the order."""

import time
from collections.abc import Callable, Iterable

from textual import events
from textual.app import ComposeResult
from textual.geometry import Offset

from annotations.corpus.listing import (
    SORT_ORDERS,
    DocumentRows,
    ListedDocument,
    Listing,
    SortOrder,
)
from annotations.corpus.pace import Pace
from annotations.store.interface import SaveState
from tui.background.pauses import GarbageInPauses, Pauses
from tui.colours.coloured_app import coloured
from tui.document_list.keys import list_key
from tui.document_list.lines import (
    FIELD_AT,
    ORDER_WORDS,
    ListLayout,
    corpus_line,
    document_line,
    done_question,
    field_cells,
    field_line,
    key_lines,
    layout_for,
    list_hints,
    more_line,
    no_documents,
    pace_line,
)
from tui.document_list.listing_in_slices import ListingInSlices
from tui.document_list.rows import DrawnRows, ListColumns, columns_for, head_line
from tui.document_list.visible_texts import VisibleTexts
from tui.keymap import Keymap
from tui.keys.held_key import HeldKey
from tui.screens.window import Window
from tui.widgets.appearance import Appearance
from tui.widgets.hints import Hints, hints_row
from tui.widgets.line_edit import LineEdit
from tui.widgets.lines import Line, Lines
from tui.widgets.too_small import too_small

SMALLEST = (30, 9)
"""Columns and rows below which there is no room for a list."""
WHEEL = 3
"""Rows that one step of the mouse wheel moves."""


class DocumentListScreen(Window[str | None]):
    """Ends with the key of the document to open, or `None` on Esc.

    `mark` is called to mark a document, by its key, as done or as not done; the caller then updates the
    list with `replace`, at once or later. The user is asked before a document with undecided
    suggestions is marked as done. `ask_language` asks in which language a document is written.
    """

    DEFAULT_CSS = """
    DocumentListScreen { layout: vertical; }
    DocumentListScreen #list-header { height: 1; }
    DocumentListScreen #list-page { height: 1fr; }
    DocumentListScreen #list-foot { height: 3; }
    DocumentListScreen.small #list-header, DocumentListScreen.small #list-foot { display: none; }
    """

    def __init__(
        self,
        corpus: str,
        rows: DocumentRows,
        keymap: Keymap,
        mark: Callable[[str, bool], None],
        look: Callable[[str], ListedDocument],
        ask_language: Callable[[str], None] = lambda key: None,
        *,
        current: str = "",
        pace: Pace | None = None,
        save_state: SaveState | None = None,
        given_order: str = ORDER_WORDS["given"],
        database: str = "",
    ) -> None:
        """`current` is the key of the document to begin at, `given_order` the order of the corpus in words.

        `look` examines the text of a document, by its key, and returns its row; that takes about a
        millisecond. `database` is the name of the file with the annotations.
        """
        super().__init__()
        self._database = database
        self._corpus = corpus
        self._keymap = keymap
        self._mark = mark
        self._ask_language = ask_language
        self._pauses = Pauses()
        self._garbage = GarbageInPauses(self._pauses, self.set_timer)
        self._texts_in_sight = VisibleTexts(
            self.set_timer, self._pauses, self._in_sight, look, self.replace
        )
        self._pace = pace
        self._save_state = save_state
        self._order_words = ORDER_WORDS | {"given": given_order}
        self._listing = Listing(rows)
        self._work = ListingInSlices(
            self._listing, self.set_timer, self._pauses, self._brought, self._show
        )
        self._order: SortOrder = "given"
        """The order that was asked for."""
        self._drawn = DrawnRows()
        self._line = LineEdit()
        self._held = HeldKey()
        self._at = self._listing.place_of(current) or 0
        self._top = 0
        self._asked = ""
        """The key of the document that a question is open about."""
        self._message = ""
        self._helping = False
        self._lit = True
        """Whether the next key acts on the list, not on a window over it."""

    def compose(self) -> ComposeResult:
        """Header; field, columns and documents; pace, document and keys."""
        colours = coloured(self.app).colours
        yield Lines(colours.style("text", "bar"), id="list-header")
        yield Lines(colours.style("text", "page"), id="list-page")
        yield Lines(colours.style("text", "bar"), id="list-foot")

    def on_mount(self) -> None:
        """Show the documents."""
        self._show()
        self.call_after_refresh(self._work.prepare)

    def on_resize(self, event: events.Resize) -> None:
        """Draw for the new size, or say that there is no room."""
        small = event.size.width < SMALLEST[0] or event.size.height < SMALLEST[1]
        self.set_class(small, "small")
        self.call_after_refresh(self._show)

    # Changes from outside

    def replace(self, rows: Iterable[ListedDocument], pace: Pace | None = None) -> None:
        """Show documents that have changed. Raises `KeyError` if one is not in the corpus."""
        here = self._present
        self._listing.replace(rows)
        self._pace = pace or self._pace
        self._stay_at(here)
        self._show()

    def saved(self, state: SaveState) -> None:
        """Show the state of saving."""
        self._save_state = state
        self._show()

    def ask(
        self, window: Callable[[Appearance], Window[str | None]], then: Callable[[str | None], None]
    ) -> None:
        """Open a window over the list; `then` gets its answer, `None` if it was closed without one."""

        def close(answer: str | None) -> None:
            self._lit = True
            self._show()
            then(answer)

        # The next key acts on the window.
        self._lit = False
        self._show()
        self.app.push_screen(window(self._look), close)

    def say(self, message: str) -> None:
        """Show a sentence until the next key."""
        self._message = message
        self._show()

    # Keys

    def caret(self) -> Offset:
        """The position of the text cursor, in cells of the screen."""
        columns = self._columns
        typed = self._line.caret(field_cells(columns))
        return Offset(columns.margin + FIELD_AT + typed, self._layout.field)

    def on_paste(self, event: events.Paste) -> None:
        """Add text from the clipboard to the filter."""
        event.stop()
        self._drop_what_was_said()
        self._line.paste(event.text)
        self._narrow()
        self._show()

    def on_key(self, event: events.Key) -> None:
        """Move, open, mark, change the order; any other key is typed into the filter."""
        event.stop()
        event.prevent_default()
        if self._held.is_repeat(event.key, event.time) and event.key == "ctrl+d":
            return
        self._pauses.pressed(time.monotonic())
        asked, helping = self._asked, self._helping
        self._drop_what_was_said()
        match list_key(event, self._keymap):
            case "escape":
                if not asked and not helping:
                    self._empty_or_leave()
            case "enter" | "ctrl+d" | "ctrl+l" as key:
                if (here := self._here) is not None:
                    self._do_with(here, key, asked)
            case "tab" | "shift+tab" as key:
                self._change_order(1 if key == "tab" else -1)
            case "f1":
                self._helping = not helping
            case "up" | "down" | "pageup" | "pagedown" | "home" | "end" as key:
                self._work.finish()
                self._move(self._step(key))
            case _:
                before = self._line.text
                self._line.press(event.key, event.character)
                if self._line.text != before:
                    self._narrow()
        self._garbage.look()
        self._show()

    def _step(self, key: str) -> int:
        """How many documents a key moves down, or up if negative."""
        page = max(self._layout.documents - 1, 1)
        steps = {"up": -1, "down": 1, "pageup": -page, "pagedown": page}
        return steps.get(key, -self._at if key == "home" else len(self._listing))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Move down the list."""
        self._move(WHEEL)
        self._show()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Move up the list."""
        self._move(-WHEEL)
        self._show()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Go to the document that was clicked on."""
        place = self._top + int(event.screen_y) - self._layout.before
        if self._top <= place < min(self._top + self._layout.documents, len(self._listing)):
            self._drop_what_was_said()
            self._at = place
            self._show()

    def _drop_what_was_said(self) -> None:
        self._asked, self._message, self._helping = "", "", False

    def _empty_or_leave(self) -> None:
        if not self._line.text:
            self.dismiss(None)
            return
        self._line.replace("")
        self._narrow()

    def _change_order(self, step: int) -> None:
        place = SORT_ORDERS.index(self._order)
        self._order = SORT_ORDERS[(place + step) % len(SORT_ORDERS)]
        self._bring(self._present)

    def _do_with(self, here: ListedDocument, key: str, asked: str) -> None:
        match key:
            case "enter":
                self.dismiss(here.key)
            case "ctrl+l":
                self._ask_language(here.key)
            case _:
                self._mark_done_or_not(here, asked)

    def _mark_done_or_not(self, here: ListedDocument, asked: str) -> None:
        if here.state != "done" and here.must_be_asked_about and asked != here.key:
            self._asked = here.key
            return
        self._mark(here.key, here.state != "done")

    def _move(self, step: int) -> None:
        self._work.finish()
        self._at = max(min(self._at + step, len(self._listing) - 1), 0)

    def _narrow(self) -> None:
        self._bring(None if self._line.text else self._present)

    def _bring(self, stay_at: ListedDocument | None) -> None:
        self._work.bring(self._line.text, self._order, stay_at)

    def _brought(self, stay_at: ListedDocument | None) -> None:
        """The listing is up to date: stay at a document, or go to the first one."""
        self._at = 0 if stay_at is None else self._at
        self._stay_at(stay_at)

    @property
    def _present(self) -> ListedDocument | None:
        """The current document, among those that are shown; `None` if none are shown."""
        return self._listing[self._at] if len(self._listing) else None

    @property
    def _here(self) -> ListedDocument | None:
        """The current document, once the filter and the order are completely applied."""
        self._work.finish()
        return self._present

    def _stay_at(self, row: ListedDocument | None) -> None:
        """Stay at this document, or, if it does not match any more, at the same place."""
        place = self._listing.place_of(row.key) if row is not None else None
        self._at = self._at if place is None else place
        self._at = max(min(self._at, len(self._listing) - 1), 0)

    # Showing

    @property
    def _look(self) -> Appearance:
        app = coloured(self.app)
        return Appearance(app.colours, app.glyphs)

    @property
    def _columns(self) -> ListColumns:
        return columns_for(self.size.width)

    @property
    def _layout(self) -> ListLayout:
        return layout_for(self.size.height)

    def _show(self) -> None:
        if not self.is_attached:
            return
        page = self.query_one("#list-page", Lines)
        if self.has_class("small"):
            page.show(too_small(self.size.width, self.size.height))
            return
        self._scroll()
        width, here, layout, look = self.size.width, self._present, self._layout, self._look
        done, total = self._listing.done, self._listing.total
        saving = self._save_state
        header = corpus_line(self._corpus, self._database, done, total, saving, width, look)
        self.query_one("#list-header", Lines).show([header])
        page.show(self._page(self._columns, layout, look))
        pace = pace_line(self._pace, "" if layout.airy else self._more(look), width, look)
        foot = [pace, document_line(here, width, look), self._last_line(here, width, look)]
        self.query_one("#list-foot", Lines).show(foot)
        self._texts_in_sight.shown()

    def _scroll(self) -> None:
        """Keep the current document in sight; after a far move it is at one third of the height."""
        room, last = self._layout.documents, max(len(self._listing) - self._layout.documents, 0)
        if self._at == self._top - 1 or self._at == self._top + room:
            self._top += 1 if self._at > self._top else -1
        elif not self._top <= self._at < self._top + room:
            self._top = self._at - room // 3
        self._top = max(min(self._top, last), 0)

    def _in_sight(self) -> list[ListedDocument]:
        """The documents in sight; none once the list is closed."""
        last = min(self._top + self._layout.documents, len(self._listing))
        return [self._listing[place] for place in range(self._top, last)] if self.is_attached else []

    def _page(self, columns: ListColumns, layout: ListLayout, look: Appearance) -> list[Line]:
        """Field, heads of the columns, the documents in sight."""
        listing = self._listing
        order = self._order_words[listing.order]
        field = field_line(listing, self._line, order, columns, look)
        heads = head_line(columns, look)
        lines: list[Line] = [[], field, [], heads] if layout.airy else [field, heads]
        rows: list[Line] = [
            self._drawn.line(row, columns, listing.words, look, here=place == self._at, lit=self._lit)
            for place, row in enumerate(self._in_sight(), self._top)
        ] or [no_documents(listing, columns, look)]
        if self._helping:
            rows = key_lines(columns, layout.documents, look)
        lines += [*rows, *([[]] * (layout.documents - len(rows)))]
        if layout.airy and (more := self._more(look)):
            lines.append(more_line(more, columns, look))
        return lines

    def _more(self, look: Appearance) -> str:
        below = len(self._listing) - self._top - self._layout.documents
        return f"{look.glyphs.below} {below:,} more" if below > 0 and not self._helping else ""

    def _last_line(self, here: ListedDocument | None, width: int, look: Appearance) -> Line:
        said = list_hints(here, self._line.text, width)
        if here is not None and self._asked == here.key:
            said = done_question(here, width, look)
        elif self._message:
            said = Hints(notice=self._message)
        return hints_row(said, width, look)
