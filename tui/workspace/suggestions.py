"""What the service of suggestions finds, on its way to the screen: messages that carry their document."""

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
"""Seconds to wait at most until suggestions are on the screen before others are looked for."""


class Suggestions(Protocol):
    """Suggesters at work on documents; every method returns at once."""

    def read(
        self, key: DocumentKey, text: str, runs: Sequence[Run], visible: int, language: str
    ) -> None:
        """Read a document in its language, around the offset `visible` first, but not what `runs` say was
        read."""
        ...

    def read_ahead(self, key: DocumentKey, text: str, runs: Sequence[Run], language: str) -> None:
        """Read a document that will probably be opened soon, after all others; not again if it is being read."""
        ...

    def cancel(self, key: DocumentKey) -> None:
        """Read no more of a document."""
        ...

    def look_at(self, key: DocumentKey, offset: int) -> None:
        """Read what is around this offset next."""
        ...

    def fit(self, lessons: Sequence[Lesson]) -> None:
        """Fit the weights to all these lessons, as soon as there is time."""
        ...

    def close(self) -> None:
        """Stop, and leave no process behind."""
        ...


MakeSuggestions = Callable[["SuggestionListener"], Suggestions | None]
"""Makes the suggesters from whom to tell what they find; `None` when there are none."""


class Suggested(Message):
    """Suggestions have come; `shown` is called when they are among the annotations."""

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
    """The tokens of the pipeline are known."""

    def __init__(self, key: DocumentKey, edges: TokenEdges) -> None:
        super().__init__()
        self.key = key
        self.edges = edges


class WeightsFitted(Message):
    """The weights of doubt and of places are known that follow from what was decided."""

    def __init__(self, weights: FittedWeights) -> None:
        super().__init__()
        self.weights = weights


class SuggestingSays(Message):
    """How far the suggesters are, in the header, and what went wrong with them."""

    def __init__(self, key: DocumentKey, progress: str, notice: str = "") -> None:
        super().__init__()
        self.key = key
        self.progress = progress
        self.notice = notice


class ToScreen:
    """Listens to the service and posts what it hears, no faster than the screen shows it."""

    def __init__(self, post: Callable[[Message], None]) -> None:
        self._post = post
        self._progress: defaultdict[DocumentKey, ReadingProgress] = defaultdict(ReadingProgress)

    def on_ready(self, key: DocumentKey, source: Source, labels: Sequence[str]) -> None:
        """Say that names are looked for."""
        if key not in self._progress:
            self._post(SuggestingSays(key, BEGUN))

    def on_spans(
        self,
        key: DocumentKey,
        source: Source,
        spans: list[Span],
        run: Run | None,
        second_readings: Sequence[Span] = (),
    ) -> None:
        """Bring suggestions and wait until they are shown."""
        shown = Event()
        self._post(Suggested(key, source, spans, run, shown.set, second_readings))
        shown.wait(timeout=SHOWN)

    def on_progress(self, key: DocumentKey, done: int, total: int) -> None:
        """Say how far it is."""
        words = self._progress[key].words(done, total)
        if words is not None:
            self._post(SuggestingSays(key, words))

    def on_error(self, key: DocumentKey, message: str) -> None:
        """Say what went wrong."""
        self._post(SuggestingSays(key, "no suggestions", message))

    def on_done(self, key: DocumentKey) -> None:
        """Nothing is running any more."""
        self._progress.pop(key, None)
        self._post(SuggestingSays(key, ""))

    def on_fitted(self, weights: FittedWeights) -> None:
        """Bring the weights."""
        self._post(WeightsFitted(weights))

    def on_tokens(self, key: DocumentKey, edges: TokenEdges) -> None:
        """Bring the tokens."""
        self._post(TokensRead(key, edges))
