"""`annotate stats`: what happened to the spans of articles, and how many keys and seconds that took."""

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tui.command_line.corpus_arguments import add_texts
from tui.command_line.output import add_json

if TYPE_CHECKING:
    from annotations.corpus.statistics import Statistics
    from annotations.learn.spot_checks import SpotChecks
    from annotations.model.annotation_set import AnnotationRow
    from annotations.model.label_scheme import LabelScheme
    from annotations.project.settings import Settings
    from annotations.store.interface import Store
    from tui.commands.named_documents import FoundDocuments, NamedDocuments

GATHERED = 500
"""The figures are added up after each group of this many documents."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The texts, and the annotator."""
    add_texts(parser, "articles, folders, patterns or files of texts (default: all of the database)")
    parser.add_argument(
        "--db", metavar="PATH", help="the database (default: annotations.json with the texts, or here)"
    )
    parser.add_argument("--annotator", metavar="NAME", help="only the decisions of this annotator")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Print one table for each annotator, or one JSON value."""
    from annotations.model.errors import AnnotateError
    from annotations.store.opening import open_store
    from tui.commands.named_documents import find_documents, named_documents, warn_of_not_stored
    from tui.commands.notices import say_notices

    named = named_documents(options)
    settings = _settings(named)
    store = open_store(named.database, read_only=True, existing=True)
    say_notices(store)
    try:
        found = find_documents(named, store) if options.texts else _everything(store)
        work = _work(store, found.documents, options.annotator, settings.scheme)
    finally:
        store.close()
    if not work and not options.json:
        whose = f" by {options.annotator}" if options.annotator else ""
        of = f" of {options.texts[0]}" if named.one_article else ""
        raise AnnotateError(f"{named.database} has no annotations{of}{whose}.")
    if options.json:
        _print_json(named, found, work)
    else:
        warn_of_not_stored(found.not_stored)
        bars = _bars(settings)
        for one in work:
            if bars is None:
                _print_table(one, len(found.documents), one_article=named.one_article)
            else:
                bars(one, len(found.documents))
            _say_spot_checks(one.spot_checks)
            _say_what_is_left_out(one)
    return 0


@dataclass
class _Work:
    """What one annotator did in the requested documents."""

    annotator: str
    documents: int = 0
    done: int = 0
    flagged: int = 0
    hidden: int = 0
    """How many suggestions are not counted because their labels are not in the project."""
    hidden_dates: int = 0
    """How many suggestions are not counted because they are dates that no rule can read."""
    outside: Counter[str] = field(default_factory=Counter)
    """The number of accepted spans with each label that is not in the project."""
    figures: "list[Statistics]" = field(default_factory=list)
    checks: list[tuple[str, bool]] = field(default_factory=list)
    """When each spot check was made, and whether it was wrong."""

    def add(self, row: "AnnotationRow", scheme: "LabelScheme") -> None:
        """Add the figures of one document."""
        from annotations.corpus.statistics import statistics
        from annotations.editing.label_mapping import ShownSuggestions, outside
        from annotations.learn.spot_checks import checked_in
        from annotations.model.annotation_set import AnnotationSet
        from annotations.model.document_summary import has_flag
        from annotations.model.hidden_dates import is_hidden_date

        annotations = AnnotationSet.from_row(row)
        # Only suggestions that the screen shows, with labels of the project, are counted.
        hidden = ShownSuggestions(annotations, scheme).not_offered
        held = sum(map(is_hidden_date, hidden))
        self.hidden_dates += held
        self.hidden += len(hidden) - held
        self.outside.update(outside(annotations.spans, scheme))
        self.documents += 1
        self.done += row.facts.done
        self.flagged += has_flag(row)
        self.figures.append(statistics(annotations))
        self.checks.extend(checked_in(annotations.undo, scheme))
        if len(self.figures) >= GATHERED:
            self.figures = [self.total]

    @property
    def total(self) -> "Statistics":
        """The figures of all documents together."""
        from annotations.corpus.statistics import in_all

        return in_all(self.figures)

    @property
    def spot_checks(self) -> "SpotChecks":
        """The results of the spot checks in all documents, in the order in which they were made."""
        from annotations.learn.spot_checks import spot_checks

        return spot_checks([wrong for _, wrong in sorted(self.checks)])


def _settings(named: "NamedDocuments") -> "Settings":
    """The settings of the project that contains the texts."""
    from pathlib import Path

    from annotations.project.user_settings import settings_for

    if named.choice is not None:
        return named.choice.settings
    here = Path(named.articles[0]).absolute().parent if named.articles else Path.cwd()
    return settings_for(here)


def _everything(store: "Store") -> "FoundDocuments":
    from tui.commands.named_documents import FoundDocuments

    return FoundDocuments(tuple(summary.document for summary in store.summaries("")))


def _work(
    store: "Store", documents: Sequence[str], annotator: str | None, scheme: "LabelScheme"
) -> list[_Work]:
    """What each annotator did, or only the given one, sorted by name."""
    from tui.commands.progress import progress

    work: dict[str, _Work] = {}
    with progress("Counting", len(documents)) as seen:
        for document in seen(documents):
            for row in store.annotations(document):
                if annotator in (None, row.annotator):
                    work.setdefault(row.annotator, _Work(row.annotator)).add(row, scheme)
    return [work[name] for name in sorted(work)]


def _bars(settings: "Settings") -> "Callable[[_Work, int], None] | None":
    """The function that draws an annotator's figures for a number of documents; `None` without bars."""
    import shutil
    import sys

    width = shutil.get_terminal_size().columns
    if not sys.stdout.isatty():
        return None
    from tui.command_line.output import say_styled
    from tui.commands.drawn_statistics import NARROWEST, StatisticsOf, drawn_statistics
    from tui.commands.shell_appearance import shell_appearance

    if width < NARROWEST:
        return None
    look = shell_appearance(settings)

    def draw(one: _Work, documents: int) -> None:
        of = StatisticsOf(one.annotator, documents, one.done, one.flagged, one.total)
        for row in drawn_statistics(of, settings.scheme, look, width):
            say_styled(row)

    return draw


def _print_table(one: _Work, documents: int, *, one_article: bool) -> None:
    from annotations.corpus.statistics import FATES
    from annotations.text.display import escaped
    from annotations.text.plural import counted
    from tui.command_line.output import say
    from tui.commands.table_lines import laid_out

    figures = one.total
    total = sum(figures.total.values())
    effort, state = "", "done" if one.done else "not done"
    if not one_article:
        state = f"{one.done:,} of {counted(documents, 'document')} done"
    if figures.decided and figures.keys:
        keys, seconds = figures.keys / figures.decided, figures.seconds / figures.decided
        effort = f", {keys:.1f} keys and {seconds:.1f} seconds each"
    say(f"{one.annotator}: {figures.decided} of {total} decided{effort}; {state}")
    table = [["label", "source", *FATES]]
    for tally in figures.tallies:
        numbers = [str(number) for number in tally.numbers.values()]
        table.append([escaped(tally.label), escaped(str(tally.source)), *numbers])
    table.append(["all", "", *(str(number) for number in figures.total.values())])
    for line in laid_out(table):
        say(line)


def _say_spot_checks(checks: "SpotChecks") -> None:
    from tui.command_line.output import say

    if checks.all:
        words = checks.words
        say(
            f"{words[0].upper()}{words[1:]}, the only unbiased estimate for suggestions that are not "
            f"doubtful."
        )


def _say_what_is_left_out(one: _Work) -> None:
    from annotations.text.plural import counted
    from tui.command_line.output import say

    for label, number in one.outside.items():
        say(
            f"{label} is not a label of this project, but {counted(number, 'accepted span')} "
            f"{'has' if number == 1 else 'have'} it: `annotate relabel {label} NEW` changes that."
        )
    if one.hidden:
        say(f"Not counted: {counted(one.hidden, 'suggestion')} with labels not of this project.")
    if one.hidden_dates:
        say(
            f"Not counted: {counted(one.hidden_dates, 'hidden date')}, which the rules for dates cannot "
            f"read."
        )


def _print_json(named: "NamedDocuments", found: "FoundDocuments", work: Iterable[_Work]) -> None:
    from tui.command_line.output import say_json

    whole = {
        "database": named.database,
        "documents": len(found.documents),
        "not_in_database": list(found.not_stored),
        "annotators": [_as_json(one) for one in work],
    }
    say_json(whole)


def _as_json(one: _Work) -> dict[str, object]:
    figures, checks = one.total, one.spot_checks
    return {
        "annotator": one.annotator,
        "documents": one.documents,
        "done": one.done,
        "flagged": one.flagged,
        "decided": figures.decided,
        "keys": figures.keys,
        "seconds": round(figures.seconds, 2),
        "total": dict(figures.total),
        "spans": [
            {"label": tally.label, "source": str(tally.source), **tally.numbers}
            for tally in figures.tallies
        ],
        "spot_checks": {
            "wrong": checks.wrong,
            "all": checks.all,
            "doubt_unreliable": checks.unreliable,
        },
        "labels_not_of_project": dict(one.outside),
        "suggestions_not_counted": one.hidden,
        "dates_held_back": one.hidden_dates,
    }
