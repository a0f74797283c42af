"""`annotate list`: the documents of a corpus or of a database, with their progress."""

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.command_line.corpus_arguments import add_order, add_texts
from tui.command_line.output import add_json

if TYPE_CHECKING:
    from annotations.corpus.listing import ListedDocument
    from annotations.model.document_summary import DocumentSummaries
    from tui.command_line.corpus_arguments import CorpusChoice


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The texts, their order, and the annotator."""
    add_texts(parser, "a folder, files, a pattern, or files of texts (default: the database here)")
    parser.add_argument(
        "--db", metavar="PATH", help="the database (default: annotations.json with the texts, or here)"
    )
    parser.add_argument("--annotator", metavar="NAME", help="the annotator (default: your login name)")
    parser.add_argument(
        "--encoding", default="utf-8", metavar="NAME", help="encoding of the texts (default: utf-8)"
    )
    add_order(parser)
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Print one line for each document; no file is written."""
    from annotations.corpus.shown_summaries import shown_summaries
    from annotations.store.opening import open_store
    from tui.bootstrap import annotator_name
    from tui.command_line.corpus_arguments import corpus_of
    from tui.commands.notices import say_notices

    annotator = annotator_name(options.annotator)
    choice = corpus_of(options, article_too=True)
    assert choice is not None
    store = open_store(choice.database, read_only=True)
    say_notices(store)
    try:
        summaries = shown_summaries(store.summaries(annotator), choice.settings.scheme)
    finally:
        store.close()
    rows, gone = _rows(choice, summaries)
    if options.json:
        _print_json(choice, annotator, rows, gone)
    else:
        _print_table(choice, annotator, rows, gone)
    return 0


def _rows(
    choice: "CorpusChoice", summaries: "DocumentSummaries"
) -> "tuple[list[ListedDocument], list[str]]":
    """The documents in the chosen order, and the paths of those whose files are gone."""
    from annotations.corpus.corpus_documents import CorpusDocuments
    from annotations.corpus.member_opening import open_member
    from tui.commands.progress import progress

    documents = CorpusDocuments.of(choice.contents, summaries, choice.order, choice.seed)
    corpus = documents.corpus(lambda member: open_member(member, choice.encoding), lambda opened: opened)
    with progress("Looking", len(corpus)) as seen:
        for place in seen(range(len(corpus))):
            corpus.look(place)
    corpus.arrange()
    known, folder = documents.known, choice.root
    gone = known.gone(folder, recursive=choice.recursive) if choice.is_folder else []
    return [corpus.row(place) for place in range(len(corpus))], [one.path for one in gone]


def _print_table(
    choice: "CorpusChoice", annotator: str, rows: "Sequence[ListedDocument]", gone: Sequence[str]
) -> None:
    from annotations.corpus.pace import minutes_words
    from annotations.text.display import escaped
    from annotations.text.plural import counted
    from tui.command_line.output import say, warn
    from tui.commands.notices import say_passed_over
    from tui.commands.table_lines import laid_out

    table = [["document", "state", "decided", "left", "doubtful", "time"]]
    for row in rows:
        left = "" if row.undecided is None else str(row.undecided)
        doubtful = "" if row.doubtful is None else str(row.doubtful)
        minutes = minutes_words(row.minutes) if row.minutes else ""
        table.append([escaped(row.name), row.state, str(row.decided), left, doubtful, minutes])
    notes = ["", *(_notes(row) for row in rows)]
    for line, note in zip(laid_out(table), notes, strict=True):
        say(f"{line}  {note}".rstrip())
    done = sum(row.state == "done" for row in rows)
    say(f"{done} of {counted(len(rows), 'document')} done by {annotator}.")
    for path in gone:
        say(f"{path} is gone; its annotations are in the database.")
    if choice.contents is not None:
        for notice in choice.contents.notices:
            warn(f"annotate: {notice}")
        say_passed_over(choice.contents)


def _notes(row: "ListedDocument") -> str:
    return "; ".join(note for note in ("flagged" if row.flagged else "", row.note) if note)


def _print_json(
    choice: "CorpusChoice", annotator: str, rows: "Sequence[ListedDocument]", gone: Sequence[str]
) -> None:
    from tui.command_line.output import say_json

    contents = choice.contents
    documents = [
        {
            "name": row.name,
            "state": row.state,
            "flagged": row.flagged,
            "date": row.date,
            "words": row.words,
            "decided": row.decided,
            "undecided": row.undecided,
            "doubtful": row.doubtful,
            "lowest_score": row.lowest_score,
            "minutes": round(row.minutes, 2),
            "changed_at": row.changed_at,
            "file": row.file,
            "file_detail": row.file_detail,
            "drawn_at_random": row.at_random,
        }
        for row in rows
    ]
    passed_over = contents.passed_over if contents is not None else ()
    whole = {
        "database": choice.database,
        "annotator": annotator,
        "documents": documents,
        "gone": list(gone),
        "passed_over": [{"name": one.name, "reason": one.reason} for one in passed_over],
        "notices": list(contents.notices) if contents is not None else [],
    }
    say_json(whole)
