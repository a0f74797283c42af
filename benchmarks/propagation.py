"""Milliseconds to propose a label for 1,000 other mentions in 1 MB, and to search while typing.

    python -m benchmarks.propagation [--mentions 1000] [--size 1000000]

`key` is the time of a key in the whole program, up to the first bytes for the terminal, as in
`benchmarks.keys`; the text has 20 spans per kilobyte. The times are compared with finding the words
with `re`, and with a naive proposal that looks through all spans for each mention. Times are processor
times, the median of five.
"""

import argparse
import asyncio
import re
import statistics
import time
from collections.abc import Callable

from textual.pilot import Pilot

from annotations.editing.propagation_preview import Preview, preview
from annotations.model.span import SpanKey
from annotations.model.span_index import SpanIndex
from benchmarks.keys import article_of, program, run, settled, spans_of, timed

NAME = "Pilar Quispe"


def text_with(mentions: int, size: int) -> str:
    """A text of about this many code points, with the name in it this many times."""
    piece = article_of(size // mentions - len(NAME) - 4)
    return " ".join(f"{NAME}. {piece}" for _ in range(mentions + 1))


def took(call: Callable[[], object]) -> float:
    """The median time of five calls in milliseconds."""
    times = []
    for _ in range(5):
        begin = time.process_time()
        call()
        times.append((time.process_time() - begin) * 1000)
    return statistics.median(times)


def naive(text: str, spans: SpanIndex) -> int:
    """How many mentions there are, found by checking every span for each."""
    everything = list(spans)
    return sum(
        not any(span.start < match.end() and match.start() < span.end for span in everything)
        for match in re.finditer(rf"\b{NAME}\b", text)
    )


async def keys(text: str) -> dict[str, float]:
    """How long the keys of a propagation and a search take in the whole program, in milliseconds."""
    times: dict[str, list[float]] = {"*": [], "Tab": [], "Enter": [], "search": []}
    app = program(text)

    async def session(pilot: Pilot[object]) -> None:
        await settled(app)
        app.reader.remove_class("with-panel")
        opened = app.reader.opened
        for _ in range(5):
            opened.selection.select(0, len(NAME))
            app.reader.show_outcome(opened.review.label("PERSON"))
            await asyncio.sleep(0.3)
            for name, key in (("*", "*"), ("Tab", "tab"), ("Enter", "enter")):
                times[name].append((await timed(app, key)).shown)
            await timed(app, "U")
            await timed(app, "/")
            times["search"] += [(await timed(app, key)).shown for key in "quispe"]
            await timed(app, "escape")
        app.exit()

    await run(app, session)
    return {name: statistics.median(taken) for name, taken in times.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--mentions", type=int, default=1000)
    parser.add_argument("--size", type=int, default=1_000_000)
    options = parser.parse_args()
    text = text_with(options.mentions, options.size)
    spans = SpanIndex(spans_of(text))
    wanted = Preview(SpanKey(0, len(NAME), "PERSON"), "PERSON")
    found = len(preview(text, spans, wanted).mentions)
    proposal = took(lambda: preview(text, spans, wanted))
    bare = took(lambda: [match.span() for match in re.finditer(NAME, text)])
    begin = time.process_time()
    naive(text, spans)
    slow = (time.process_time() - begin) * 1000
    print(f"{len(text):,} code points, {len(spans):,} spans, {found:,} mentions to change")
    print(f"proposal    {proposal:7.1f} ms, {proposal / bare:.1f} times bare re ({bare:.1f} ms)")
    print(f"naive       {slow:7.1f} ms, {slow / proposal:.0f} times ours")
    for name, taken in asyncio.run(keys(text)).items():
        print(f"key {name:<7} {taken:7.1f} ms")


if __name__ == "__main__":
    main()
