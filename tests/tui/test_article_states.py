"""What the article view looks like in its states, held against files that a person has looked at.

`python -m pytest tests/tui/test_article_states.py --update-goldens` writes them anew.
"""

from pathlib import Path

import pytest

from annotations.span import Span
from tests.texts import ARTICLE
from tests.tui.conftest import Open

GOLDENS = Path(__file__).parent / "goldens"
STATES = [
    ("Harbour talks", "EVENT", "accepted"),
    ("Lisbon", "GPE", "suggested"),
    ("port authority of Rotterdam", "ORG", "accepted"),
    ("Rotterdam", "GPE", "accepted"),
    ("Portugal's Ministry of the Sea", "ORG", "suggested"),
    ("Portugal", "GPE", "suggested"),
    ("the Sea agreed", "LOC", "accepted"),
    ("Tuesday", "DATE", "rejected"),
    ("Sines", "GPE", "accepted"),
]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("names", [False, True])
async def test_each_state_looks_as_it_was_agreed(
    open_article: Open, request: pytest.FixtureRequest, size: tuple[int, int], names: bool
) -> None:
    async with open_article(suggested=[], size=size) as screen:
        reader = screen.app.reader
        for words, label, status in STATES:
            start = ARTICLE.index(words)
            reader.session.annotations.spans.add(
                Span(start, start + len(words), label, status, ("model 1",))  # type: ignore[arg-type]
            )
        reader.article.label_rows = not names
        reader.article.toggle_label_rows()
        reader.article.repaint()
        reader.session.place(ARTICLE.index("Sines"))
        reader.shown(reader.session.grow_right())
        await screen.wait(lambda: "accepted “Sines, officials”" in screen.text)
        await screen.pilot.pause(0.3)
        shown = "\n".join(screen.looks) + "\n"
    golden = GOLDENS / f"article-{size[0]}x{size[1]}{'-names' if names else ''}.golden"
    if request.config.getoption("--update-goldens"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(shown, "utf-8")
    assert shown == golden.read_text("utf-8")
