"""The messages that bring the results of the suggestion service to the screen, each with its document."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from threading import Event
from typing import TYPE_CHECKING, Protocol

from textual.message import Message

from annotations.learn.doubt import FittedWeights
from annotations.learn.lesson import Lesson
from annotations.model.document_key import DocumentKey
from annotations.model.edit import Run
from annotations.model.source import Source
from annotations.model.span import Span
from annotations.text.token_edges import TokenEdges
from tui.workspace.reading_progress import BEGUN, ReadingProgress

if TYPE_CHECKING:
    from annotations.suggest.service import SuggestionListener

SHOWN = 5.0
"""The longest time, in seconds, that the service waits until suggestions are shown before it makes more."""


class Suggestions(Protocol):
    """The suggesters that read documents. Every method returns at once."""

    def read(
        self, key: DocumentKey, text: str, runs: Sequence[Run], visible: int, language: str
    ) -> None:
        """Read a document in its language: first around the offset `visible`, without the ranges in
        `runs`.
        """
        ...

    def read_ahead(self, key: DocumentKey, text: str, runs: Sequence[Run], language: str) -> None:
        """Read a document that will probably be opened soon, after all others. A reading in progress
        continues.
        """
        ...

    def cancel(self, key: DocumentKey) -> None:
        """Stop reading a document."""
        ...

    def look_at(self, key: DocumentKey, offset: int) -> None:
        """Next, read the text around this offset of the document."""
        ...

    def fit(self, lessons: Sequence[Lesson]) -> None:
        """Fit the weights to exactly these lessons, as soon as there is time."""
        ...

    def close(self) -> None:
        """Stop, and end the process."""
        ...


MakeSuggestions = Callable[["SuggestionListener"], Suggestions | None]
"""Makes the suggesters, which report to the listener; `None` if there are none."""


class Suggested(Message):
    """Suggestions for a document; `shown` is called when they have been added to the annotations."""

    def __init__(
        self,
        key: DocumentKey,
        source: Source,
        spans: list[Span],
        run: Run | None = None,
        shown: Callable[[], None] = lambda: None,
        second_readings: Sequence[Span] = (),
    ) -> None:
        super().__init__()
        self.key = key
        self.source = source
        self.spans = spans
        self.run = run
        self.shown = shown
        self.second_readings = second_readings


class TokensRead(Message):
    """Where the pipeline's tokens begin and end in a document."""

    def __init__(self, key: DocumentKey, edges: TokenEdges) -> None:
        super().__init__()
        self.key = key
        self.edges = edges


class WeightsFitted(Message):
    """New weights for doubts and for places, fitted to the decisions."""

    def __init__(self, weights: FittedWeights) -> None:
        super().__init__()
        self.weights = weights


class SuggestingProgress(Message):
    """The progress of the suggesters, for the header, and an error message, if any."""

    def __init__(self, key: DocumentKey, progress: str, notice: str = "") -> None:
        super().__init__()
        self.key = key
        self.progress = progress
        self.notice = notice


class ToScreen:
    """Listens to the service and posts its results as messages, no faster than the screen shows them."""

    def __init__(self, post: Callable[[Message], None]) -> None:
        self._post = post
        self._progress: defaultdict[DocumentKey, ReadingProgress] = defaultdict(ReadingProgress)

    def on_ready(self, key: DocumentKey, source: Source, labels: Sequence[str]) -> None:
        """Report that the search for names has begun."""
        if key not in self._progress:
            self._post(SuggestingProgress(key, BEGUN))

    def on_spans(
        self,
        key: DocumentKey,
        source: Source,
        spans: list[Span],
        run: Run | None,
        second_readings: Sequence[Span] = (),
    ) -> None:
        """Post suggestions and wait until they are added, at most `SHOWN` seconds."""
        shown = Event()
        self._post(Suggested(key, source, spans, run, shown.set, second_readings))
        shown.wait(timeout=SHOWN)

    def on_progress(self, key: DocumentKey, done: int, total: int) -> None:
        """Report the progress."""
        words = self._progress[key].words(done, total)
        if words is not None:
            self._post(SuggestingProgress(key, words))

    def on_error(self, key: DocumentKey, message: str) -> None:
        """Report an error."""
        self._post(SuggestingProgress(key, "no suggestions", message))

    def on_done(self, key: DocumentKey) -> None:
        """Report that no more suggestions will come."""
        self._progress.pop(key, None)
        self._post(SuggestingProgress(key, ""))

    def on_fitted(self, weights: FittedWeights) -> None:
        """Post the new weights."""
        self._post(WeightsFitted(weights))

    def on_tokens(self, key: DocumentKey, edges: TokenEdges) -> None:
        """Post where the tokens begin and end."""
        self._post(TokensRead(key, edges))
