"""The messages about a run over a corpus: its progress and its result."""

from annotations.bulk.recipe import MadeBy
from annotations.bulk.run import BulkProgress, BulkReport
from annotations.bulk.speed import ReadingSpeed
from annotations.corpus.pace import seconds_words
from annotations.text.plural import counted


def how_far_words(progress: BulkProgress, speed: ReadingSpeed) -> str:
    """`1,200 of 50,000 documents, 20.5 a second, 40 min left`."""
    total = f"{progress.documents:,} documents"
    if not progress.read and progress.looked_at:
        return f"{progress.looked_at:,} of {total} compared with the existing suggestions"
    so_far = f"{progress.done:,} of {total}"
    left = speed.seconds_for(progress.documents - progress.done)
    if left is None:
        return so_far
    return f"{so_far}, {speed.per_second:.1f} a second, {seconds_words(left)} left"


def report_words(report: BulkReport, folder: str) -> list[str]:
    """The result of a run, in a few sentences."""
    documents = f"{report.documents:,} {'document' if report.documents == 1 else 'documents'}"
    there = report.documents - report.read
    sentences = [
        f"Suggestions for {documents} are in {folder}: {report.read:,} read now, {there:,} already "
        f"there."
    ]
    if report.made_by_before is not None:
        sentences.append(
            f"The earlier ones were made by {_words(report.made_by_before)}, the new ones by "
            f"{_words(report.made_by)}."
        )
    elif report.had_before and (report.new or report.changed or report.gone):
        sentences.append(
            f"Since the previous run {report.new:,} were added, {report.changed:,} were changed and "
            f"{report.gone:,} were removed."
        )
    if report.set_aside:
        sentences.append(f"{counted(len(report.set_aside), 'text')} set aside, without suggestions.")
    return sentences


def _words(made_by: MadeBy) -> str:
    """The suggesters with their versions, and the language if it is set: `dates 1a2b3c4d, en_core_web_sm 3.8.0`."""
    words = [
        one.source if one.version in one.source else f"{one.source} {one.version}"
        for one in made_by.suggesters
    ]
    stated = made_by.languages.stated
    return ", ".join([*words, *([f"language {stated}"] if stated else [])])
