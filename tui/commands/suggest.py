"""`annotate suggest`: make suggestions for a whole corpus in advance, with many processes or on a cluster."""

import argparse
import time
from typing import TYPE_CHECKING

from tui.command_line.corpus_arguments import add_texts
from tui.command_line.output import ProgressLine, say, warn

if TYPE_CHECKING:
    from annotations.bulk.recipe import MadeBy
    from annotations.bulk.run import BulkProgress, BulkReport
    from annotations.bulk.suggestion_folder import SuggestionFolder
    from tui.command_line.corpus_arguments import CorpusChoice

NAMED = 10
"""How many texts without suggestions are named; the others are counted."""
SHOWN_AGAIN = 0.2
"""Seconds between two updates of the progress line."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The texts, the folder for the suggestions, and the suggesters."""
    from annotations.bulk.engine_names import ENGINES

    add_texts(parser, "a folder, files, a pattern, or files of texts", required=True)
    parser.add_argument(
        "-o",
        "--output",
        metavar="FOLDER",
        help="the folder for the suggestions (default: TEXT.suggested next to TEXT)",
    )
    parser.add_argument(
        "--engine",
        choices=ENGINES,
        default="local",
        help="processes on this machine, or Ray (default: local)",
    )
    parser.add_argument(
        "--workers",
        type=_workers,
        metavar="N",
        help="how many processes (default: one for each processor)",
    )
    parser.add_argument(
        "--encoding", default="utf-8", metavar="NAME", help="encoding of the texts (default: utf-8)"
    )
    parser.add_argument("--language", metavar="CODE", help="language of the texts: en, es, de, …")
    parser.add_argument("--model", metavar="NAME", help="a spaCy package, a path, or blank:xx")
    parser.add_argument("--no-model", action="store_true", help="suggest only dates and patterns")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(db=None)


def run(options: argparse.Namespace) -> int:
    """Update the suggestions in the folder for the corpus as it is now. Returns 0, even if texts were set
    aside.
    """
    from annotations.bulk.engine import engine_of
    from annotations.bulk.recipe import recipe_of
    from annotations.bulk.run import suggest_for_corpus
    from annotations.bulk.suggestion_folder import SuggestionFolder
    from annotations.corpus.place_of_suggestions import folder_named
    from tui.bootstrap import language_choice, suggester_names
    from tui.command_line.corpus_arguments import corpus_of

    choice = corpus_of(options, article_too=True)
    assert choice is not None
    assert choice.contents is not None
    settings = choice.settings
    names = suggester_names(settings, options.model, options.no_model)
    languages = language_choice(settings, options.language, options.model)
    recipe = recipe_of(names, settings.date_kinds, languages, options.encoding)
    folder = SuggestionFolder(folder_named(options.texts, options.output))
    shown = _Shown()
    try:
        report = suggest_for_corpus(
            choice.contents.members,
            recipe,
            folder,
            engine_of(options.engine, options.workers),
            shown.progress,
        )
    finally:
        shown.end()
    (_print_json if options.json else _print)(choice, folder, report)
    return 0


class _Shown:
    """The progress line."""

    def __init__(self) -> None:
        from annotations.bulk.speed import ReadingSpeed

        self._line = ProgressLine()
        self._speed = ReadingSpeed()
        self._at = 0.0

    def progress(self, progress: "BulkProgress") -> None:
        from annotations.bulk.run_words import how_far_words

        now = time.monotonic()
        if now < self._at + SHOWN_AGAIN and progress.done < progress.documents:
            return
        self._at = now
        self._speed.note(now, progress.read)
        self._line.show(how_far_words(progress, self._speed))

    def end(self) -> None:
        self._line.end()


def _print(choice: "CorpusChoice", folder: "SuggestionFolder", report: "BulkReport") -> None:
    from annotations.bulk.run_words import report_words
    from tui.commands.notices import say_passed_over

    assert choice.contents is not None
    for sentence in report_words(report, str(folder.path)):
        say(sentence)
    for notice in choice.contents.notices:
        warn(f"annotate: {notice}")
    say_passed_over(choice.contents)
    for one in report.set_aside[:NAMED]:
        warn(f"annotate: set aside: {one.name} {one.reason}.")
    if (more := len(report.set_aside) - NAMED) > 0:
        warn(f"annotate: set aside: {more} more; --json names them.")


def _print_json(choice: "CorpusChoice", folder: "SuggestionFolder", report: "BulkReport") -> None:
    import json

    contents = choice.contents
    assert contents is not None
    whole = {
        "folder": str(folder.path),
        "documents": report.documents,
        "shards": report.shards,
        "read": report.read,
        "new": report.new,
        "changed": report.changed,
        "gone": report.gone,
        "made_by": _made_by(report.made_by),
        "made_by_before": _made_by(report.made_by_before) if report.made_by_before else None,
        "set_aside": [{"name": one.name, "reason": one.reason} for one in report.set_aside],
        "passed_over": [{"name": one.name, "reason": one.reason} for one in contents.passed_over],
        "notices": list(contents.notices),
    }
    say(json.dumps(whole))


def _made_by(made_by: "MadeBy") -> list[dict[str, str]]:
    return [{"source": one.source, "version": one.version} for one in made_by.suggesters]


def _workers(words: str) -> int:
    """A number of processes. Raises `argparse.ArgumentTypeError` if it is invalid."""
    if words.isascii() and words.isdigit() and 1 <= int(words) <= 10_000:
        return int(words)
    raise argparse.ArgumentTypeError(
        f"{words!r} is not a number of processes; write a whole number from 1"
    )
