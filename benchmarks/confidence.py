"""How useful the scores of suggestions are, and what they cost.

    python -m benchmarks.confidence FILE...

Each FILE is in CoNLL columns separated by tabs: the token in the second column, its IOB2 tag of the
types PER, ORG, LOC and MISC in the third, and an empty line after each sentence. It prints the AUROC of
the score as a sign that a suggestion is right (0.5 is chance), and the time of suggesting divided by
the time that spaCy alone takes to run the same pipeline.
"""

import sys
import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from pathlib import Path

import spacy

from annotations.suggest.sources.model import find_model
from annotations.suggest.sources.pipeline import PipelineSuggester

SENTENCES = 600
TYPES = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}
OTHER = {"NORP", "EVENT", "WORK_OF_ART", "PRODUCT", "LANGUAGE", "LAW"}
Gold = set[tuple[int, int, str]]


def sentences(path: Path) -> Iterator[tuple[str, Gold]]:
    """The sentences of a file, each as a text with the extents and types of its entities."""
    for block in path.read_text("utf-8").split("\n\n"):
        text, begun = "", False
        gold: list[tuple[int, int, str]] = []
        for columns in (line.split("\t") for line in block.splitlines()):
            if len(columns) < 3 or columns[1] == "-DOCSTART-":
                continue
            start = len(text)
            text += columns[1] + " "
            tag, _, kind = columns[2].partition("-")
            if tag == "I" and begun and gold:
                gold[-1] = (gold[-1][0], len(text) - 1, kind)
            elif tag in ("B", "I"):
                gold.append((start, len(text) - 1, kind))
            begun = tag in ("B", "I")
        if text:
            yield text, set(gold)


def auroc(right: list[float], wrong: list[float]) -> float:
    """How often a right suggestion has a higher score than a wrong one, ties counting half."""
    ordered = sorted(right)
    wins = sum(len(ordered) - (bisect_left(ordered, w) + bisect_right(ordered, w)) / 2 for w in wrong)
    return wins / (len(right) * len(wrong))


def ratio(one: Callable[[str], object], other: Callable[[str], object], text: str) -> float:
    """The processor time of one call divided by that of the other: the best of five each, in turn."""
    times: dict[Callable[[str], object], list[float]] = {one: [], other: []}
    for _ in range(5):
        for call, taken in times.items():
            begin = time.process_time()
            call(text)
            taken.append(time.process_time() - begin)
    return min(times[one]) / min(times[other])


def main() -> None:
    suggester = PipelineSuggester(find_model())
    plain = spacy.load(find_model().name, exclude=["tagger", "attribute_ruler", "lemmatizer"])
    for name in sys.argv[1:]:
        right: list[float] = []
        wrong: list[float] = []
        read = list(sentences(Path(name)))[:SENTENCES]
        for text, gold in read:
            for span in suggester.suggest(text):
                kind = "MISC" if span.label in OTHER else TYPES.get(span.label)
                if kind and span.score is not None:
                    hit = (span.start, span.end, kind) in gold
                    (right if hit else wrong).append(span.score)
        article = " ".join(text for text, _ in read)[:20_000]
        cost = ratio(suggester.suggest, plain, article)
        print(
            f"{name}: {len(right)} of {len(right) + len(wrong)} suggestions right, "
            f"AUROC {auroc(right, wrong):.3f}, time {cost:.2f} of the pipeline alone"
        )


if __name__ == "__main__":
    main()
