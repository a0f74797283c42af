"""A `SuggestionService` that fetches suggestions made in advance from a folder, and reads only what is missing."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotations.learn.lesson import Lesson
from annotations.model.document_key import DocumentKey
from annotations.model.edit import Run
from annotations.suggest.protocol import BATCH
from annotations.suggest.service import SuggestionListener, SuggestionService

if TYPE_CHECKING:
    from annotations.bulk.prepared import Prepared, PreparedSuggestions


@dataclass
class _Wanted:
    """A document for which suggestions are to be fetched. The lock of the service guards all its fields."""

    key: DocumentKey
    text: str
    runs: tuple[Run, ...]
    visible: int
    language: str
    ahead: bool
    dropped: bool = False


class PreparedService:
    """Fetches the suggestions for a document on its own thread; then the service reads the rest.

    Every method may be called from any thread and returns at once.
    """

    def __init__(
        self,
        open_prepared: Callable[[], "PreparedSuggestions"],
        service: SuggestionService,
        listener: SuggestionListener,
    ) -> None:
        """`open_prepared` is called on the separate thread, so that loading does not delay any key."""
        self._open_prepared = open_prepared
        self._service = service
        self._listener = listener
        self._changed = threading.Condition()
        self._wanted: list[_Wanted] = []
        """In the order in which they are fetched; the first one may be being fetched now."""
        self._pending_notices: dict[DocumentKey, str] = {}
        """What to report about documents that were read ahead, when they are opened."""
        self._thread: threading.Thread | None = None
        self._closed = False

    def read(
        self,
        key: DocumentKey,
        text: str,
        runs: Sequence[Run] = (),
        visible: int = 0,
        language: str = "",
    ) -> None:
        """See `SuggestionService`."""
        with self._changed:
            self._drop(key)
            self._want(_Wanted(key, text, tuple(runs), visible, language, ahead=False), first=True)

    def read_ahead(
        self, key: DocumentKey, text: str, runs: Sequence[Run] = (), language: str = ""
    ) -> None:
        """See `SuggestionService`."""
        with self._changed:
            if self._find(key) is None:
                self._want(_Wanted(key, text, tuple(runs), 0, language, ahead=True), first=False)

    def look_at(self, key: DocumentKey, offset: int) -> None:
        """See `SuggestionService`."""
        with self._changed:
            if (wanted := self._find(key)) is not None:
                wanted.visible, wanted.ahead = offset, False
                self._wanted.remove(wanted)
                self._wanted.insert(0, wanted)
            notice = self._pending_notices.pop(key, "")
        if notice:
            self._listener.on_error(key, notice)
        self._service.look_at(key, offset)

    def cancel(self, key: DocumentKey) -> None:
        """See `SuggestionService`."""
        with self._changed:
            self._drop(key)
        self._service.cancel(key)

    def fit(self, lessons: Sequence[Lesson]) -> None:
        """Fit the weights to these lessons, as soon as there is time."""
        self._service.fit(lessons)

    def close(self) -> None:
        """See `SuggestionService`."""
        with self._changed:
            self._closed = True
            for wanted in self._wanted:
                wanted.dropped = True
            self._wanted.clear()
            self._changed.notify()
        self._service.close()

    def _find(self, key: DocumentKey) -> _Wanted | None:
        return next((wanted for wanted in self._wanted if wanted.key == key), None)

    def _drop(self, key: DocumentKey) -> None:
        self._pending_notices.pop(key, None)
        if (wanted := self._find(key)) is not None:
            wanted.dropped = True
            self._wanted.remove(wanted)

    def _want(self, wanted: _Wanted, *, first: bool) -> None:
        if self._closed:
            return
        self._wanted.insert(0 if first else len(self._wanted), wanted)
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="prepared suggestions", daemon=True)
            self._thread.start()
        self._changed.notify()

    # On the separate thread

    def _run(self) -> None:
        prepared = self._open_prepared()
        while (wanted := self._next()) is not None:
            found = prepared.find(wanted.text, wanted.runs, wanted.language)
            self._bring(wanted, found)
            self._hand_over(wanted, found)

    def _next(self) -> _Wanted | None:
        with self._changed:
            self._changed.wait_for(lambda: self._wanted or self._closed)
            return None if self._closed else self._wanted[0]

    def _bring(self, wanted: _Wanted, found: "Prepared") -> None:
        for reading in found.readings:
            for first in range(0, max(len(reading.spans), 1), BATCH):
                if wanted.dropped:
                    return
                spans = list(reading.spans[first : first + BATCH])
                run = reading.run if first + BATCH >= len(reading.spans) else None
                second = reading.second_readings if run is not None else ()
                self._listener.on_spans(wanted.key, reading.source, spans, run, second)

    def _hand_over(self, wanted: _Wanted, found: "Prepared") -> None:
        """Let the service read what is left, and report why something is left."""
        runs = (*wanted.runs, *(reading.run for reading in found.readings))
        with self._changed:
            if wanted.dropped:
                return
            self._wanted.remove(wanted)
            say = found.notice and not wanted.ahead
            if found.notice and wanted.ahead:
                self._pending_notices[wanted.key] = found.notice
            if wanted.ahead:
                self._service.read_ahead(wanted.key, wanted.text, runs, wanted.language)
            else:
                self._service.read(wanted.key, wanted.text, runs, wanted.visible, wanted.language)
        if say:
            self._listener.on_error(wanted.key, found.notice)
