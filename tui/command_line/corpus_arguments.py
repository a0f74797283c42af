"""The texts that the command line names, one article or several texts, and the options to list them."""

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from annotations.model.errors import AnnotateError

if TYPE_CHECKING:
    from annotations.corpus.member import CorpusContents
    from annotations.corpus.order_names import Order
    from annotations.project.settings import Settings


@dataclass(frozen=True)
class CorpusChoice:
    """The corpus that was named on the command line."""

    contents: "CorpusContents | None"
    """The texts in it; `None` for all documents of the database."""
    root: Path
    """The folder whose settings apply."""
    settings: "Settings"
    database: str
    """The place of the database, in the form that `annotations.store.opening` accepts."""
    order: "Order"
    seed: int
    is_folder: bool
    """Whether one folder was named, and nothing else."""
    recursive: bool
    encoding: str

    @property
    def database_words(self) -> str:
        """A sentence about where the annotations are; empty for the current folder and for a URL."""
        path = Path(self.database)
        if "://" in self.database or path == Path.cwd() / path.name:
            return ""
        return f"The annotations are in {path}."


def add_texts(parser: argparse.ArgumentParser, texts: str, *, required: bool = False) -> None:
    """Add the names of texts, with `texts` as their help, and the options about which texts are listed."""
    parser.add_argument("texts", nargs="+" if required else "*", metavar="TEXT", help=texts)
    parser.add_argument("--recursive", action="store_true", help="also read the subfolders of a folder")
    parser.add_argument(
        "--text-column",
        metavar="NAME",
        help="the column of a table or JSONL file with the texts (default: text)",
    )
    parser.add_argument("--id-column", metavar="NAME", help="the column with the name of each row")
    parser.add_argument("--date-column", metavar="NAME", help="the column with the date of each row")


def add_order(parser: argparse.ArgumentParser) -> None:
    """Add the options about the order of the texts."""
    from annotations.corpus.order_names import ORDERS

    parser.add_argument(
        "--order", choices=ORDERS, default="file", help="the order of several texts (default: file)"
    )
    parser.add_argument(
        "--seed",
        type=int,
        default=1,
        metavar="N",
        help="the seed of the random order (default: 1)",
    )


def corpus_of(
    options: argparse.Namespace, named: Sequence[str] | None = None, *, article_too: bool = False
) -> CorpusChoice | None:
    """The corpus that was named; `None` for one article, which is opened without a corpus.

    With `article_too`, one article is a corpus of one. Without any name, the corpus is the database.
    `named` replaces the names in `options` if only some of them are meant. Raises `AnnotateError` if a
    text does not exist, if there is nothing to annotate, or if nothing is named and there is no
    database.
    """
    from annotations.corpus.contents import ContentsOptions, NamedFolders, find_members, is_corpus
    from annotations.corpus.own_files import OwnFiles
    from annotations.formats.text_row import RowColumns, is_file_of_texts
    from annotations.project.user_settings import settings_for
    from annotations.store.opening import database_url

    named = options.texts if named is None else named
    _refuse_columns(options, any(map(is_file_of_texts, named)))
    if named and not (article_too or is_corpus(named)):
        return None
    where = NamedFolders.of(named or ["."])
    is_folder = len(named) == 1 and os.path.isdir(named[0])
    settings = settings_for(where.root)
    database = database_url(options.db, where.only if named else None)
    encoding = getattr(options, "encoding", "utf-8")
    contents = None
    if named:
        columns = RowColumns(
            options.text_column or "text", options.id_column or "", options.date_column or ""
        )
        beside = (settings.guidelines, *settings.patterns)
        own = OwnFiles((database,), tuple(os.path.abspath(path) for path in beside if path is not None))
        wanted = ContentsOptions(settings.files, options.recursive, columns, encoding, own)
        contents = find_members(named, where, wanted)
    else:
        _refuse_nothing(database)
    order: Order = options.order if "order" in options else "file"
    seed = options.seed if "seed" in options else 1
    return CorpusChoice(
        contents, where.root, settings, database, order, seed, is_folder, options.recursive, encoding
    )


def _refuse_columns(options: argparse.Namespace, any_file_of_texts: bool) -> None:
    for option in ("text_column", "id_column", "date_column"):
        if getattr(options, option) is not None and not any_file_of_texts:
            raise AnnotateError(
                f"--{option.replace('_', '-')} applies only to a JSONL, CSV or TSV file; "
                f"name such a file."
            )


def _refuse_nothing(database: str) -> None:
    from annotations.store.opening import database_exists

    if not database_exists(database):
        raise AnnotateError(
            f"Name an article, a folder or several files; there is no database {database} to "
            f"continue with."
        )
