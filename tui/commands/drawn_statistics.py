"""Statistics for a terminal: where the accepted spans of each label came from, as bars."""

from collections import Counter
from dataclasses import dataclass
from textwrap import wrap

from rich.cells import cell_len
from rich.style import Style

from annotations.corpus.pace import minutes_words
from annotations.corpus.statistics import Fate, Statistics
from annotations.model.label_scheme import LabelScheme
from annotations.text.plural import counted
from tui.cells.cut import cut
from tui.widgets.appearance import Appearance
from tui.widgets.bars import heavy_cells

StyledRow = list[tuple[str, Style]]
WIDEST = 80
NARROWEST = 50
"""The smallest number of columns of a terminal in which bars are drawn."""
NAMES = 18
"""Cells for the name of a row."""
NUMBERS = 8
"""Cells for a number."""
ENOUGH = 5
"""The smallest number of accepted spans of a label that shows how well it is suggested."""
FEW = 0.5
"""A label is mentioned if less than this share of its spans was suggested correctly."""
NAMED = 4
"""How many of these labels are named; the others are counted."""
KINDS: tuple[Fate, ...] = ("accepted", "corrected", "added")
"""The ways in which a span became accepted, in the order of the parts of a bar."""


@dataclass(frozen=True)
class StatisticsOf:
    """The figures of one annotator for some documents."""

    annotator: str
    documents: int
    """How many documents were requested."""
    done: int
    flagged: int
    figures: Statistics


def drawn_statistics(
    of: StatisticsOf, scheme: LabelScheme, look: Appearance, width: int
) -> list[StyledRow]:
    """The rows for a terminal of a width in cells."""
    width = min(width, WIDEST)
    labels = _by_label(of.figures)
    rows: list[StyledRow] = [[], *_summary(of, look, width)]
    if labels:
        style = look.colours.style
        bar = width - NAMES - 2 * NUMBERS
        # The heading says what the bars show, as far as it fits.
        heads = ("where the accepted spans came from", "came from")
        head = next((words for words in heads if len(words) <= bar), "")
        numbers = f"{'spans':>{NUMBERS}}{'right':>{NUMBERS}}"
        rows += [[], [(f"{'label':{NAMES}}{head:{bar}}{numbers}", style("muted"))]]
        most = max(counts.total() for counts in labels.values())
        rows += [
            _label(name, labels[name], most, scheme, look, bar)
            for name in sorted(labels, key=lambda name: (-labels[name].total(), name))
        ]
        rows += [[], _legend(look), *_least_accurate_labels(labels, look, width)]
    return rows


def _by_label(figures: Statistics) -> dict[str, Counter[Fate]]:
    """In which ways the accepted spans of each label became accepted."""
    found: dict[str, Counter[Fate]] = {}
    for tally in figures.tallies:
        if any(tally.numbers[kind] for kind in KINDS):
            counts = found.setdefault(tally.label, Counter())
            counts.update({kind: tally.numbers[kind] for kind in KINDS})
    return found


def _summary(of: StatisticsOf, look: Appearance, width: int) -> list[StyledRow]:
    style, glyphs, figures = look.colours.style, look.glyphs, of.figures
    total = figures.total
    done = f" {of.done:,} of {of.documents:,} done"
    done += f", {of.flagged:,} flagged" if of.flagged else ""
    bar = max(width - NAMES - len(done), 0)
    heavy = heavy_cells(of.done, of.documents, bar)
    accepted = sum(total[kind] for kind in KINDS)
    spans = [f"{accepted:,} accepted"]
    spans += [
        f"{number:,} {what}"
        for number, what in (
            (total["added"], "added"),
            (total["rejected"], "rejected"),
            (total["undecided"], "open"),
        )
        if number
    ]
    annotator = cut(of.annotator, width - NAMES, glyphs.cut)
    rows: list[tuple[str, StyledRow]] = [
        ("annotator", [(annotator, style(bold=True))]),
        (
            "document" if of.documents == 1 else "documents",
            [
                (glyphs.settled * heavy, style()),
                (glyphs.left * (bar - heavy), style("rule")),
                (done, style()),
            ],
        ),
        ("spans", [(_as_many(spans, "  ", width - NAMES), style())]),
    ]
    if figures.seconds and figures.decided:
        words = [
            minutes_words(figures.seconds / 60),
            f"{minutes_words(figures.seconds / 60 / of.documents)} a document",
            f"{figures.keys / figures.decided:.2f} keys a span",
        ]
        rows.append(("time", [(_as_many(words, ", ", width - NAMES), style())]))
    return [[(f"{name:{NAMES}}", style("muted")), *said] for name, said in rows]


def _as_many(parts: list[str], between: str, cells: int) -> str:
    """As many parts as fit, the first ones first."""
    number = len(parts)
    while number > 1 and cell_len(between.join(parts[:number])) > cells:
        number -= 1
    return between.join(parts[:number])


def _label(
    name: str, counts: Counter[Fate], most: int, scheme: LabelScheme, look: Appearance, cells: int
) -> StyledRow:
    style, label = look.colours.style, scheme.named(name)
    ink = look.colours.ink(name) if label is not None else style()
    key = label.key if label is not None else ""
    shown = cut(name, NAMES - 3, look.glyphs.cut)
    row: StyledRow = [
        (f"{key or ' '} ", ink + Style(bold=True)),
        (shown + " " * (NAMES - 2 - cell_len(shown)), style()),
    ]
    spans = counts.total()
    length = max(round((cells - 2) * spans / most), 1)
    ends = [0]
    for kind in KINDS:
        ends.append(ends[-1] + counts[kind])
    edges = [round(length * end / spans) for end in ends]
    signs = (look.glyphs.settled, look.glyphs.corrected, look.glyphs.left)
    row += [
        (sign * (end - start), ink) for sign, start, end in zip(signs, edges, edges[1:], strict=False)
    ]
    row.append((" " * (cells - length), style()))
    right = counts["accepted"] / spans
    row.append((f"{spans:{NUMBERS},}", style()))
    row.append((f"{f'{right:.0%}'.replace('%', ' %'):>{NUMBERS}}", style(bold=right < FEW)))
    return row


def _legend(look: Appearance) -> StyledRow:
    glyphs, style = look.glyphs, look.colours.style
    said = (
        (glyphs.settled, "as suggested"),
        (glyphs.corrected, "corrected"),
        (glyphs.left, "added by you"),
    )
    return [("   ".join(f"{sign * 2} {words}" for sign, words in said), style("muted"))]


def _least_accurate_labels(
    labels: dict[str, Counter[Fate]], look: Appearance, width: int
) -> list[StyledRow]:
    """One sentence about the labels that were rarely suggested correctly, if there are any."""
    few = [
        name
        for name, counts in sorted(labels.items(), key=lambda entry: (-entry[1].total(), entry[0]))
        if counts.total() >= ENOUGH and counts["accepted"] / counts.total() < FEW
    ]
    if not few:
        return []
    named: list[str] = [cut(name, NAMES, look.glyphs.cut) for name in few[:NAMED]]
    if len(few) > NAMED:
        named.append(counted(len(few) - NAMED, "other label"))
    listed = " and ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named)
    verb = "is" if len(few) == 1 else "are"
    said = f"{listed} {verb} mostly added by you: few were suggested correctly."
    return [[(part, look.colours.style())] for part in wrap(said, width)]
