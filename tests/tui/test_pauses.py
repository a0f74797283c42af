"""Work that nobody waits for is done in the pauses between keys; it goes on even if keys come fast."""

import gc
from collections.abc import Callable

import pytest

from annotations.dates.document_dates import PART, WHOLE, prepare
from annotations.dates.reading import read
from annotations.editing.outcome import Outcome
from annotations.model.edit import Run
from annotations.model.source import Source
from annotations.model.span import Span
from tests.spans import sources_named
from tests.texts import ARTICLE
from tests.tui.conftest import Open
from tests.tui.memory_writer import MemoryWriter
from tui.background.arrivals import Arrivals
from tui.background.dates_ahead import DatesAhead
from tui.background.doubt_ahead import DoubtAhead
from tui.background.pauses import BEHIND, MANY, STOPPED, GarbageInPauses, Pauses
from tui.workspace.suggestions import Suggested, SuggestingProgress


class Clock:
    """A clock that a test moves forward, and the calls that are due later, made in order of time."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.pauses = Pauses(lambda: self.now)
        self._later: list[tuple[float, Callable[[], None]]] = []

    def later(self, seconds: float, call: Callable[[], None]) -> None:
        self._later.append((self.now + seconds, call))

    def press(self) -> None:
        self.pauses.pressed(self.now)

    def pass_(self, seconds: float) -> None:
        until = self.now + seconds
        while due := [one for one in self._later if one[0] <= until]:
            first = min(due, key=lambda one: one[0])
            self._later.remove(first)
            self.now = max(self.now, first[0])
            first[1]()
        self.now = until


def test_there_is_time_behind_an_answer_and_once_keys_have_stopped() -> None:
    clock = Clock()
    assert clock.pauses.have_time
    assert clock.pauses.keys_stopped
    clock.press()
    seen = []
    for thousandth in range(200):
        clock.now = 1000 + thousandth / 1000 + 0.0005
        seen.append(clock.pauses.have_time)
    changes = [place for place in range(1, 200) if seen[place] != seen[place - 1]]
    assert (seen[0], changes) == (False, [12, 30, 150])


@pytest.mark.parametrize("between", [0.02, BEHIND, 0.04, 0.1, 0.14])
def test_what_arrives_is_added_between_keys_however_fast_they_come(between: float) -> None:
    clock = Clock()
    added: list[float] = []
    arrivals = Arrivals(clock.pauses, clock.later, lambda touched: None)

    def add() -> Outcome:
        added.append(clock.now)
        return Outcome()

    for _ in range(100):
        arrivals.add(add)
        clock.press()
        clock.pass_(between)
    assert len(added) > 90
    keys = [1000 + number * between for number in range(100)]
    behind = [min(moment - key for key in keys if key <= moment) for moment in added]
    assert all(0.011 < since < BEHIND or since >= STOPPED for since in behind)


@pytest.mark.parametrize(
    ("lots", "while_keys_come"), [(MANY - 1, 0), (MANY, 1), (2 * MANY, 1), (2 * MANY + 1, 0)]
)
def test_garbage_is_collected_behind_a_key_where_it_is_little_else_when_keys_have_stopped(
    lots: int, while_keys_come: int
) -> None:
    clock = Clock()
    garbage = GarbageInPauses(clock.pauses, clock.later)

    def collections() -> int:
        return int(gc.get_stats()[1]["collections"])

    threshold = gc.get_threshold()
    gc.collect()
    gc.set_threshold(1_000_000, 1_000_000, 1_000_000)
    try:
        before = collections()
        garbage.look()
        clock.pass_(1)
        for _ in range(lots):
            gc.collect(0)
        for _ in range(20):
            clock.press()
            garbage.look()
            clock.pass_(STOPPED / 2)
        assert collections() == before + while_keys_come
        clock.pass_(1)
        assert collections() == before + (lots >= MANY)
        garbage.look()
        clock.pass_(1)
        assert collections() == before + (lots >= MANY)
    finally:
        gc.set_threshold(*threshold)


def test_the_parts_of_a_long_text_around_the_cursor_are_read_ahead_once() -> None:
    clock = Clock()
    seen: list[int] = []
    ahead = DatesAhead(clock.pauses, clock.later, lambda text, at, _: seen.append(at // PART))
    long = "x" * (WHOLE + 1)
    ahead.look("x" * WHOLE, 0, "en")
    clock.pass_(1)
    assert seen == []
    for cursor in (0, 5, 5, PART - 1, 3 * PART, 3 * PART + 1, WHOLE):
        ahead.look(long, cursor, "en")
        clock.pass_(1)
    assert seen == [0, 1, 3, 4, 2, 12, 11]
    ahead.look(long, 0, "en")
    clock.press()
    clock.pass_(0.01)
    ahead.look(long, 5 * PART, "en")
    clock.pass_(1)
    assert seen[7:] == [5, 6, 4]


def test_the_next_screen_is_judged_in_small_steps_and_not_while_keys_come() -> None:
    clock = Clock()
    left = [3]

    class Sweep:
        def look_ahead(self) -> bool:
            left[0] -= 1
            return left[0] > 0

    ahead = DoubtAhead(clock.pauses, clock.later)
    clock.press()
    ahead.look(Sweep())
    clock.pass_(0.01)
    assert left == [3]
    clock.pass_(1)
    assert left == [0]


def test_a_part_that_was_read_ahead_is_not_read_again_for_a_value() -> None:
    from annotations.dates.document_dates import timex_of

    text = "It rained on 4 May 2019. " * (WHOLE // 20)
    at = text.index("4 May", 3 * PART)
    prepare(text, at, "en")
    misses = read.cache_info().misses
    assert timex_of(text, Span(at, at + 10, "DATE"), None).value == "2019-05-04"
    assert read.cache_info().misses == misses


async def test_how_far_the_suggesters_are_is_said_behind_what_they_have_found(
    open_article: Open,
) -> None:
    """What they find also makes no frame wait for the disk."""
    waits: list[float] = []
    writer = MemoryWriter(lambda state: None)
    async with open_article(suggested=[], writer=writer) as screen:
        app, at = screen.app, ARTICLE.index("Sines")
        workspace = app.workspace
        before = workspace._frame_waits_until
        app.reader.pauses.pressed(float("inf"))
        source = Source.parse("model 2")
        sines = Span(at, at + 5, "GPE", sources=sources_named("model 2"))
        app.post_message(Suggested(screen.key, source, [sines], Run(source, 0, 9)))
        app.post_message(SuggestingProgress(screen.key, "names 40 %"))
        await screen.settle()
        assert (screen.spans, app.reader.around.progress) == ([], "")
        app.reader.pauses.pressed(0.0)
        await screen.wait(lambda: app.reader.around.progress == "names 40 %")
        assert screen.spans == [("Sines", "GPE", "suggested")]
        waits.append(workspace._frame_waits_until)
        await screen.press("tab", "enter")
        waits.append(workspace._frame_waits_until)
    assert waits[0] == before < waits[1]
