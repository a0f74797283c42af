"""One document that is being read for suggestions: the remaining parts and their order."""

from collections.abc import Sequence
from dataclasses import dataclass

from annotations.dates.scheme import Stamp
from annotations.dates.time_stamps import stamps_of
from annotations.model.annotation_set import has_read
from annotations.model.document_key import DocumentKey
from annotations.model.edit import Run
from annotations.model.source import Source
from annotations.suggest.chunking import UNIT, chunks, in_order
from annotations.text.token_edges import TokenEdges


@dataclass
class RunSuggester:
    """A suggester and its state in this run of the program."""

    name: str
    """As in `annotations.suggest.registry`."""
    source: Source | None = None
    """The source of its spans, once it is known."""
    unit: str = UNIT
    announced: bool = False
    gone: str = ""
    """Why it no longer suggests, in one sentence; empty as long as it does."""


@dataclass
class SuggesterShare:
    """The work of one suggester in one document."""

    suggester: RunSuggester
    unread: set[tuple[int, int]]
    complained: bool = False
    is_loss_reported: bool = False
    died: bool = False
    given_up: bool = False

    @property
    def goes_on(self) -> bool:
        """Whether it can suggest more."""
        return not (self.given_up or self.suggester.gone)


class DocumentReading:
    """A document that is being read.

    `visible` and `cancelled` may be set by any thread; all else belongs to the thread of the service.
    """

    def __init__(
        self, key: DocumentKey, text: str, runs: Sequence[Run], visible: int, language: str
    ) -> None:
        self.key = key
        self.text = text
        self.language = language
        self.visible = visible
        """The offset of the part that is on the screen."""
        self.cancelled = False
        self.progress: tuple[int, int] | None = None
        """The last report: how many code points have been read, and how many there are."""
        self.begun = False
        self.shares: list[SuggesterShare] = []
        self.done = False
        """Whether it has been reported that there are no more suggestions."""
        self.edges = TokenEdges()
        self.token_ranges: list[tuple[int, int]] = []
        """The ranges whose tokens must still be read."""
        self.stamps: tuple[Stamp, ...] = ()
        """The forms of time stamps that it has in large numbers, counted once for the whole text when
        its reading begins.
        """
        self._runs = tuple(runs)

    def begin(self, suggesters: Sequence[RunSuggester], tokens: bool) -> None:
        """Determine what each suggester must read, and whether tokens must be read afterwards."""
        ranges = chunks(self.text, self.language)
        self.begun = True
        self.stamps = stamps_of(self.text)
        self.shares = [
            SuggesterShare(
                suggester, {bounds for bounds in ranges if not self._has_read(suggester, bounds)}
            )
            for suggester in suggesters
        ]
        self.token_ranges = ranges if tokens else []

    def next_step(self) -> tuple[SuggesterShare, tuple[int, int]] | None:
        """The unit to read next, the nearest to `visible`, and its first suggester; `None` if all is read."""
        unread = self._unread()
        if not unread:
            return None
        bounds = in_order(unread, self.visible)[0]
        return next(share for share in self.shares if share.goes_on and bounds in share.unread), bounds

    def read_by_all(self) -> int:
        """How many code points have been read by all suggesters that still work."""
        return len(self.text) - sum(end - start for start, end in self._unread())

    def _unread(self) -> set[tuple[int, int]]:
        return {bounds for share in self.shares if share.goes_on for bounds in share.unread}

    def _has_read(self, suggester: RunSuggester, bounds: tuple[int, int]) -> bool:
        return has_read(self._runs, suggester.source, *bounds)
