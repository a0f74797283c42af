"""A summary of a corpus: how many documents are done, what was decided, and what should be checked."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotations.corpus.listing import ListedDocument
from annotations.corpus.statistics import Statistics
from annotations.text.plural import counted


@dataclass(frozen=True)
class CorpusSummary:
    """The figures of all documents of a corpus for one annotator."""

    documents: int
    done: int
    by_label: tuple[tuple[str, int], ...]
    """How many spans with each label were accepted, in any way; the most common first."""
    corrected: int
    """How many of these were accepted with another label or extent than was suggested."""
    added: int
    """How many of these were not suggested."""
    rejected: int
    minutes: float
    flagged: int
    """How many documents have a flag, on the document or on a span."""
    undecided: int
    """How many suggestions in done documents have no decision."""
    undecided_in: int
    """In how many documents these suggestions are."""
    changed: int
    """How many documents have a file that has changed."""
    gone: int
    """How many documents have a file that no longer exists."""
    unreadable: int = 0
    """How many files are not text or may not be read."""

    @property
    def accepted(self) -> int:
        """How many spans were accepted, in any way."""
        return sum(number for _, number in self.by_label)


def summarise(rows: Sequence[ListedDocument], statistics: Iterable[Statistics]) -> CorpusSummary:
    """The figures of a corpus from its list and from the figures of its documents."""
    labels: Counter[str] = Counter()
    corrected = added = rejected = 0
    for figures in statistics:
        for tally in figures.tallies:
            numbers = tally.numbers
            labels[tally.label] += numbers["accepted"] + numbers["corrected"] + numbers["added"]
        corrected += figures.total["corrected"]
        added += figures.total["added"]
        rejected += figures.total["rejected"]
    left = [row.undecided for row in rows if row.state == "done" and row.undecided]
    return CorpusSummary(
        documents=len(rows),
        done=sum(row.state == "done" for row in rows),
        by_label=tuple(
            (label, number)
            for label, number in sorted(labels.items(), key=lambda entry: (-entry[1], entry[0]))
            if number
        ),
        corrected=corrected,
        added=added,
        rejected=rejected,
        minutes=sum(row.minutes for row in rows),
        flagged=sum(row.flagged for row in rows),
        undecided=sum(left),
        undecided_in=len(left),
        changed=sum(row.file == "changed" for row in rows),
        gone=sum(row.file == "gone" for row in rows),
        unreadable=sum(row.file == "unreadable" for row in rows),
    )


def done_words(summary: CorpusSummary) -> str:
    """How many documents are done, as a sentence."""
    total, done = summary.documents, summary.done
    if done < total:
        return f"{done} of {counted(total, 'document')} {'is' if done == 1 else 'are'} done."
    if total == 1:
        return "The document is done."
    return f"All {total:,} documents are done."


def checks_before_export(summary: CorpusSummary) -> list[tuple[str, str]]:
    """What to check before an export: each is a word that finds it in the list, and a sentence without
    a full stop.
    """
    found = []
    if summary.flagged:
        found.append(("flagged", counted(summary.flagged, "flagged document")))
    if summary.undecided:
        count = "counts" if summary.undecided == 1 else "count"
        where = f"in {counted(summary.undecided_in, 'document')}"
        found.append(
            (
                "undecided",
                f"{counted(summary.undecided, 'suggestion')} {where} {count} as no entity",
            )
        )
    if summary.changed:
        has = "has" if summary.changed == 1 else "have"
        found.append(("changed", f"{counted(summary.changed, 'file')} {has} changed since"))
    if summary.gone:
        verb = "is" if summary.gone == 1 else "are"
        found.append(("gone", f"{counted(summary.gone, 'file')} {verb} gone"))
    if summary.unreadable:
        found.append(("unreadable", f"{counted(summary.unreadable, 'file')} cannot be read as text"))
    return found
