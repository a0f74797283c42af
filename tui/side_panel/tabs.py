"""The tabs of the side panel: what each lists, and which spans its rows lead to.

A tab is filled in small steps, so that keys are handled in between, and makes only the lines that are
requested: even with twenty thousand spans, a key must not wait for a list. How rows are drawn is in
`tui.side_panel.lines`.
"""

from collections.abc import Generator, Sequence
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from annotations.corpus.overview import EntityGroup, gather_entities
from annotations.editing.open_document import OpenDocument
from annotations.entities.identity import Alias, Proposal, written
from annotations.model.label_scheme import Label
from annotations.model.span import SpanKey
from annotations.text.display import displayable
from annotations.text.plural import counted
from tui.keymap import Keymap
from tui.side_panel.lines import (
    NUMBER,
    Counted,
    Paragraph,
    RowStyle,
    counted_line,
    proposal_lines,
)
from tui.widgets.examples import example_words
from tui.widgets.lines import Line
from tui.widgets.status import StatusNote, StatusParts


class Tab(Protocol):
    """A list with a current row. Its lines are drawn for the `RowStyle` that it was last given."""

    name: str

    def fill(self, opened: OpenDocument) -> Generator[None, None, None]:
        """List what the document contains now, in steps of a few milliseconds; the last changes the list."""
        ...

    def use(self, style: RowStyle) -> None:
        """Draw with this from now on."""
        ...

    def __len__(self) -> int:
        """How many lines there are."""
        ...

    def line(self, number: int, chosen: bool) -> Line:
        """One line; the current row looks different."""
        ...

    def is_row(self, number: int) -> bool:
        """Whether a line can be the current one: rules, gaps and headings cannot."""
        ...

    def spans(self, number: int) -> Sequence[SpanKey]:
        """The spans that a line leads to."""
        ...

    def leads_to_text(self, number: int) -> bool:
        """Whether there are such spans."""
        ...

    def foot(self, number: int) -> Sequence[Paragraph]:
        """What a line stands for, in full."""
        ...

    def about(self, number: int) -> StatusParts:
        """What a line stands for, in the words of the status line."""
        ...

    @property
    def summary(self) -> str:
        """How much there is, in a few words."""
        ...

    def empty_words(self, keymap: Keymap) -> str:
        """What to say where there is nothing: a sentence, with the key that fills it."""
        ...

    def go_on(self) -> int | None:
        """Compute one missing value; return the line that changes by it, `None` if no value is missing."""
        ...


class LabelTally(Struct, frozen=True):
    """A label and how many spans it has."""

    label: Label
    accepted: int
    open: int


class LabelsTab:
    """The labels: key, name, how many spans are accepted and suggested."""

    name = "Labels"

    def __init__(self) -> None:
        self._labels: list[LabelTally] = []
        self._opened: OpenDocument | None = None
        self._style: RowStyle | None = None
        self._most = 0

    def fill(self, opened: OpenDocument) -> Generator[None, None, None]:
        """Count the spans of each label."""
        spans = opened.session.annotations.spans
        self._opened = opened
        self._labels = [
            LabelTally(label, spans.count(label.name, "accepted"), spans.count(label.name, "suggested"))
            for label in opened.session.labels_shown
        ]
        self._most = max((one.accepted + one.open for one in self._labels), default=0)
        yield

    def use(self, style: RowStyle) -> None:
        """Draw with this from now on."""
        self._style = replace(style, numbers=number_cells(self._most))

    def __len__(self) -> int:
        return len(self._labels)

    def line(self, number: int, chosen: bool) -> Line:
        """The label with its bar."""
        assert self._style is not None
        one, colours = self._labels[number], self._style.colours
        label = one.label
        row = Counted(
            label.key or self._style.glyphs.keyless,
            colours.ink(label.name, bold=True),
            label.name,
            label.name,
            one.accepted,
            one.accepted + one.open,
            label.definition,
            note_at=14,
        )
        return counted_line(row, self._most, self._style, chosen)

    def is_row(self, number: int) -> bool:
        """True for every line."""
        return True

    def spans(self, number: int) -> Sequence[SpanKey]:
        """All spans of the label that are not rejected."""
        if self._opened is None:
            return ()
        name = self._labels[number].label.name
        spans = self._opened.session.annotations.spans
        return [span.key for span in spans if span.label == name and not span.rejected]

    def leads_to_text(self, number: int) -> bool:
        """Whether the label has spans."""
        return self._labels[number].accepted + self._labels[number].open > 0

    def about(self, number: int) -> StatusParts:
        """The label, how many spans it has, its definition."""
        one = self._labels[number]
        counts = StatusNote(f"{one.accepted} accepted, {one.open} to decide", "value")
        definition = [StatusNote(one.label.definition)] if one.label.definition else []
        return StatusParts(one.label.name, notes=[counts, *definition])

    def foot(self, number: int) -> Sequence[Paragraph]:
        """The definition with its examples."""
        assert self._style is not None
        return label_words(self._labels[number].label, "", self._style)

    @property
    def summary(self) -> str:
        """How many labels."""
        return counted(len(self._labels), "label")

    def empty_words(self, keymap: Keymap) -> str:
        """A project may have no labels."""
        return "There are no labels. Add some with [[labels]] in annotate.toml."

    def go_on(self) -> int | None:
        """There is no value to compute later."""
        return None


class EntitiesTab:
    """The entities by name, with their mentions and how many are decided. A name with two labels is marked.

    Above them are proposals: names that are probably other names of an entity, each with the reason, to
    join or to refuse.
    """

    name = "Entities"

    def __init__(self) -> None:
        self._proposals: list[tuple[Proposal, Alias]] = []
        self._groups: Sequence[EntityGroup] = ()
        self._labels: dict[str, Label] = {}
        self._style: RowStyle | None = None
        self._most = 0

    def fill(self, opened: OpenDocument) -> Generator[None, None, None]:
        """Group the spans, then compare the names."""
        spans = opened.session.annotations.spans
        groups = yield from gather_entities(opened.session.text, spans)
        from annotations.entities.alias_proposals import propose_aliases

        yield
        proposals = yield from propose_aliases(opened.session.text, spans, opened.entity_linking.refused)
        self._proposals = [(one, alias) for one in proposals for alias in one.aliases]
        self._groups = groups
        self._labels = {label.name: label for label in opened.session.labels_shown}
        self._most = max((len(group.mentions) for group in groups), default=0)

    def use(self, style: RowStyle) -> None:
        """Draw with this from now on."""
        self._style = replace(style, numbers=number_cells(self._most))

    @property
    def _above(self) -> int:
        """How many lines the proposals take, with the blank one after them."""
        return len(self._proposals) * self._lines_each + 1 if self._proposals else 0

    @property
    def _lines_each(self) -> int:
        return 1 if self._style is None or self._style.has_notes else 2

    def __len__(self) -> int:
        return self._above + len(self._groups)

    def line(self, number: int, chosen: bool) -> Line:
        """A proposal after `≈`, or an entity with its bar."""
        assert self._style is not None
        style = self._style
        found = self._proposed(number)
        if found is not None:
            proposal, alias = found
            reason = f"= {written(proposal.entity)}?  {alias.reason}"
            lines = proposal_lines(alias.words, proposal.label, reason, style, chosen)
            return lines[number % self._lines_each]
        if number < self._above:
            return ()
        group = self._groups[number - self._above]
        clash = len(group.labels) > 1
        label = self._labels.get(group.labels[0])
        key = (label and label.key) or style.glyphs.keyless
        colours, differ = style.colours, style.glyphs.differ
        row = Counted(
            differ if clash else key,
            colours.style("bright", bold=True) if clash else colours.ink(group.labels[0], bold=True),
            group.name,
            group.labels[0],
            len(group.mentions) - group.undecided,
            len(group.mentions),
            f" {differ} ".join(group.labels) if clash else "",
        )
        return counted_line(row, self._most, style, chosen)

    def is_row(self, number: int) -> bool:
        """Every line except the second lines of proposals and the blank line after them."""
        if number >= self._above:
            return True
        return self._proposed(number) is not None and number % self._lines_each == 0

    def spans(self, number: int) -> Sequence[SpanKey]:
        """The mentions of the entity, or of the name that is proposed for one."""
        found = self._proposed(number)
        if found is not None:
            return sorted(found[1].mentions)
        return self._groups[number - self._above].mentions if number >= self._above else ()

    def leads_to_text(self, number: int) -> bool:
        """True for entities and proposals, as both have mentions."""
        return self.is_row(number)

    def about(self, number: int) -> StatusParts:
        """The name, and what it is proposed to be, or how many mentions it has."""
        found = self._proposed(number)
        if found is not None:
            proposal, alias = found
            notes = [
                StatusNote(f"= {written(proposal.entity)}", "value"),
                StatusNote(alias.reason, "reason"),
            ]
            return StatusParts(proposal.label, "proposal", said=alias.words, notes=notes)
        group = self._groups[number - self._above]
        mentions = f"{counted(len(group.mentions), 'mention')}, {group.undecided} to decide"
        clash = [StatusNote(f"also {', '.join(group.labels[1:])}", "reason")] if group.labels[1:] else []
        return StatusParts(
            group.labels[0], "name", said=group.name, notes=[*clash, StatusNote(mentions)]
        )

    def proposal(self, number: int) -> Proposal | None:
        """The proposal in a line, for its one name; `None` if the line has no proposal."""
        found = self._proposed(number)
        return replace(found[0], aliases=(found[1],)) if found is not None else None

    def called(self, number: int) -> str:
        """The name of the entity of a line."""
        found = self._proposed(number)
        if found is not None:
            return written(found[0].entity)
        return self._groups[number - self._above].name if number >= self._above else ""

    def foot(self, number: int) -> Sequence[Paragraph]:
        """The name with the definition of its label; for a proposal, the reason."""
        assert self._style is not None
        colours = self._style.colours
        found = self._proposed(number)
        if found is not None:
            proposal, alias = found
            return [
                (f"{proposal.label}  {alias.words}", colours.ink(proposal.label, bold=True)),
                (f"= {written(proposal.entity)}?", colours.style("text")),
                (alias.reason, colours.style("muted")),
            ]
        if number < self._above:
            return ()
        group = self._groups[number - self._above]
        mentions = counted(len(group.mentions), "mention")
        if len(group.labels) > 1:
            labels = f" {self._style.glyphs.differ} ".join(group.labels)
            return [
                (group.name, colours.style("bright", bold=True)),
                (f"{labels}: different labels for one name", colours.style("text")),
                (mentions, colours.style("muted")),
            ]
        label = self._labels.get(group.labels[0]) or Label(group.labels[0])
        return [
            *label_words(label, group.name, self._style),
            (f"{mentions}, {group.undecided} to decide", colours.style("muted")),
        ]

    @property
    def summary(self) -> str:
        """How many names and proposals."""
        names = counted(len(self._groups), "name")
        proposed = counted(len(self._proposals), "proposal")
        return f"{names}, {proposed}" if self._proposals else names

    def empty_words(self, keymap: Keymap) -> str:
        """The key that goes to the first suggestion."""
        return f"There are no names yet. {keymap.sign('next_undecided')} goes to the first suggestion."

    def go_on(self) -> int | None:
        """There is no value to compute later."""
        return None

    def _proposed(self, number: int) -> tuple[Proposal, Alias] | None:
        place = number // self._lines_each
        return self._proposals[place] if place < len(self._proposals) else None


def number_cells(most: int) -> int:
    """Cells for numbers up to the largest, with a blank before them."""
    return max(NUMBER, len(str(most)) + 1)


def label_words(label: Label, words: str, style: RowStyle) -> list[Paragraph]:
    """A label with its definition and examples; `words` is the text that has the label, or empty."""
    colours = style.colours
    head = f"{displayable(label.name)}  {words}".rstrip()
    paragraphs: list[Paragraph] = [(head, colours.ink(label.name, bold=True))]
    if label.definition:
        paragraphs.append((label.definition, colours.style("muted")))
    return [*paragraphs, *((words, colours.style("muted")) for words in example_words(label))]


def words_about_selection(opened: OpenDocument, style: RowStyle) -> Sequence[Paragraph]:
    """The label of the selected span with its words; nothing if no span is selected."""
    span = opened.selection.focused_span
    for label in opened.session.labels_shown:
        if span is not None and label.name == span.label:
            words = " ".join(opened.session.text[span.start : span.end].split())
            return label_words(label, words, style)
    return ()
