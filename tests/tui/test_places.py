"""Places where a name may have been missed: how they look on the screen, and what the keys do there."""

from annotations.learn.name_place import NamePlace
from tests.tui.conftest import Open, Screen

TEXT = "Talks in Lisbon ended.\n\nThe Tagus Board and Fishwatch met Duarte.\n"


def find(screen: Screen, *found: tuple[str, str]) -> None:
    places = [
        NamePlace(TEXT.index(words), TEXT.index(words) + len(words), label, 0.6, "a capital inside")
        for words, label in found
    ]
    screen.app.reader.opened.session.places.take_in(places)
    screen.app.reader.show_later()


async def test_a_place_is_marked_stopped_at_and_labelled_only_by_a_person(open_article: Open) -> None:
    async with open_article(TEXT, suggested=[("Lisbon", "GPE")]) as screen:
        await screen.settle()
        before = screen.rows[1:4]
        find(screen, ("Tagus Board", "ORG"), ("Fishwatch", ""))
        await screen.pilot.pause()
        shown = screen.rows[1:4]
        assert [row[4:70].rstrip() for row in shown] == [row[4:70].rstrip() for row in before]
        assert shown[2].startswith(" ·")
        assert shown[2].endswith("– –")

        await screen.press("right", "V")
        while screen.focus != "Tagus Board":
            # V may stop at the suggestion first, because it is doubtful or a spot check.
            await screen.press("enter")
        assert " a name? “Tagus Board” a capital inside · likely ORG" in screen.rows[-2]
        spans = screen.spans
        await screen.press("backspace")
        assert (screen.focus, screen.spans) == ("Fishwatch", spans)
        assert " a name? “Fishwatch” a capital inside · no label guessed" in screen.rows[-2]
        assert screen.rows[-1].startswith(" ⌫ no name  a-z label  V accept screen")
        await screen.press("o")
        assert screen.spans == [*spans, ("Fishwatch", "ORG", "accepted")]
        await screen.press("U", "escape", "D")
        assert screen.spans == spans
        await screen.press("D")
        assert " ·" not in screen.text[:80]
        assert "–" not in screen.rows[3]
