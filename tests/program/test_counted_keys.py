"""How many keys annotating takes: an article with typical mistakes of suggesters is corrected key by key.

The limits: 2 keys for a missed name of two words under the cursor; 1 for accepting, rejecting or
relabelling, and then the cursor is on the next suggestion; 3 for four mentions of the same name, and 1
to undo them.
"""

import json
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tinydb import TinyDB

from tests.program.shell import output_of
from tests.program.terminal import Terminal

ARTICLE = """\
TARIFA — The ferry Estrella will sail again between Tarifa and Tangier on Friday, Balearia said.

Mayor Francisco Ruiz called it good news after nine months of waiting. Ruiz met Moroccan officials in Rabat
last week; Balearia paid 4 million euros for the repairs, and Balearia's crews trained in Cádiz Bay.

"Without Balearia there is no trade," hotel owner Ana Soto said. The Estrella carries 800 people.

Photo: Ana SotoTarifa(EFE)
"""
MISTAKEN = [
    ("TARIFA", 0, "GPE"),
    ("ferry Estrella", 0, "PRODUCT"),
    ("Tarifa", 0, "GPE"),
    ("Tangier", 0, "ORG"),
    ("Friday", 0, "DATE"),
    ("Francisco", 0, "PERSON"),
    ("good news", 0, "WORK_OF_ART"),
    ("nine months", 0, "DATE"),
    ("Ruiz", 1, "ORG"),
    ("Moroccan", 0, "NORP"),
    ("Rabat\nlast", 0, "GPE"),
    ("last week", 0, "DATE"),
    ("4 million euros", 0, "MONEY"),
    ("Ana Soto", 0, "PERSON"),
    ("Estrella", 1, "PRODUCT"),
    ("800", 0, "CARDINAL"),
    ("Ana SotoTarifa", 0, "PERSON"),
    ("EFE", 0, "ORG"),
]
RIGHT = [
    ("TARIFA", 0, "GPE"),
    ("Estrella", 0, "PRODUCT"),
    ("Tarifa", 0, "GPE"),
    ("Tangier", 0, "GPE"),
    ("Friday", 0, "DATE"),
    ("Balearia", 0, "ORG"),
    ("Francisco Ruiz", 0, "PERSON"),
    ("nine months", 0, "DATE"),
    ("Ruiz", 1, "PERSON"),
    ("Moroccan", 0, "NORP"),
    ("Rabat", 0, "GPE"),
    ("last week", 0, "DATE"),
    ("Balearia", 1, "ORG"),
    ("4 million euros", 0, "MONEY"),
    ("Balearia", 2, "ORG"),
    ("Cádiz Bay", 0, "LOC"),
    ("Balearia", 3, "ORG"),
    ("Ana Soto", 0, "PERSON"),
    ("Estrella", 1, "PRODUCT"),
    ("800", 0, "CARDINAL"),
    ("Ana Soto", 1, "PERSON"),
    ("EFE", 0, "ORG"),
]


@dataclass(frozen=True)
class Step:
    """Keys, and what the status line shows after them."""

    what: str
    keys: Sequence[str]
    then: str


SCRIPT = (
    Step("the first suggestion", [], "GPE +(suggested|doubtful|spot check) “TARIFA”"),
    Step("accept", ["enter"], "PRODUCT +doubtful “ferry Estrella”"),
    Step("a word too many at the left", [">"], "PRODUCT +accepted “Estrella”"),
    Step("go on", ["space"], "GPE +(suggested|doubtful|spot check) “Tarifa”"),
    Step("accept", ["enter"], "ORG +(suggested|doubtful|spot check) “Tangier”"),
    Step("relabel", ["g"], "DATE +(suggested|doubtful|spot check) “Friday”"),
    Step("accept", ["enter"], "PERSON +(suggested|doubtful|spot check) “Francisco”"),
    Step("a word too few at the right", ["."], "PERSON +accepted “Francisco Ruiz”"),
    Step("go on", ["space"], "WORK_OF_ART +(suggested|doubtful|spot check) “good news”"),
    Step("reject", ["backspace"], "DATE +(suggested|doubtful|spot check) “nine months”"),
    Step("accept", ["enter"], "ORG +(suggested|doubtful|spot check) “Ruiz”"),
    Step("relabel", ["p"], "NORP +(suggested|doubtful|spot check) “Moroccan”"),
    Step("accept", ["enter"], "GPE +(suggested|doubtful|spot check) “Rabat last”"),
    Step("a word too many at the right", [","], "GPE +accepted “Rabat”"),
    Step("go on", ["space"], "DATE +(suggested|doubtful|spot check) “last week”"),
    Step("accept", ["enter"], "MONEY +(suggested|doubtful|spot check) “4 million euros”"),
    Step("to a missed name", ["left"], "“paid” · word under the cursor"),
    Step("to a missed name", ["left"], "“Balearia” · word under the cursor"),
    Step("four mentions alike", ["o", "*", "enter"], "ORG +accepted “Balearia”"),
    Step("go on", ["space"], "MONEY +(suggested|doubtful|spot check) “4 million euros”"),
    Step("accept", ["enter"], "PERSON +(suggested|doubtful|spot check) “Ana Soto”"),
    Step("accept", ["enter"], "PRODUCT +(suggested|doubtful|spot check) “Estrella”"),
    Step("accept", ["enter"], "CARDINAL +(suggested|doubtful|spot check) “800”"),
    Step("accept", ["enter"], "PERSON +(suggested|doubtful|spot check) “Ana SotoTarifa”"),
    Step("glued text", ["'", *[","] * 6, "'"], "PERSON +accepted “Ana Soto”"),
    Step("go on", ["space"], "ORG +(suggested|doubtful|spot check) “EFE”"),
    Step("accept", ["enter"], "ORG +accepted “EFE”"),
    Step("to a missed name", ["/", *"cád", "enter"], "“Cádiz” · selected"),
    Step("a missed name of two words", [".", "l"], "LOC +accepted “Cádiz Bay”"),
)


def spans_of(entries: Sequence[tuple[str, int, str]]) -> list[tuple[int, int, str]]:
    spans = []
    for words, number, label in entries:
        start = -1
        for _ in range(number + 1):
            start = ARTICLE.index(words, start + 1)
        spans.append((start, start + len(words), label))
    return spans


def prepare(folder: Path, text: str, spans: Sequence[tuple[int, int, str]]) -> None:
    """An article, and suggestions for it in the database."""
    (folder / "article.txt").write_text(text, "utf-8", newline="")
    if not spans:
        return
    line = {
        "text": text,
        "spans": [{"start": s, "end": e, "label": label, "sources": ["m"]} for s, e, label in spans],
    }
    (folder / "suggested.jsonl").write_text(json.dumps(line) + "\n", "utf-8")
    output_of(
        folder,
        "import",
        "suggested.jsonl",
        "--format",
        "jsonl",
        "--as",
        "suggested",
        "--annotator",
        "ann",
    )


def accepted(folder: Path) -> list[tuple[int, int, str]]:
    with TinyDB(folder / "annotations.json", access_mode="r") as database:
        (row,) = database.table("annotations").all()
    return [
        (span["start"], span["end"], span["label"])
        for span in row["spans"]
        if span.get("status") == "accepted"
    ]


OPEN = ["article.txt", "--no-model", "--annotator", "ann"]


def test_an_article_is_corrected_with_few_keys(tmp_path: Path) -> None:
    prepare(tmp_path, ARTICLE, spans_of(MISTAKEN))
    costs: dict[str, list[int]] = {}
    with Terminal(OPEN, tmp_path, columns=120, rows=40) as terminal:
        terminal.wait_for(r"/(1[89]|2\d) +saved")
        for step in SCRIPT:
            terminal.press(*step.keys)
            terminal.wait_for(step.then)
            costs.setdefault(step.what, []).append(len(step.keys))
        terminal.wait_for(r" saved")
        terminal.press("ctrl+q")
        assert terminal.end() == 0
    assert accepted(tmp_path) == sorted(spans_of(RIGHT))
    keys = sum(len(step.keys) for step in SCRIPT)
    for what, each in costs.items():
        print(f"{what:<30} {len(each):3} times {statistics.mean(each):5.1f} keys")
    print(f"{keys} keys, {len(RIGHT)} spans and one rejected: {keys / (len(RIGHT) + 1):.2f} keys each")
    for what in ("accept", "reject", "relabel"):
        assert set(costs[what]) == {1}
    assert costs["a missed name of two words"] == [2]
    assert costs["four mentions alike"] == [3]
    for what in ("a word too many at the left", "a word too few at the right"):
        assert costs[what] == [1]
    assert keys / (len(RIGHT) + 1) < 2.2
    # The program counts the same number; keys that only end it do not count.
    said = output_of(tmp_path, "stats", "article.txt", "--annotator", "ann")
    assert f"{keys / (len(RIGHT) + 1):.1f} keys" in said


def test_four_mentions_are_undone_by_one_key(tmp_path: Path) -> None:
    prepare(tmp_path, ARTICLE, ())
    with Terminal(OPEN, tmp_path, columns=120, rows=40) as terminal:
        terminal.wait_for(r"/\d +saved")
        terminal.press("/", *"balearia", "enter")
        terminal.wait_for(r"balearia: 1 of 4")
        terminal.press("o", "*", "enter")
        terminal.wait_for(r" 4/\d +saved")
        terminal.press("U")
        terminal.wait_for(r" 1/\d +saved")
        terminal.press("R")
        terminal.wait_for(r" 4/\d +saved")
        terminal.press("ctrl+q")
        assert terminal.end() == 0
    mentions = [(words, number, "ORG") for words, number, label in RIGHT if words == "Balearia"]
    assert accepted(tmp_path) == spans_of(mentions)
