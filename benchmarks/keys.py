"""Milliseconds that a key takes in the program, for several sizes of text, compared with a naive program.

    python -m benchmarks.keys [--sizes 3000,1000000,10000000] [--naive-up-to 1000000]

Every key goes through the whole program (keymap, session, view, compositor, bytes for the terminal)
with a driver that throws the bytes away. It measures processor time: up to the first bytes, which show
what the key did to the text, and in all, with the status line, hints and counts after it. The naive
program holds the text in a `Static` and renders it again for each key, as a first version would. There
are 20 spans per kilobyte, and a quarter of them overlap others.
"""

import argparse
import asyncio
import random
import statistics
import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass

from rich.text import Text
from textual import events
from textual.app import App, ComposeResult
from textual.drivers.headless_driver import HeadlessDriver
from textual.pilot import Pilot
from textual.widgets import Static

from annotations.model.document import Document
from annotations.model.document_key import DocumentKey
from annotations.model.edit import Run
from annotations.model.label_scheme import ONTONOTES
from annotations.model.source import Source
from annotations.model.span import Span
from annotations.text import segmentation as words
from tests.texts import ARTICLE
from tests.tui.memory_writer import MemoryWriter
from tui.app import AnnotateApp
from tui.workspace.one_document import one_document

SIZE = (120, 40)
KEYS = ["right", "right", "down", "left", "right", "tab", "up", "space"] * 12
EDITS = ["o", "enter", "g", "U"] * 12


class CountingDriver(HeadlessDriver):
    """Receives what a terminal would get, counts it and remembers when the first bytes arrived."""

    written = 0
    first = 0.0

    @property
    def is_headless(self) -> bool:
        return False

    def write(self, data: str) -> None:
        CountingDriver.first = CountingDriver.first or time.process_time()
        CountingDriver.written += len(data)


@dataclass(frozen=True)
class Took:
    """Milliseconds of processor time that a key took."""

    shown: float
    in_all: float


def article_of(size: int) -> str:
    """A text of about this number of code points."""
    return (ARTICLE * (size // len(ARTICLE) + 1))[:size]


def spans_of(text: str, per_kilobyte: int = 20) -> list[Span]:
    """Suggestions throughout a text, a quarter of them overlapping others."""
    chance = random.Random(7)
    labels = [label.name for label in ONTONOTES]
    places = list(words.words(text, 0, len(text)))
    spans = []
    for _ in range(per_kilobyte * len(text) // 1000):
        at = chance.randrange(len(places) - 4)
        last = places[at + chance.choice((0, 0, 0, 1, 2))]
        spans.append(
            Span(places[at][0], last[1], chance.choice(labels), sources=(Source.parse("model 1"),))
        )
    return spans


Session = Callable[[Pilot[object]], Coroutine[object, object, None]]


async def run(app: App[None], session: Session) -> None:
    """Run a program on the counting driver."""
    app.driver_class = CountingDriver
    await app.run_async(headless=False, size=SIZE, mouse=False, auto_pilot=session)


def program(text: str) -> AnnotateApp:
    """The program on a text, with its spans."""

    class Fixed:
        """Adds all spans when the text is opened."""

        def __init__(self, listener: object) -> None:
            pass

        def read(
            self, key: DocumentKey, text: str, runs: Sequence[Run], visible: int, language: str
        ) -> None:
            for span in spans_of(text):
                app.reader.opened.session.annotations.spans.add(span)

        def read_ahead(self, key: DocumentKey, text: str, runs: Sequence[Run], language: str) -> None:
            pass

        def cancel(self, key: DocumentKey) -> None:
            pass

        def look_at(self, key: DocumentKey, offset: int) -> None:
            pass

        def fit(self, lessons: object) -> None:
            pass

        def close(self) -> None:
            pass

    app = AnnotateApp(
        one_document(Document(text, "/articles/benchmark.txt")),
        "ann",
        ONTONOTES,
        lambda on_state, on_foreign: MemoryWriter(on_state),
        Fixed,
    )
    return app


async def settled(app: AnnotateApp) -> None:
    """Wait until the annotations have arrived and the text is wrapped to its end."""
    while not (app.reader.keys.loaded and app.reader.article._page.rows.wrap.complete):
        await asyncio.sleep(0.05)


async def ours(text: str) -> tuple[list[Took], list[Took], float]:
    """Times of moves and of edits in milliseconds, and bytes written per move."""
    moves: list[Took] = []
    edits: list[Took] = []
    written = 0.0
    app = program(text)

    async def session(pilot: Pilot[object]) -> None:
        nonlocal written
        await settled(app)
        app.reader.opened.selection.place(len(text) // 2)
        app.reader.article.follow(jump=True)
        await asyncio.sleep(0.5)
        before = CountingDriver.written
        moves.extend([await timed(app, key) for key in KEYS])
        written = (CountingDriver.written - before) / len(KEYS)
        # The side panel is drawn later, but would count in the total time: only the keys are measured here.
        app.reader.remove_class("with-panel")
        await asyncio.sleep(0.5)
        edits.extend([await timed(app, key) for key in EDITS])
        app.exit()

    await run(app, session)
    return moves, edits, written


class Naive(App[None]):
    """The smallest program that shows a text with spans: it renders the whole text again for each key."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.spans = spans_of(text)
        self.at = len(text) // 2

    def compose(self) -> ComposeResult:
        yield Static(self.rendered(), id="text")

    def rendered(self) -> Text:
        text = Text(self.text)
        for span in self.spans:
            text.stylize("underline", span.start, span.end)
        text.stylize("reverse", self.at, self.at + 5)
        return text

    def on_key(self, event: events.Key) -> None:
        self.at += 6
        self.query_one(Static).update(self.rendered())


async def naive(text: str, keys: int) -> list[Took]:
    """Times of moves of the naive program in milliseconds."""
    app = Naive(text)
    times: list[Took] = []

    async def session(pilot: Pilot[object]) -> None:
        await asyncio.sleep(0.5)
        times.extend([await timed(app, "right") for _ in range(keys)])
        app.exit()

    await run(app, session)
    return times


async def timed(app: App[None], key: str) -> Took:
    """Send a key and wait until nothing more is written for it."""
    written, CountingDriver.first = CountingDriver.written, 0.0
    begin = time.process_time()
    app.post_message(events.Key(key, key if len(key) == 1 else None))
    quiet = 0
    while quiet < 3 and time.process_time() - begin < 30:
        await asyncio.sleep(0.02)
        quiet = quiet + 1 if written == CountingDriver.written and CountingDriver.first else 0
        written = CountingDriver.written
    shown = CountingDriver.first or time.process_time()
    return Took((shown - begin) * 1000, (time.process_time() - begin) * 1000)


def median(times: list[Took]) -> tuple[float, float]:
    return (
        statistics.median(took.shown for took in times),
        statistics.median(took.in_all for took in times),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sizes", default="3000,100000,1000000,10000000")
    parser.add_argument("--naive-up-to", type=int, default=100_000)
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    print(
        f"{'text':>10} {'spans':>8} {'move':>6} {'p95':>6} {'edit':>6} {'in all':>7} {'bytes':>6}  naive"
    )
    medians = []
    for size in sizes:
        text = article_of(size)
        moves, edits, written = asyncio.run(ours(text))
        move, in_all = median(moves)
        medians.append(move)
        late = statistics.quantiles([took.shown for took in moves], n=20)[-1]
        peer = ""
        if size <= options.naive_up_to:
            times = asyncio.run(naive(text, 5))
            peer = f"{median(times)[0]:.0f} ms, {median(times)[0] / move:.0f} times ours"
        print(
            f"{size:10,} {20 * size // 1000:8,} {move:6.2f} {late:6.2f} {median(edits)[0]:6.2f} "
            f"{in_all:7.2f} {written:6.0f}  {peer}"
        )
    print(
        f"milliseconds; a move in the largest text takes {medians[-1] / medians[0]:.2f} times the smallest"
    )


if __name__ == "__main__":
    main()
