"""Milliseconds to open the list of documents and for a key in it, compared with a short list and with Textual's own.

    python -m benchmarks.document_list [--documents 10000]

The list is opened in the whole program, with a driver that throws away what a terminal would get. It
measures processor time up to the first bytes, which show what the key did, and the time in all. The
same keys are pressed in a list of twenty documents, which costs only the drawing of a screen, and the
same number of names is shown in an `OptionList`, which lays out every row.
"""

import argparse
import asyncio
import statistics
import time
from collections.abc import Callable, Sequence

from msgspec.structs import replace
from textual import events
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import OptionList

from annotations.corpus.listing import SORT_ORDERS, DocumentState, ListedDocument
from annotations.corpus.pace import Pace
from benchmarks.keys import CountingDriver, Took, program, run, settled
from tests.annotations.corpus.summaries import RowsInMemory
from tests.texts import ARTICLE
from tui.actions import ACTIONS
from tui.background.pauses import collect_garbage_in_pauses
from tui.document_list.screen import DocumentListScreen
from tui.keymap import Keymap

SHORT = 20
STATES: tuple[DocumentState, ...] = ("done", "begun", "new")
KEYS: dict[str, list[str]] = {
    "walk": ["down", "down", "pagedown", "end", "home", "down"] * 8,
    "type": [*"report 9 txt", *["backspace"] * 12] * 2,
    "states": [*"done", *["backspace"] * 4, *"open", *["backspace"] * 4],
    "order": ["tab"] * 2 * len(SORT_ORDERS),
    "mark": ["ctrl+d", "ctrl+d", "down"] * 4,
}


def documents(number: int) -> list[ListedDocument]:
    """A corpus of names that share most of their letters."""
    return [
        ListedDocument(
            place + 1,
            f"k{place}",
            f"report-{place * 7919 % number}-of-{place % 31 + 1}-May.txt",
            STATES[place % 3],
            place % 50 == 0,
            f"2021-05-{place % 31 + 1:02}",
            200 + place % 700,
            place % 40,
            place % 60,
            place % 100 / 100,
            place % 9,
            f"2026-01-{place % 28 + 1:02}",
        )
        for place in range(number)
    ]


async def first_shown(app: App[None], open_it: Callable[[], object]) -> float:
    """Milliseconds of processor time until the first bytes of a screen are written."""
    CountingDriver.first = 0.0
    begin = time.process_time()
    open_it()
    while not CountingDriver.first and time.process_time() - begin < 10:
        await asyncio.sleep(0.002)
    return (CountingDriver.first - begin) * 1000


async def timed(app: App[None], key: str) -> Took:
    """Send a key and wait until nothing more is written; a key that changes nothing writes nothing."""
    written, CountingDriver.first = CountingDriver.written, 0.0
    begin = time.process_time()
    app.post_message(events.Key(key, key if len(key) == 1 else None))
    ended, quiet = begin, 0
    while quiet < 3:
        await asyncio.sleep(0.01)
        if CountingDriver.written != written:
            written, ended, quiet = CountingDriver.written, time.process_time(), 0
        else:
            quiet += 1
    shown = CountingDriver.first or begin
    return Took((shown - begin) * 1000, (ended - begin) * 1000)


async def ours(number: int) -> tuple[list[float], dict[str, list[Took]]]:
    """Times to open a list with a number of documents, and times of each kind of keys in it."""
    opened: list[float] = []
    keys: dict[str, list[Took]] = {}
    app = program(ARTICLE)
    rows = documents(number)

    def listed() -> DocumentListScreen:
        screen = DocumentListScreen(
            "corpus/",
            RowsInMemory(rows),
            Keymap(ACTIONS),
            lambda key, done: screen.replace(
                [replace(rows[int(key[1:])], state="done" if done else "begun")]
            ),
            lambda key: rows[int(key[1:])],
            pace=Pace(9, 3.1, (700.0, 900.0)),
        )
        return screen

    async def session(pilot: Pilot[object]) -> None:
        await settled(app)
        await asyncio.sleep(0.5)
        for _ in range(5):
            opened.append(await first_shown(app, lambda: app.push_screen(listed())))
            await asyncio.sleep(0.2)
            app.pop_screen()
            await asyncio.sleep(0.2)
        app.push_screen(listed())
        await asyncio.sleep(0.3)
        for kind, pressed in KEYS.items():
            keys[kind] = [await timed(app, key) for key in pressed]
        app.exit()

    await run(app, session)
    return opened, keys


class Options(App[None]):
    """The list as Textual's own widget would show it."""

    def __init__(self, rows: Sequence[ListedDocument]) -> None:
        super().__init__()
        self.rows = rows

    def compose(self) -> ComposeResult:
        yield OptionList(id="options")

    def fill(self) -> None:
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([row.name for row in self.rows])


async def textuals(number: int) -> list[float]:
    """Times to show a number of names in an `OptionList`; typing a letter costs the same."""
    app, times = Options(documents(number)), list[float]()

    async def session(pilot: Pilot[object]) -> None:
        await asyncio.sleep(0.5)
        for _ in range(3):
            times.append(await first_shown(app, app.fill))
            await asyncio.sleep(0.3)
        app.exit()

    await run(app, session)
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--documents", type=int, default=10_000)
    number = parser.parse_args().documents
    # As `tui.cli` does before it starts.
    collect_garbage_in_pauses()
    short_opened, short_keys = asyncio.run(ours(SHORT))
    opened, keys = asyncio.run(ours(number))
    options = statistics.median(asyncio.run(textuals(number)))
    short, long = statistics.median(short_opened), statistics.median(opened)
    print(f"{'':8} {SHORT:>9} {number:>9,}  ratio    p95  worst  in all")
    print(f"{'open':8} {short:9.2f} {long:9.2f} {long / short:6.2f} {'':6} {max(opened):6.2f}")
    for kind, times in keys.items():
        short = statistics.median(took.shown for took in short_keys[kind])
        long = statistics.median(took.shown for took in times)
        late = statistics.quantiles([took.shown for took in times], n=20)[-1]
        worst = max(took.shown for took in times)
        in_all = statistics.median(took.in_all for took in times)
        print(
            f"{kind:8} {short:9.2f} {long:9.2f} {long / short:6.2f} {late:6.2f} {worst:6.2f} {in_all:7.2f}"
        )
    print(
        f"milliseconds; an OptionList takes {options:.0f} to show {number:,} names, "
        f"{options / statistics.median(opened):.1f} times as long as the list takes to open"
    )


if __name__ == "__main__":
    main()
