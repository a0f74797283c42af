"""The documents of a database that are named on the command line: articles, folders, patterns, tables."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotations.model.errors import AnnotateError

if TYPE_CHECKING:
    from annotations.store.interface import Store
    from tui.command_line.corpus_arguments import CorpusChoice

LISTED = 3
"""How many texts that are not in the database are named; the others are counted."""


@dataclass(frozen=True)
class NamedDocuments:
    """What was named on the command line: groups of texts, single articles, or both."""

    database: str
    """Where the database is, in the form that `annotations.store.opening` expects."""
    articles: tuple[str, ...]
    """Single articles, by path, name or id: each must be in the database."""
    choice: "CorpusChoice | None"
    """The folders, patterns and files of texts; only their texts that are in the database count."""

    @property
    def one_article(self) -> bool:
        """Whether exactly one article was named, and nothing else."""
        return self.choice is None and len(self.articles) == 1


@dataclass(frozen=True)
class FoundDocuments:
    """The documents of the database that were named."""

    documents: tuple[str, ...]
    """Their ids, each once, in the order in which they were named."""
    not_stored: tuple[str, ...] = ()
    """The reasons why other named texts are not in the database, one sentence each."""


def named_documents(options: argparse.Namespace) -> NamedDocuments:
    """What was named on the command line. Raises `AnnotateError` for a folder without texts to annotate."""
    from annotations.corpus.contents import is_corpus
    from annotations.store.opening import database_of_articles
    from tui.command_line.corpus_arguments import corpus_of
    from tui.commands.named_files import fits_nothing

    several = [name for name in options.texts if is_corpus([name]) and not fits_nothing(name)]
    articles = tuple(name for name in options.texts if name not in several)
    choice = corpus_of(options, several) if several else None
    here = database_of_articles(options.db, articles)
    database = choice.database if choice is not None else here
    return NamedDocuments(database, articles, choice)


def find_documents(named: NamedDocuments, store: "Store") -> FoundDocuments:
    """The documents that were named, single articles first.

    Raises `AnnotateError` if a single article is not in the database, or if nothing that was named is.
    """
    from annotations.text.plural import counted
    from tui.commands.stored_article import stored_article

    found = dict.fromkeys(stored_article(store, article).id for article in named.articles)
    missing: list[str] = []
    if named.choice is not None:
        documents, missing = _of_texts(named.choice, store)
        found |= dict.fromkeys(documents)
    if not found:
        more = len(missing) - 1
        others = f" The same is true of {counted(more, 'other text')}." if more > 0 else ""
        first = missing[0] if missing else "There are no texts."
        raise AnnotateError(f"{store.name} has no annotations of these texts: {first}{others}")
    return FoundDocuments(tuple(found), tuple(missing))


def _of_texts(choice: "CorpusChoice", store: "Store") -> tuple[list[str], list[str]]:
    from annotations.corpus.known_documents import KnownDocuments
    from annotations.corpus.member_documents import NotStored, document_of
    from annotations.corpus.member_opening import open_member
    from tui.commands.progress import progress

    assert choice.contents is not None
    members = choice.contents.members
    # The documents are the same for every annotator, so no name is needed.
    known = KnownDocuments(store.summaries(""), members)
    documents, missing = [], []
    with progress("Looking", len(members)) as seen:
        for member in seen(members):
            found = document_of(member, known, lambda one: open_member(one, choice.encoding))
            if isinstance(found, NotStored):
                missing.append(found.reason)
            else:
                documents.append(found)
    return documents, missing


def warn_of_not_stored(missing: Sequence[str]) -> None:
    """Say on standard error which of the named texts are left out because they are not in the database."""
    from annotations.text.plural import counted
    from tui.command_line.output import warn

    for reason in missing[:LISTED]:
        warn(f"annotate: left out: {reason}")
    if (more := len(missing) - LISTED) > 0:
        warn(f"annotate: left out: {counted(more, 'more text')} without annotations in the database.")
