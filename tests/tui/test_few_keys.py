"""How many keys it takes to correct an article, screen by screen and from doubt to doubt.

Of its 61 names, 10 are suggested wrongly or not at all; the person looks only where the program stops.
"""

import pytest

from annotations.model.label_scheme import ONTONOTES
from annotations.model.source import Source
from annotations.model.span import Span
from tests.tui.conftest import Open, Screen
from tui.workspace.suggestions import Suggested, SuggestingProgress

ARTICLE = """\
SETUBAL, 12 March - Portugal and Norway agreed in Setubal on Tuesday to build a ferry line between Setubal \
and Bergen, the Portuguese minister Helena Brito said.

Brito met Lars Nygaard, who runs the port of Bergen, and Teresa Pinho of the Setubal Dockers Union in \
the town hall. Nygaard called the plan bold; Pinho said that 300 dockers in Setubal would be asked first. \
"Nobody in Bergen was asked," Nygaard said on Wednesday.

The line is paid for by Atlantic Bank of Bergen and by the European Union. Atlantic Bank lent 40 million \
euros to Portugal in 2019, and 15 million euros to Norway in 2021. Norwegian fishermen and the Portuguese \
coast guard were against it until Friday, when Brito flew to Oslo with Rui Matos(Photo: Ines Faria).

In Oslo, Matos spoke of a long summer. He and Nygaard were seen at Akershus Fortress, and later that week \
in Lisbon. The Faro Herald wrote that Brito had promised Norway a second line, from Lisbon to Stavanger, \
in 2027.

Brito denied that on Sunday. "Lisbon has a port, Stavanger has a port, and Portugal has no money," she said. \
Pinho laughed. The dockers meet in Setubal on Monday, and Norway votes in June.
"""
SURE = 0.997
MOST = 0.4
"""The most keys allowed for each name; at present about a third of a key is needed."""
GOLD = """\
SETUBAL GPE|12 March DATE|Portugal GPE|Norway GPE|Setubal GPE|Tuesday DATE|Setubal GPE|Bergen GPE|Portuguese NORP
Helena Brito PERSON|Brito PERSON|Lars Nygaard PERSON|Bergen GPE|Teresa Pinho PERSON|Setubal Dockers Union ORG
Nygaard PERSON|Pinho PERSON|300 CARDINAL|Setubal GPE|Bergen GPE|Nygaard PERSON|Wednesday DATE
Atlantic Bank of Bergen ORG|the European Union ORG|Atlantic Bank ORG|40 million euros MONEY|Portugal GPE|2019 DATE
15 million euros MONEY|Norway GPE|2021 DATE|Norwegian NORP|Portuguese NORP|Friday DATE|Brito PERSON|Oslo GPE
Rui Matos PERSON|Ines Faria PERSON|Oslo GPE|Matos PERSON|Nygaard PERSON|Akershus Fortress FAC|later that week DATE
Lisbon GPE|The Faro Herald ORG|Brito PERSON|Norway GPE|second ORDINAL|Lisbon GPE|Stavanger GPE|2027 DATE|Brito PERSON
Sunday DATE|Lisbon GPE|Stavanger GPE|Portugal GPE|Pinho PERSON|Setubal GPE|Monday DATE|Norway GPE|June DATE"""
"""The names of the article with their labels, in reading order."""
WRONG = {
    23: ("Atlantic Bank", "ORG", 0.94),
    37: ("Rui Matos(Photo", "PERSON", 0.71),
    42: ("Akershus Fortress", "GPE", 0.1),
    40: ("Matos", "ORG", 0.55),
    32: ("Norwegian", "GPE", 0.1),
    48: ("second", "DATE", 0.3),
    10: ("Helena", "PERSON", 0.8),
}
"""What is suggested instead of some of these, by their numbers from 1: words, label and score."""
MISSED = (12, 17, 55)
"""The numbers of the names that are not suggested."""
EDGES = {"Helena": (".",), "Rui Matos(Photo": (",",), "Atlantic Bank": (")",), "Nygaard": ("(",)}
"""The keys that correct the edges of a wrong suggestion, by its words."""


def gold() -> list[Span]:
    found, place = list[Span](), 0
    for entry in GOLD.replace("\n", "|").split("|"):
        words, _, label = entry.rpartition(" ")
        place = ARTICLE.index(words, place)
        found.append(Span(place, place + len(words), label))
        place += len(words)
    return found


def suggested() -> list[Span]:
    by = (Source.parse("model 1"),)
    start = ARTICLE.index("a long summer")
    spans = [Span(start, start + 13, "DATE", sources=by, score=0.31, beside=0.7)]
    for number, right in enumerate(gold(), 1):
        words, label, score = WRONG.get(number, (ARTICLE[right.start : right.end], right.label, SURE))
        if number not in MISSED:
            span = Span(
                right.start, right.start + len(words), label, sources=by, score=score, beside=0.99
            )
            spans.append(span)
    return spans


def keys_here(screen: Screen, sweep: str) -> tuple[str, ...]:
    """The keys that a person presses who looks only where the program stops."""
    opened, words = screen.app.reader.opened, screen.focus
    span, here = opened.selection.focused_span, opened.selection.focus
    is_stop = span is not None and opened.session.doubts.stops_at(span)
    if not is_stop and opened.review.place_here is None:
        return (sweep,)
    right = next((one for one in gold() if (one.start, one.end) == (here.start, here.end)), None)
    if right is None:
        return EDGES.get(words, ("backspace",))
    if span is not None and span.label == right.label:
        return ("enter" if sweep == "V" else sweep,)
    label = ONTONOTES.named(right.label)
    assert label is not None
    return (label.key,)


@pytest.mark.parametrize("sweep", ["V", "+"])
async def test_an_article_costs_less_than_half_a_key_a_name(open_article: Open, sweep: str) -> None:
    async with open_article(ARTICLE, suggested=[]) as screen:
        opened = screen.app.reader.opened
        screen.app.post_message(Suggested(screen.key, Source.parse("model 1"), suggested()))
        screen.app.post_message(SuggestingProgress(screen.key, ""))
        await screen.wait(lambda: opened.sweep.finds_places)
        pressed: list[str] = []
        while "the end of the text" not in screen.rows[-1].lower():
            keys = keys_here(screen, sweep)
            await screen.press(*keys)
            pressed += keys
            assert len(pressed) <= MOST * len(gold()), pressed
        accepted = [span for span in opened.session.annotations.spans if span.accepted]
    assert [span.key for span in accepted] == [span.key for span in gold()]
