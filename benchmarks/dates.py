"""How well dates are found and resolved, scored as in TempEval-3, compared with other libraries.

    python -m benchmarks.dates FOLDER... [--default] [--scheme timex3|news] [--language CODE]
        [--system NAME=FOLDER]... [--half odd|even] [--errors N] [--no-peers] [--marked]

A folder holds TimeML documents (`.tml`, `.xml`): a `DCT` with a `TIMEX3`, a `TEXT` with more of them.
`benchmarks/timeml_scores.py` explains the columns. The rules alone are always scored; `--default` also
scores what the program shows by default: the pipeline's spans, corrected by the rules. Below each
system is what every source found, how much of it overlaps gold, and how much of that has the gold's
value. `--system` scores what another system wrote: a folder of documents with the same names and texts.
`--half` takes every other document by name: rules are written with the odd half, and scores are
reported for the even one.

Other libraries run in the same process on the same documents: `dateparser` on the pipeline's DATE and
TIME spans, and Microsoft's recognizers-text (`ms-recognizers-text-date-time`). If one is not installed,
this is printed.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from annotations.dates.scheme import DEFAULT_SCHEME, SCHEMES, DateKind, DateSettings
from annotations.model.errors import AnnotateError
from benchmarks.timeml_scores import HEAD, Article, System, read_folder, run
from benchmarks.timeml_systems import by_default, marked_kinds, of_folder, peers, rules_alone


def main() -> None:
    """Read the folders, score every system that is installed, print the table."""
    options = _options()
    try:
        for folder in options.folder:
            _score(folder, options)
    except (AnnotateError, ValueError) as error:
        sys.exit(str(error))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="+", type=Path, help="a folder of TimeML documents")
    parser.add_argument(
        "--default", action="store_true", help="also score what the program shows by default"
    )
    parser.add_argument("--model", default="", help="the pipeline, if not the default one")
    parser.add_argument(
        "--scheme", choices=list(SCHEMES), default=DEFAULT_SCHEME, help="the kinds that are marked"
    )
    parser.add_argument("--language", default="en", help="the language of the documents")
    parser.add_argument(
        "--system", action="append", default=[], metavar="NAME=FOLDER", help="also score this folder"
    )
    parser.add_argument("--half", choices=["odd", "even"], default="", help="only every other document")
    parser.add_argument("--errors", type=int, default=0, help="list this number of errors")
    parser.add_argument("--no-peers", action="store_true", help="do not score other libraries")
    parser.add_argument(
        "--marked",
        action="store_true",
        help="also score with only the kinds that are marked in a folder:"
        " no durations, sets or references such as now, if its gold has none",
    )
    options = parser.parse_args()
    for system in options.system:
        if not Path(system.partition("=")[2]).is_dir():
            parser.error(f"--system {system} names no folder; write NAME=FOLDER")
    return options


def _systems(options: argparse.Namespace, kinds: frozenset[DateKind]) -> list[tuple[str, System]]:
    settings = DateSettings(options.language, kinds)
    systems = [("annotate, rules alone", rules_alone(settings))]
    if options.default:
        default, pipeline = by_default(settings, options.model)
        systems.append((f"annotate, {pipeline} + rules", default))
    return systems


def _score(folder: Path, options: argparse.Namespace) -> None:
    articles = read_folder(folder, options.half)
    _print_head(folder, articles, options)
    systems = _systems(options, SCHEMES[options.scheme])
    if options.marked:
        marked = marked_kinds(articles) & SCHEMES[options.scheme]
        systems += [(f"{name}, marked", system) for name, system in _systems(options, marked)]
        print("kinds that are marked: " + ", ".join(sorted(marked)))
    for name, _, other in (system.partition("=") for system in options.system):
        systems.append((name, of_folder(Path(other))))
    print(HEAD)
    errors: list[str] = []
    for name, system in systems:
        system(articles[0])
        score, found = run(system, articles)
        errors = found if name.startswith("annotate") else errors
        print("\n".join((score.row(name), *score.rows_by_source())), flush=True)
    for name, peer in () if options.no_peers else peers(options.model):
        if peer is None:
            print(f"{name:<38} not installed")
        else:
            peer(articles[0])
            print(run(peer, articles)[0].row(name), flush=True)
    for line in errors[: options.errors]:
        print(line)


def _print_head(folder: Path, articles: Sequence[Article], options: argparse.Namespace) -> None:
    kinds = [e.type for a in articles for e in a.gold]
    counts = ", ".join(f"{kinds.count(k)} {k}" for k in sorted(set(kinds)))
    size = sum(len(a.text) for a in articles)
    print(f"\n{folder.name}: {len(articles)} documents, {size} characters, {counts}")
    if left_out := sum(article.left_out for article in articles):
        print(f"of zero length and left out for every system: {left_out}")
    print(f"language {options.language}, scheme {options.scheme} for annotate")


if __name__ == "__main__":
    main()
