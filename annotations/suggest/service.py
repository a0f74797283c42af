"""Reading documents for suggestions: one thread and one process for the whole run of the program.

Documents are requested by their keys, and all results are reported with these keys, so that results of one
document are never used for another. The process is started when there is something to read, gets one unit
of one document at a time, keeps what it has loaded, and runs until the service is closed.
"""

import threading
from collections.abc import Callable, Sequence
from typing import ParamSpec, Protocol

from msgspec.structs import replace

from annotations.dates.scheme import DEFAULT_DATES, DateSettings
from annotations.learn.doubt import FittedWeights
from annotations.learn.lesson import Lesson
from annotations.model.document_key import DocumentKey
from annotations.model.edit import Run
from annotations.model.errors import AnnotateError
from annotations.model.source import Source
from annotations.model.span import Span
from annotations.suggest.document_reading import DocumentReading, RunSuggester, SuggesterShare
from annotations.suggest.protocol import (
    Failed,
    Load,
    Read,
    Ready,
    Reply,
    SpansFound,
)
from annotations.suggest.refitting import Refitting
from annotations.suggest.registry import choose
from annotations.suggest.worker_process import WorkerProcess
from annotations.suggest.worker_requests import WorkerRequests
from annotations.text.child_process import ProcessDiedError
from annotations.text.token_edges import TokenEdges

P = ParamSpec("P")

PATIENCE = 10.0
"""Seconds within which the process must stop a cancelled request; after that it is ended."""
MOST_TOKENISED = 200_000
"""The longest text, in code points, whose pipeline tokens are kept."""


class SuggestionListener(Protocol):
    """The receiver of the results. All calls come from the service's thread, one after the other.

    The service waits for each call to return. So a call that waits until the screen shows the spans prevents
    suggestions from arriving faster than they can be shown. No call may raise.
    """

    def on_ready(self, key: DocumentKey, source: Source, labels: Sequence[str]) -> None:
        """A suggester is loaded; its suggestions will have these labels."""
        ...

    def on_spans(
        self,
        key: DocumentKey,
        source: Source,
        spans: list[Span],
        run: Run | None,
        second_readings: Sequence[Span] = (),
    ) -> None:
        """Some suggestions, at offsets into the document, at most `protocol.BATCH` of them.

        The last call for a unit, which may have no suggestions, also tells what has been read, and which names the
        suggester considered and does not suggest.
        """
        ...

    def on_progress(self, key: DocumentKey, done: int, total: int) -> None:
        """How many code points of the document have been read by all suggesters."""
        ...

    def on_error(self, key: DocumentKey, message: str) -> None:
        """Something went wrong, in one sentence; reading continues with the rest."""
        ...

    def on_done(self, key: DocumentKey) -> None:
        """No more suggestions will come: there is nothing left to read, or no suggester left."""
        ...

    def on_fitted(self, weights: FittedWeights) -> None:
        """The weights that result from the lessons in the last call of `fit`."""
        ...

    def on_tokens(self, key: DocumentKey, edges: TokenEdges) -> None:
        """Where the pipeline's tokens begin and end; called after `on_done`, or not at all."""
        ...


class SuggestionService:
    """Suggesters at work on documents.

    `suggesters` are named as in `annotations.suggest.registry`; for each unit, the suggestions of the first
    one come first. `tokens` names the one whose tokens are read when a document of up to `MOST_TOKENISED`
    code points has been read; empty for none. `patience` is in seconds. `dates` says how dates are read; the
    language is that of each document.

    Every method may be called from any thread and returns at once.
    """

    def __init__(
        self,
        suggesters: Sequence[str],
        listener: SuggestionListener,
        tokens: str = "",
        patience: float = PATIENCE,
        dates: DateSettings = DEFAULT_DATES,
    ) -> None:
        self._suggesters = [RunSuggester(name) for name in suggesters]
        # Its loading is not announced.
        self._tokens = RunSuggester(tokens, announced=True) if tokens else None
        self._listener = listener
        self._dates = dates
        self._lock = threading.Lock()
        self._readings: dict[DocumentKey, DocumentReading] = {}
        self._first: DocumentKey | None = None
        self._thread: threading.Thread | None = None
        self._closed = False
        self._requests = WorkerRequests(patience)
        self._refitting = Refitting(self._requests)

    def read(
        self,
        key: DocumentKey,
        text: str,
        runs: Sequence[Run] = (),
        visible: int = 0,
        language: str = "",
    ) -> None:
        """Read a document before all others: first around the offset `visible`, without the ranges in `runs`.

        `language` is the code of its language; if empty, the language is recognised from the words.

        If the document is already being read, that reading is cancelled.
        """
        with self._lock:
            self._drop(key)
            self._first = key
            self._begin_reading(DocumentReading(key, text, runs, visible, language))

    def read_ahead(
        self, key: DocumentKey, text: str, runs: Sequence[Run] = (), language: str = ""
    ) -> None:
        """Read a document that will probably be opened soon, after all that were requested before it.

        If it is already being read, that continues. `look_at` moves it before the others once it is open.
        """
        with self._lock:
            if key not in self._readings:
                self._begin_reading(DocumentReading(key, text, runs, 0, language))

    def look_at(self, key: DocumentKey, offset: int) -> None:
        """Read this document next, first the part around this code point, and then the part after it."""
        with self._lock:
            if reading := self._readings.get(key):
                reading.visible = offset
                self._first = key

    def cancel(self, key: DocumentKey) -> None:
        """Stop reading a document. No call about it begins afterwards; one may still be running."""
        with self._lock:
            self._drop(key)
        self._requests.wake()

    def close(self) -> None:
        """Cancel everything and end the process."""
        with self._lock:
            self._closed = True
            for key in list(self._readings):
                self._drop(key)
        self._requests.close()

    @property
    def process(self) -> int | None:
        """The id of the process, if there is one."""
        return self._requests.pid

    def fit(self, lessons: Sequence[Lesson]) -> None:
        """Fit the weights to these lessons as soon as there is time, including lessons added until then."""
        with self._lock:
            if self._closed:
                return
            self._refitting.want(lessons)
            self._begin_thread()

    def _begin_reading(self, reading: DocumentReading) -> None:
        if self._closed:
            return
        self._readings[reading.key] = reading
        self._begin_thread()

    def _begin_thread(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="suggestions", daemon=True)
            self._thread.start()
        self._requests.wake()

    def _drop(self, key: DocumentKey) -> None:
        if reading := self._readings.pop(key, None):
            reading.cancelled = True

    # The methods below run on the thread of the service.

    def _run(self) -> None:
        while reading := self._next():
            self._go_on(reading)
        self._requests.end()

    def _next(self) -> DocumentReading | None:
        """The document to continue with, as soon as there is one; `None` when the service is closed."""
        while not self._closed:
            # This comes before the next unit because it takes only a few milliseconds.
            if (weights := self._refitting.fitted()) is not None:
                self._listener.on_fitted(weights)
            with self._lock:
                for key in (self._first, *self._readings):
                    if key in self._readings:
                        return self._readings[key]
            self._requests.wait()
        return None

    def _go_on(self, reading: DocumentReading) -> None:
        """Let one suggester read one unit, or note that there is nothing left."""
        if not reading.begun:
            self._begin(reading)
        self._tell_gone(reading)
        self._tell_progress(reading)
        if step := reading.next_step():
            self._read(reading, *step)
            return
        if not reading.done:
            reading.done = True
            self._tell(reading, self._listener.on_done, reading.key)
        if reading.token_ranges:
            self._read_tokens(reading, *reading.token_ranges.pop(0))
        if not reading.token_ranges:
            with self._lock:
                if self._readings.get(reading.key) is reading:
                    del self._readings[reading.key]

    def _begin(self, reading: DocumentReading) -> None:
        for suggester in self._suggesters:
            _find(suggester)
        tokens = self._tokens
        if tokens and len(reading.text) <= MOST_TOKENISED:
            _find(tokens)
            reading.begin(self._suggesters, tokens=not tokens.gone)
        else:
            reading.begin(self._suggesters, tokens=False)

    def _tell_gone(self, reading: DocumentReading) -> None:
        """Report, once for each document, which suggesters do not work in it."""
        for share in reading.shares:
            if share.suggester.gone and not share.is_loss_reported:
                share.is_loss_reported = True
                self._tell(reading, self._listener.on_error, reading.key, share.suggester.gone)

    def _tell_progress(self, reading: DocumentReading) -> None:
        progress = (reading.read_by_all(), len(reading.text))
        if progress != reading.progress and any(share.goes_on for share in reading.shares):
            reading.progress = progress
            self._tell(reading, self._listener.on_progress, reading.key, *progress)

    def _read(self, reading: DocumentReading, share: SuggesterShare, bounds: tuple[int, int]) -> None:
        suggester = share.suggester
        assert suggester.source is not None  # `_find` knows it, or that it is gone.
        try:
            replies = self._answers(reading, suggester, bounds)
        except ProcessDiedError as death:
            self._after_death(reading, share, death)
            return
        share.unread.discard(bounds)
        for reply in replies:
            match reply:
                case SpansFound(_, spans, last, second):
                    run = Run(suggester.source, *bounds, suggester.unit) if last else None
                    call = self._listener.on_spans
                    self._tell(reading, call, reading.key, suggester.source, spans, run, second)
                case Failed(_, message) if not share.complained:
                    share.complained = True
                    self._tell(reading, self._listener.on_error, reading.key, message)

    def _read_tokens(self, reading: DocumentReading, start: int, end: int) -> None:
        """Collect the tokens of a unit. A failure ends this without a report: tokens of a part are useless."""
        assert self._tokens
        try:
            replies = self._answers(reading, self._tokens, (start, end))
        except ProcessDiedError as death:
            self._requests.unreported_death = death
            replies = []
        for reply in replies:
            if isinstance(reply, SpansFound):
                reading.edges.add((span.start, span.end) for span in reply.spans)
        if not (replies and isinstance(replies[-1], SpansFound)):
            reading.token_ranges.clear()
        elif not reading.token_ranges:
            self._tell(reading, self._listener.on_tokens, reading.key, reading.edges)

    def _after_death(
        self, reading: DocumentReading, share: SuggesterShare, death: ProcessDiedError
    ) -> None:
        suggester = share.suggester
        again = f"{suggester.source} stopped again ({death}) and makes no more suggestions; you can go on annotating."
        if death.too_long:
            suggester.gone = (
                f"{suggester.source} takes too long and makes no more suggestions; you can go on "
                f"annotating."
            )
        elif reading.cancelled:
            self._requests.unreported_death = death
        elif not share.died:
            share.died = True
            said = f"{suggester.source} stopped ({death}) and was started again."
            self._tell(reading, self._listener.on_error, reading.key, said)
        elif not suggester.announced:
            # The process ended while it was being loaded, which would happen again for every document.
            suggester.gone = again
        else:
            share.given_up = True
            self._tell(reading, self._listener.on_error, reading.key, again)

    def _tell(
        self, reading: DocumentReading, call: Callable[P, None], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        if not reading.cancelled:
            call(*args, **kwargs)

    # The methods below use the process.

    def _answers(
        self, reading: DocumentReading, suggester: RunSuggester, bounds: tuple[int, int]
    ) -> list[Reply]:
        """The complete suggestions for one unit, so that none of them is ever reported twice."""
        worker = self._started(reading)
        if suggester.name not in worker.loaded:
            reply = self._requests.ask(Load(self._requests.next_id(), suggester.name))[-1]
            if isinstance(reply, Failed):
                suggester.gone = reply.message
                return []
            if isinstance(reply, Ready):
                worker.loaded.add(suggester.name)
                suggester.source, suggester.unit = reply.source, reply.unit
                if not suggester.announced:
                    suggester.announced = True
                    call = self._listener.on_ready
                    self._tell(reading, call, reading.key, reply.source, reply.labels)
        if reading.cancelled:
            return []
        start, end = bounds
        text = _encodable(reading.text[start:end])
        dates = replace(self._dates, language=reading.language, stamps=reading.stamps)
        request = Read(self._requests.next_id(), suggester.name, start, text, dates)
        return self._requests.ask(request, lambda: reading.cancelled)

    def _started(self, reading: DocumentReading) -> WorkerProcess:
        requests = self._requests
        if requests.pid is None and requests.unreported_death:
            said = f"The process of the suggesters stopped ({requests.unreported_death}) and was started again."
            requests.unreported_death = None
            self._tell(reading, self._listener.on_error, reading.key, said)
        return requests.started()


def _find(suggester: RunSuggester) -> None:
    """Set its source, or why it is gone if it does not exist; once in a run of the program."""
    if suggester.source or suggester.gone:
        return
    try:
        suggester.source = choose(suggester.name).source
    except AnnotateError as error:
        suggester.gone = str(error)


def _encodable(text: str) -> str:
    """The text with lone surrogates replaced, because JSON has none. Offsets do not change."""
    return text.encode("utf-8", "replace").decode("utf-8")
