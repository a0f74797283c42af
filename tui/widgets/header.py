"""The first line: which article, its date, how far along, done or not, by whom, whether all is saved."""

from rich.cells import cell_len

from annotations.editing.open_document import OpenDocument
from annotations.store.interface import SaveState
from annotations.text.display import displayable
from tui.cells import fit
from tui.widgets.corpus_header import HeaderParts, corpus_header
from tui.widgets.lines import Line


def header_line(
    opened: OpenDocument, state: SaveState | None, progress: str, width: int, position: str = ""
) -> Line:
    """The header for a width in cells; the name of the article gives way first, but to no long comment.

    `state` is `None` until the database is open; `progress` says what the suggesters are at. `position`
    says which of several documents it is, `3/312`: then it is laid out as `tui.widgets.corpus_header` says.
    """
    if position:
        return corpus_header(_parts(opened, state, progress, position), width)
    spans = opened.session.annotations.spans
    total = len(spans)
    saving, style = saving_words(state)
    parts = [
        (_date(opened, width), ""),
        (
            f"{opened.session.decided} of {total} decided"
            if width >= 60
            else f"{opened.session.decided}/{total}",
            "",
        ),
        (_within(opened.session.annotator, width // 4), ""),
        (saving, style),
    ]
    notes = [f"only {opened.state.filter.words}"] if opened.state.filter.words else []
    if opened.session.annotations.facts.flagged:
        notes.append("flagged")
    if opened.session.annotations.facts.comment:
        notes.append(f'"{_within(opened.session.annotations.facts.comment, width // 4)}"')
    for note in [*notes, progress]:
        if note and width >= 60:
            parts.insert(-2, (note, "italic"))
    effort = effort_words(opened)
    if effort and width >= 100:
        parts.insert(2, (effort, "dim"))
    if opened.session.annotations.facts.done:
        parts.insert(2, ("done", "bold"))
    gap = "  " if width >= 60 else " "
    taken = sum(cell_len(text) + len(gap) for text, _ in parts) + 1
    line = [(" " + _within(opened.session.document.name, width - taken), "bold")]
    for text, part_style in parts:
        line += [(gap, ""), (text, part_style)]
    return line


def _parts(opened: OpenDocument, state: SaveState | None, progress: str, position: str) -> HeaderParts:
    session, filter_words = opened.session, opened.state.filter.words
    facts, created = session.annotations.facts, session.creation_time
    notes = ["done" if facts.done else "", progress, f"only {filter_words}" if filter_words else ""]
    return HeaderParts(
        position,
        session.document.name,
        created.value if created is not None else "",
        facts.flagged,
        [note for note in notes if note],
        session.decided,
        len(session.annotations.spans),
        saving_words(state),
    )


def _within(text: str, cells: int) -> str:
    """As much of a text as goes into a width in cells, with a sign where it is cut."""
    shown = displayable(text)
    if cell_len(shown) <= cells:
        return shown
    return fit(text, cells - 1).rstrip() + "…" if cells > 1 else ""


def _date(opened: OpenDocument, width: int) -> str:
    """The article's own date and where it comes from, as far as there is room to say it."""
    created, found = opened.session.creation_time, opened.session.found_creation_time
    if created is not None:
        return f"{created.value} ({created.origin})" if width >= 80 else created.value
    if found is not None and width >= 80:
        return f"no date (file of {found.value[:10]})"
    return "no date"


def effort_words(opened: OpenDocument) -> str:
    """What a decision took so far in this document, all sittings: `2.1 keys, 4 s each`."""
    annotations, decided = opened.session.annotations, opened.session.decided
    if not decided or not annotations.keys:
        return ""
    return f"{annotations.keys / decided:.1f} keys, {annotations.seconds / decided:.0f} s each"


def saving_words(state: SaveState | None) -> tuple[str, str]:
    """Whether all is saved, in words and a style."""
    if state is None:
        return "opening", "italic"
    if state.error:
        return f"{state.unsaved} NOT SAVED" if state.unsaved else "CANNOT SAVE", "bold reverse"
    if state.unsaved:
        return "saving…", "italic"
    return "saved", ""
