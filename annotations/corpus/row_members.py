"""The texts in one file of texts, as members of a corpus.

A row is identified by its id, or if it has none by its exact text, never by its number, because rows
may be added, removed and moved. A row with the same id and text as another one, or without ids the same
text, is a duplicate and skipped. A row with the same id as another one but a different text is a
separate text: it is named `id (2)`, and this is reported.
"""

from collections import Counter
from pathlib import Path

from annotations.corpus.member import CorpusContents, Member, PassedOver, RowPlace
from annotations.formats.format import Options
from annotations.formats.text_row import RowColumns, TextRow
from annotations.formats.text_rows import list_rows
from annotations.model.document import path_as_text
from annotations.text.plural import counted


def members_of_file(
    path: str, name: str, columns: RowColumns, encoding: str = "utf-8"
) -> CorpusContents:
    """The rows of the file of texts at an absolute path, called `name` in messages.

    Raises `AnnotateError` for a file that cannot be read and for columns that it does not have.
    """
    file = Path(path)
    found = list_rows(file, name, columns, Options(encoding=encoding))
    changed = file.stat().st_mtime_ns
    file_name = path_as_text(file.name)
    passed_over = [
        PassedOver(where, bad.reason.removeprefix(f"{where} ").removesuffix("."))
        for bad in found.bad
        for where in [f"{name}, line {bad.line}"]
    ]
    members: list[Member] = []
    first: dict[tuple[str, str], TextRow] = {}
    times: Counter[str] = Counter()
    twice: list[TextRow] = []
    for row in found.rows:
        known = first.setdefault((row.id, row.sha256), row)
        if known is not row:
            same = "id and text" if row.id else "text"
            where = f"{name}, line {row.line}"
            passed_over.append(PassedOver(where, f"has the same {same} as line {known.line}"))
            continue
        called = path_as_text(row.id) or f"{file_name}#{row.line}"
        if row.id:
            times[row.id] += 1
            if times[row.id] > 1:
                called = f"{called} ({times[row.id]})"
                twice.append(row)
        place = RowPlace(path, row, found.layout)
        members.append(Member(called, place, row.size, changed))
    return CorpusContents(
        file.parent, tuple(members), tuple(passed_over), _notices(name, twice, found.with_spans)
    )


def _notices(name: str, twice: list[TextRow], with_spans: bool) -> tuple[str, ...]:
    notices = []
    if twice:
        row = twice[0]
        notices.append(
            f"{name} has {counted(len(twice), 'row')} with the id of an earlier row but another text; "
            f"the first one, in line {row.line}, is called {row.id!r} (2)."
        )
    if with_spans:
        notices.append(
            f"The spans in {name} are not read; they are imported with: annotate import {name}."
        )
    return tuple(notices)
