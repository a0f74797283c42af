"""What actions can ask of the reader, beside changing the document that is open in it."""

from collections.abc import Generator
from typing import Literal, Protocol

from textual.message import Message

from annotations.editing.outcome import Outcome
from tui.dialogs.host import Host
from tui.widgets.article import ArticleView
from tui.workspace.other_documents import OtherDocuments

WindowName = Literal["keys", "guidelines", "palette", "theme", "database"]
ModeName = Literal["search", "jump", "propagation", "mark_done", "next_undecided"]


class Reader(Host, Protocol):
    """A document on the screen."""

    documents: OtherDocuments
    """The other documents, and going to them."""
    article: ArticleView
    """The text on the screen."""

    def move_rows(self, rows: int) -> None:
        """Move the cursor down (up, if negative), in the same column."""
        ...

    def move_pages(self, pages: int) -> None:
        """Move the cursor down or up by pages, in the same column."""
        ...

    def narrow(self) -> None:
        """Let the selection go, or the span around it, and what a search marked."""
        ...

    def walk_matches(self, by: Literal[1, -1]) -> None:
        """Go to the next or the previous match of the search."""
        ...

    def begin(self, mode: ModeName) -> None:
        """Read keys otherwise until that is over."""
        ...

    def open_window(self, window: WindowName) -> None:
        """Open a window over the document."""
        ...

    def work(self, steps: Generator[None, None, Outcome], doing: str) -> None:
        """Do what may take long, in slices; `doing` is shown meanwhile. Keys wait for it."""
        ...

    def toggle_panel(self) -> None:
        """Open the side panel and walk it; from there, close it."""
        ...

    def next_tab(self) -> None:
        """Show the next list of the side panel."""
        ...

    def name_labels_otherwise(self) -> None:
        """Say the labels of spans at the right, in rows under the text, or not at all: the next of these."""
        ...

    def take_screenshot(self) -> None:
        """Write the screen to a file."""
        ...

    def post_message(self, message: Message) -> bool:
        """Ask the program for something: to save again, to leave."""
        ...
