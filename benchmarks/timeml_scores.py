"""TimeML documents, and scores as in TempEval-3 (UzZaman et al. 2013).

A *strict* match has the same extent as a gold expression; a *relaxed* match overlaps a gold expression
that is not matched yet. Type and value are compared in relaxed matches, so that value F1 needs both the
place and the value. `accur.` is the share of right values among relaxed matches. Gold without a value
(a range in the news part of GUM, `null` in WikiWars) counts for extents only. Gold of zero length is
left out for every system.
"""

import time
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

NO_VALUE = ("", "null")


@dataclass(frozen=True)
class Expression:
    """A TIMEX3: its extent in code points, type and value."""

    start: int
    end: int
    type: str
    value: str
    source: str = ""
    """What found it; empty if this is not known."""


@dataclass(frozen=True)
class Article:
    """A TimeML document: its text, its creation time and its gold expressions."""

    name: str
    text: str
    created: str
    gold: tuple[Expression, ...]
    left_out: int = 0
    """How many gold expressions had zero length, which no system can find."""


System = Callable[[Article], list[Expression]]


def read_timeml(path: Path) -> Article:
    """Read one TimeML document. Raises `ValueError` when it has no text."""
    root = ElementTree.parse(path).getroot()
    created = root.find(".//DCT/TIMEX3")
    body = root.find(".//TEXT")
    if body is None:
        raise ValueError(f"{path} has no TEXT")
    gold: list[Expression] = []
    parts: list[str] = []

    def walk(element: ElementTree.Element, offset: int) -> int:
        start = offset
        pieces = element.text or ""
        parts.append(pieces)
        offset += len(pieces)
        for child in element:
            offset = walk(child, offset)
            parts.append(child.tail or "")
            offset += len(child.tail or "")
        if element.tag == "TIMEX3":
            gold.append(Expression(start, offset, element.get("type", ""), element.get("value", "")))
        return offset

    walk(body, 0)
    gold.sort(key=lambda e: (e.start, -e.end))
    value = created.get("value", "") if created is not None else ""
    found = tuple(expression for expression in gold if expression.start < expression.end)
    return Article(path.stem, "".join(parts), value, found, len(gold) - len(found))


def read_folder(folder: Path, half: str = "") -> list[Article]:
    """The documents of a folder by name, or only every second one.

    Raises `ValueError` when there are none.
    """
    paths = sorted(p for p in folder.iterdir() if p.suffix in (".tml", ".xml"))
    if not paths:
        raise ValueError(f"There are no TimeML documents (.tml, .xml) in {folder}.")
    return [read_timeml(path) for path in (paths[half == "even" :: 2] if half else paths)]


@dataclass
class Score:
    """Counts over documents."""

    gold: int = 0
    found: int = 0
    strict: int = 0
    relaxed: int = 0
    types: int = 0
    values: int = 0
    valued_gold: int = 0
    valued_found: int = 0
    valued_pairs: int = 0
    seconds: float = 0.0
    by_source: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How many each source found, how many of these overlap gold, and how many have its value."""

    def add(
        self, gold: Sequence[Expression], found: Sequence[Expression]
    ) -> list[tuple[Expression, Expression]]:
        """Count one document and return its relaxed pairs of gold and found."""
        exact = {(e.start, e.end) for e in gold}
        self.gold += len(gold)
        self.found += len(found)
        self.strict += sum((e.start, e.end) in exact for e in found)
        pairs = match(gold, found)
        self.relaxed += len(pairs)
        self.types += sum(g.type == f.type for g, f in pairs)
        self.values += sum(g.value == f.value and g.value not in NO_VALUE for g, f in pairs)
        unvalued_pairs = sum(g.value in NO_VALUE for g, _ in pairs)
        self.valued_gold += sum(g.value not in NO_VALUE for g in gold)
        self.valued_found += len(found) - unvalued_pairs
        self.valued_pairs += len(pairs) - unvalued_pairs
        self.by_source.update((e.source, "found") for e in found)
        self.by_source.update((f.source, "in gold") for _, f in pairs)
        self.by_source.update(
            (f.source, "with its value") for g, f in pairs if g.value == f.value not in NO_VALUE
        )
        return pairs

    def row(self, name: str) -> str:
        """The scores in per cent, on one line."""
        precision, recall = ratio(self.relaxed, self.found), ratio(self.relaxed, self.gold)
        return (
            f"{name:<46} {f1(self.strict, self.found, self.gold):6.1f} {precision:6.1f} {recall:6.1f} "
            f"{f1(self.relaxed, self.found, self.gold):6.1f} "
            f"{f1(self.types, self.found, self.gold):6.1f} "
            f"{f1(self.values, self.valued_found, self.valued_gold):6.1f} "
            f"{ratio(self.values, self.valued_pairs):6.1f} {self.seconds:8.3f}"
        )

    def rows_by_source(self) -> list[str]:
        """What each source found and how much of it is right, one line each; no lines if the sources
        are not known.
        """
        sources = sorted({source for source, _ in self.by_source if source})
        return [
            f"    of these by {source}: "
            + ", ".join(f"{self.by_source[source, what]} {what}" for what in BY_SOURCE)
            for source in sources
        ]


BY_SOURCE = ("found", "in gold", "with its value")
HEAD = " " * 46 + " strict      P      R     F1   type  value accur.  seconds"


def match(
    gold: Sequence[Expression], found: Sequence[Expression]
) -> list[tuple[Expression, Expression]]:
    """Pair each found expression with a gold one that it overlaps, equal extents first. Each is used at most once."""
    pairs: list[tuple[Expression, Expression]] = []
    free = list(gold)
    for same in (True, False):
        taken = {id(f) for _, f in pairs}
        for one in found:
            if id(one) in taken:
                continue
            for candidate in free:
                equal = (candidate.start, candidate.end) == (one.start, one.end)
                if equal if same else candidate.start < one.end and one.start < candidate.end:
                    pairs.append((candidate, one))
                    free.remove(candidate)
                    break
    return pairs


def ratio(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0


def f1(right: int, found: int, gold: int) -> float:
    return 200 * right / (found + gold) if found + gold else 0.0


def run(system: System, articles: Sequence[Article]) -> tuple[Score, list[str]]:
    """Score a system, and list what it got wrong."""
    score = Score()
    errors = []
    for article in articles:
        begun = time.perf_counter()
        found = system(article)
        score.seconds += time.perf_counter() - begun
        pairs = score.add(article.gold, found)
        errors += list(differences(article, found, pairs))
    return score, errors


def differences(
    article: Article, found: Sequence[Expression], pairs: Sequence[tuple[Expression, Expression]]
) -> Iterable[str]:
    """What is wrong in one article, one line for each error."""
    text = article.text

    def show(one: Expression) -> str:
        around = (
            text[max(0, one.start - 50) : one.start],
            text[one.start : one.end],
            text[one.end : one.end + 30],
        )
        return "{}[{}]{}".format(*around).replace("\n", "/")

    for gold, own in pairs:
        if gold.value in NO_VALUE or gold.value == own.value:
            if (gold.start, gold.end) != (own.start, own.end):
                yield f"{article.name}: EXTENT {text[own.start : own.end]!r} for {show(gold)}"
        else:
            yield f"{article.name}: VALUE {own.value!r} for {gold.value!r} in {show(gold)}"
    for gold in article.gold:
        if not any(gold is g for g, _ in pairs):
            yield f"{article.name}: MISSED {gold.value!r} in {show(gold)}"
    for own in found:
        if not any(own is f for _, f in pairs):
            yield f"{article.name}: EXTRA {own.value!r} in {show(own)}"
