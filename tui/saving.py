"""Saving: the writer of the database, and how the screen learns what it does."""

import asyncio
import threading
import time
from collections.abc import Callable
from pathlib import Path

from textual.message import Message

from annotations.model.document_key import DocumentKey
from annotations.model.edit import Edit
from annotations.store.concurrent import MadeHere
from annotations.store.interface import SaveState, Writer
from annotations.text.plural import counted
from tui.document_messages import EditedElsewhere, SavingChanged

LAST_WORDS = 10.0
"""Seconds to wait for the disk when leaving."""
PATIENCE = 1.0
"""Seconds to wait, when leaving, for a disk that has failed before."""
FRAME_WAITS = 0.004
"""Seconds for which the frame of an edit waits for the disk, to show that it is saved."""


MakeWriter = Callable[[Callable[[SaveState], None], Callable[[str, str, list[Edit]], None]], Writer]
"""Makes the writer from what to call when saving changes and when other programs edit."""


class Saving:
    """The writer, once it is started. Until then there is nothing to save and nothing is lost."""

    def __init__(self, make_writer: MakeWriter, post: Callable[[Message], None]) -> None:
        """`post` takes messages from any thread."""
        self.writer: Writer | None = None
        self.made = MadeHere()
        self._make_writer = make_writer
        self._post = post
        self._written = threading.Event()
        """Whether everything is on disk, or cannot be written."""
        self._written.set()
        self._frame_waits_until = 0.0

    def start(self) -> Writer:
        """Begin to open the store."""
        self.writer = self._make_writer(self._changed, self._edited_elsewhere)
        self.writer.start()
        return self.writer

    def commit(self, key: DocumentKey, edit: Edit) -> None:
        """Have an edit written; returns at once."""
        assert self.writer is not None
        self._written.clear()
        self._frame_waits_until = time.monotonic() + FRAME_WAITS
        self.writer.submit(key.document, key.annotator, edit)
        self.made.add(edit)

    def settle(self) -> SaveState | None:
        """How saving stands, once what was just edited is saved or the frame must be drawn without."""
        if self.writer is None:
            return None
        self._written.wait(max(self._frame_waits_until - time.monotonic(), 0))
        return self.writer.state

    def retry(self, path: Path | None = None) -> None:
        """Try again, at another path if one is given."""
        if self.writer is not None:
            self.writer.retry(path)

    async def finish(self) -> bool:
        """Write what is left; `False` when edits remain unsaved after a while."""
        writer = self.writer
        if writer is None:
            return True
        if writer.state.unsaved:
            writer.retry()
        patience = time.monotonic() + (PATIENCE if writer.state.error else LAST_WORDS)
        while writer.state.unsaved and time.monotonic() < patience:
            await asyncio.sleep(0.01)
        return not writer.state.unsaved

    async def let_go(self) -> bool:
        """Close the store without holding up the screen; whether all was saved."""
        return self.writer is None or await asyncio.to_thread(self.writer.close, LAST_WORDS)

    def close(self) -> None:
        """Close the store now, whatever waits for it: the program ends."""
        if self.writer is not None:
            self.writer.close(LAST_WORDS)

    @property
    def place(self) -> str:
        """A sentence that says where all is saved, or that it is not; empty when there is none yet."""
        writer = self.writer
        if writer is None:
            return ""
        if writer.state.unsaved:
            return f"{counted(writer.state.unsaved, 'edit')} NOT SAVED."
        if writer.path is None or not writer.path.exists():
            return ""
        inside = writer.path.absolute().parent == Path.cwd()
        return f"Saved in {writer.path.name if inside else writer.path}."

    def _changed(self, state: SaveState) -> None:
        """The writer, on its thread, says how saving stands."""
        if state.error or not state.unsaved:
            self._written.set()
        self._post(SavingChanged())

    def _edited_elsewhere(self, document: str, annotator: str, edits: list[Edit]) -> None:
        self._post(EditedElsewhere(DocumentKey(document, annotator), edits, self.made.number))
