"""`annotate stats`: what became of the spans of an article, and how many keys and seconds it took."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which article, and whose decisions."""
    parser.add_argument("article", help="the text file")
    parser.add_argument("--db", metavar="PATH", help="the database (default: annotations.json here)")
    parser.add_argument("--annotator", metavar="NAME", help="only the decisions of this one")


def run(options: argparse.Namespace) -> int:
    """Print one table an annotator."""
    from pathlib import Path

    from annotations.corpus.statistics import FATES, statistics
    from annotations.editing.label_mapping import ShownSuggestions, outside
    from annotations.model.annotation_set import AnnotationSet
    from annotations.model.errors import AnnotateError
    from annotations.project.settings import find_settings, load_settings
    from annotations.store.opening import database_url, open_store
    from annotations.text.display import escaped
    from annotations.text.plural import counted
    from tui.commands.notices import say_notices
    from tui.commands.stored_article import stored_article
    from tui.commands.table_lines import laid_out
    from tui.output import say

    scheme = load_settings(find_settings(Path(options.article).absolute().parent)).scheme
    database = database_url(options.db)
    store = open_store(database, read_only=True)
    say_notices(store)
    try:
        document = stored_article(store, options.article)
        rows = [
            row for row in store.annotations(document.id) if options.annotator in (None, row.annotator)
        ]
    finally:
        store.close()
    if not rows:
        whose = f" by {options.annotator}" if options.annotator else ""
        raise AnnotateError(f"{database} has no annotations of {options.article}{whose}.")
    for row in rows:
        annotations = AnnotationSet.from_row(row)
        # Counted is what the screen shows, under the project's labels.
        hidden = len(ShownSuggestions(annotations, scheme).without_place)
        figures = statistics(annotations)
        total = sum(figures.total.values())
        effort, state = "", "done" if row.facts.done else "not done"
        if figures.decided and figures.keys:
            keys, seconds = figures.keys / figures.decided, figures.seconds / figures.decided
            effort = f", {keys:.1f} keys and {seconds:.1f} seconds each"
        say(f"{row.annotator}: {figures.decided} of {total} decided{effort}; {state}")
        table = [["label", "source", *FATES]]
        for tally in figures.tallies:
            numbers = [str(number) for number in tally.numbers.values()]
            table.append([escaped(tally.label), escaped(str(tally.source)), *numbers])
        table.append(["all", "", *(str(number) for number in figures.total.values())])
        for line in laid_out(table):
            say(line)
        for label, number in outside(annotations.spans, scheme).items():
            say(
                f"{label} is no label of this project, and {counted(number, 'span')}"
                f" accepted before {'has' if number == 1 else 'have'} it:"
                f" `annotate relabel {label} NEW` changes that."
            )
        if hidden:
            say(f"Not counted: {counted(hidden, 'suggestion')} with labels not of this project.")
    return 0
