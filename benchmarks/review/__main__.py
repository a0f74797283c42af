"""How many keys a review takes with V and with +, and which mistakes a careless person misses.

    python -m benchmarks.review FOLDER CACHE [CORPUS...] [--seeds 3] [--from-seed 0] [--fit]

FOLDER holds the corpora re3d, wikigold and wnut17 as they are published; the suggestions for them are
kept in the folder CACHE. Each corpus is reviewed by an attentive and by a careless person, in several
orders (the seeds from `--from-seed` up to, not including, `--seeds`). The initial weights are fitted to
the other corpora. Keys are counted by a model; they are printed as ratios to the keys that Enter on
each suggestion takes, without any help of the program, in the same run. With `--fit`, the initial
weights of the program are fitted to all corpora and printed instead.
"""

import argparse
import statistics
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from pathlib import Path

from annotations.learn.doubt import THRESHOLD, Weights
from annotations.learn.learned import Learned
from annotations.learn.place_signals import PLACE_SIGNALS
from annotations.learn.signals import SIGNALS
from benchmarks.review.fitting import first_weights, place_weights, rows_of
from benchmarks.review.gold import CORPORA, Corpus
from benchmarks.review.judging import Judged, judge
from benchmarks.review.person import Tally, Way, review, total
from benchmarks.review.suggested import Suggested, read_corpus, stream

LEAST_JUDGED = 50
"""With fewer undoubted suggestions in one half, the two halves are too small to compare."""
Halves = tuple[Tally, Tally]


def auroc(judged: Sequence[tuple[float, bool]]) -> float:
    """How often a wrong suggestion was doubted more than a right one, ties counting half."""
    right = sorted(doubt for doubt, wrong in judged if not wrong)
    found = [doubt for doubt, wrong in judged if wrong]
    wins = sum((bisect_left(right, doubt) + bisect_right(right, doubt)) / 2 for doubt in found)
    return wins / (len(right) * len(found)) if right and found else float("nan")


class Runs:
    """The reviews of one corpus, one for each seed."""

    def __init__(
        self,
        corpus: Corpus,
        articles: list[Suggested],
        first: Weights,
        places: tuple[float, ...],
        seeds: range,
    ) -> None:
        self._corpus = corpus
        self._streams = [stream(corpus, articles, seed) for seed in seeds]
        self._first, self._places = first, places

    def of(self, way: Way, *, later: float = THRESHOLD, careless: bool = False) -> list[Halves]:
        """The two halves of each stream."""
        found = []
        for articles in self._streams:
            learned = self._beginning(later)
            tallies = review(articles, self._corpus.scheme, way, learned, careless=careless)
            half = len(tallies) // 2
            found.append((total(tallies[:half]), total(tallies[half:])))
        return found

    def judged(self) -> list[Judged]:
        """How good doubt and places are in each stream, without a person's way of working."""
        return [judge(one, self._corpus.scheme, self._beginning()) for one in self._streams]

    def _beginning(self, later: float = THRESHOLD) -> Learned:
        learned = Learned(later)
        learned.weights, learned.place_weights = self._first, self._places
        return learned


def report(corpus: Corpus, runs: Runs) -> None:
    """Print the figures of one corpus: the mean of all seeds, then the figure of each seed."""
    plain = [_keys(halves) for halves in runs.of("plain")]
    _print("Enter each, without helps, keys a span", plain)
    each = runs.of("one by one")
    _print("Enter each, with helps / without", _ratios(each, plain))
    judged = runs.judged()
    _print("AUROC, learned on the way", [auroc(one.suggestions) for one in judged])
    _print("AUROC of what carrying on leaves", [auroc(total([*halves]).judged) for halves in each])
    _print("places: share of the missed found", [one.found / max(1, one.missed) for one in judged])
    _print("places: share that is true", [one.true / max(1, one.places) for one in judged])
    for way in ("V", "+"):
        halves = runs.of("V" if way == "V" else "+")
        _print(f"{way} / Enter each", _ratios(halves, plain))
        if way == "V":
            _print("undoubted wrong, second half, %", [_wrong(second) for _, second in halves])
            _print("undoubted per 100 gold", [_per_100(two, "undoubted") for two in halves])
            _print("stops per 100 gold", [_per_100(two, "stops") for two in halves])
    for later in (0.15, 0.25):
        careless = runs.of("V", later=later, careless=True)
        _print(
            f"passing the careless per 100, at {later}", [_per_100(two, "passed") for two in careless]
        )
        first, second = (total([two[part] for two in careless]) for part in (0, 1))
        enough = min(first.undoubted, second.undoubted) >= LEAST_JUDGED
        print(
            f"  {'their errors, first and second half, pooled':45} {_wrong(first):.1f} % of"
            f" {first.undoubted}, {_wrong(second):.1f} % of {second.undoubted}"
            f"{'' if enough else ' (too few to compare)'}"
        )


def _print(what: str, values: Sequence[float]) -> None:
    each = " ".join(f"{value:.3f}" for value in values)
    print(f"  {what:45} {statistics.fmean(values):7.3f}   ({each})", flush=True)


def _keys(halves: Halves) -> float:
    whole = total([*halves])
    return whole.keys / whole.gold


def _ratios(found: Sequence[Halves], plain: Sequence[float]) -> list[float]:
    return [_keys(halves) / keys for halves, keys in zip(found, plain, strict=True)]


def _wrong(tally: Tally) -> float:
    return 100 * tally.undoubted_wrong / max(1, tally.undoubted)


def _per_100(halves: Halves, what: str) -> float:
    whole = total([*halves])
    return float(100 * getattr(whole, what) / whole.gold)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("cache", type=Path)
    parser.add_argument("corpora", nargs="*", metavar="CORPUS")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--from-seed", type=int, default=0)
    parser.add_argument("--fit", action="store_true")
    options = parser.parse_args()
    read = {one.name: read_corpus(one, options.folder, options.cache) for one in CORPORA}
    rows = {one.name: rows_of(stream(one, read[one.name], 0), one.scheme) for one in CORPORA}
    if options.fit:
        weights = first_weights(rows.values())
        for name, value, typical in zip(SIGNALS, weights.values, weights.typical, strict=True):
            print(f'    "{name}": ({value}, {typical}),')
        for place_signal, value in zip(PLACE_SIGNALS, place_weights(rows.values()), strict=True):
            print(f'    "{place_signal}": {value},')
        return
    for corpus in CORPORA:
        if corpus.name not in (options.corpora or read):
            continue
        others = [rows[one.name] for one in CORPORA if one is not corpus]
        first, places = first_weights(others), place_weights(others)
        print(f"{corpus.name}: {len(read[corpus.name])} articles, weights of the other corpora")
        report(
            corpus,
            Runs(corpus, read[corpus.name], first, places, range(options.from_seed, options.seeds)),
        )


if __name__ == "__main__":
    main()
