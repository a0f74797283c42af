"""A key takes about as many steps in a text of 250 KB with 5,000 spans as in one of 12 KB with 250.

Drawing is not counted here: `test_reader` counts how many rows are drawn for a key.
"""

import re

from textual import events

from annotations.model.span import Span
from tests.spans import sources_named
from tests.steps import steps
from tests.texts import ARTICLE
from tests.tui.conftest import Open, Screen

KEYS = ("right", "down", "tab", "space", "enter", "U", "g", "U", "backspace", "U")
LABELS = ("PERSON", "ORG", "GPE", "DATE")


def numbered(copy: int) -> str:
    """The article with a number in each word, so that copies have no words in common.

    A decision is also applied to other mentions of its words; that work is not to be counted here.
    """
    return re.sub(r"\w+", lambda word: f"{word[0]}{copy}", ARTICLE)


def spans_of(text: str, number: int) -> list[Span]:
    """Suggestions all over a text, some of them overlapping."""
    step = len(text) // number
    return [
        Span(start, start + 4 + start % 60, LABELS[place % 4], sources=sources_named("model 1"))
        for place, start in enumerate(range(0, len(text) - 64, step))
    ]


async def steps_of(screen: Screen, key: str) -> int:
    """The steps of one key: its action, and filling the lines around the article again."""
    reader = screen.app.reader
    pressed = events.Key(key, {"space": " "}.get(key, key) if len(key) == 1 or key == "space" else None)
    taken = steps(lambda: reader.on_key(pressed)) + steps(reader._show_all)
    await screen.pilot.pause()
    return taken


async def test_a_key_is_as_much_work_in_a_large_text(open_article: Open) -> None:
    taken: list[dict[str, int]] = []
    for times in (20, 400):
        text = "".join(numbered(copy) for copy in range(times))
        async with open_article(text, suggested=[]) as screen:
            reader = screen.app.reader
            for span in spans_of(text, len(text) // 50):
                reader.opened.session.annotations.spans.add(span)
            reader.opened.selection.place(len(text) // 2)
            reader.article.follow(jump=True)
            # The first press of a key may load modules, which is not counted.
            await screen.press(*KEYS)
            await screen.settle()
            # The smallest of several counts is the one without scrolling.
            rounds = [{key: await steps_of(screen, key) for key in KEYS} for _ in range(6)]
            taken.append({key: min(one[key] for one in rounds) for key in KEYS})
    small, large = taken
    assert min(small.values()) > 100
    assert {key: (small[key], large[key]) for key in KEYS if large[key] > 1.5 * small[key]} == {}
