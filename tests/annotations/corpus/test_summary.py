from dataclasses import replace

import pytest

from annotations.corpus.listing import ListedDocument
from annotations.corpus.statistics import FATES, Statistics, Tally
from annotations.corpus.summary import CorpusSummary, checks_before_export, done_words, summarise
from annotations.model.source import Source


def figures(*tallies: tuple[str, tuple[int, int, int, int, int]]) -> Statistics:
    made = tuple(
        Tally(label, Source.parse("model 1"), dict(zip(FATES, numbers, strict=True)))
        for label, numbers in tallies
    )
    total = {fate: sum(tally.numbers[fate] for tally in made) for fate in FATES}
    return Statistics(made, total, 10, 60.0)


ROWS = [
    ListedDocument(1, "a", "a.txt", "done", undecided=2, minutes=1.5),
    ListedDocument(2, "b", "b.txt", "done", True, undecided=0, minutes=2.0, file="gone"),
    ListedDocument(3, "c", "c.txt", "begun", undecided=7, file="changed"),
]


def test_the_figures_of_the_documents_are_put_together() -> None:
    summary = summarise(
        ROWS,
        [
            figures(("GPE", (3, 1, 0, 2, 2)), ("ORG", (1, 0, 4, 0, 0))),
            figures(("GPE", (0, 1, 0, 0, 7)), ("DATE", (0, 0, 0, 1, 0)), ("AGE", (5, 0, 0, 0, 0))),
        ],
    )
    assert summary == CorpusSummary(
        documents=3,
        done=2,
        by_label=(("AGE", 5), ("GPE", 5), ("ORG", 5)),
        corrected=2,
        added=4,
        rejected=3,
        minutes=3.5,
        flagged=1,
        undecided=2,
        undecided_in=1,
        changed=1,
        gone=1,
    )
    assert summary.accepted == 15


def test_nothing_at_all() -> None:
    summary = summarise([], [])
    assert summary.accepted == 0
    assert checks_before_export(summary) == []


@pytest.mark.parametrize(
    ("documents", "done", "words"),
    [
        (1, 1, "The document is done."),
        (1200, 1200, "All 1,200 documents are done."),
        (3, 1, "1 of 3 documents is done."),
        (3, 2, "2 of 3 documents are done."),
    ],
)
def test_how_many_are_done(documents: int, done: int, words: str) -> None:
    assert done_words(replace(summarise([], []), documents=documents, done=done)) == words


def test_what_is_worth_a_look() -> None:
    one = replace(
        summarise([], []), flagged=1, undecided=1, undecided_in=1, changed=1, gone=1, unreadable=1
    )
    assert checks_before_export(one) == [
        ("flagged", "1 flagged document"),
        ("undecided", "1 suggestion in 1 document counts as no entity"),
        ("changed", "1 file has changed since"),
        ("gone", "1 file is gone"),
        ("unreadable", "1 file cannot be read as text"),
    ]
    several = replace(one, flagged=2, undecided=5, undecided_in=2, changed=2, gone=2, unreadable=2)
    assert checks_before_export(several) == [
        ("flagged", "2 flagged documents"),
        ("undecided", "5 suggestions in 2 documents count as no entity"),
        ("changed", "2 files have changed since"),
        ("gone", "2 files are gone"),
        ("unreadable", "2 files cannot be read as text"),
    ]
