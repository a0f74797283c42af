"""Which mentions name the same entity: naming it, joining probable mentions, refusing wrong ones."""

from collections.abc import Generator, Iterable

from msgspec.structs import replace

from annotations.editing import commands as edits
from annotations.editing.document_session import DocumentSession
from annotations.editing.outcome import Outcome
from annotations.editing.selection import Selection
from annotations.entities.identity import (
    Proposal,
    called_so,
    entity_of,
    mentions_of,
    parse_entity,
    refusal,
    written,
)
from annotations.model.document_facts import Refusal
from annotations.model.edit import Change
from annotations.model.span import Span, SpanKey
from annotations.model.value import Entity
from annotations.text.plural import counted


class EntityLinking:
    """Links mentions of one document to entities."""

    def __init__(self, session: DocumentSession, selection: Selection) -> None:
        self._session = session
        self._selection = selection

    def name_entity(self, text: str) -> Outcome:
        """Set who or what the mention names: a name, an id or both; an empty text removes it.

        All mentions of the entity change with it; only the one in focus is accepted by this.
        """
        span = self._selection.focused_span
        if span is None:
            return Outcome(message="There is no mention here.")
        mentions = mentions_of(self._session.text, self._session.annotations.spans, span)
        return self._apply(edits.set_entity(mentions, parse_entity(text), span.key))

    def entity_names(self, label: str) -> list[str]:
        """The entities given to mentions of a label, in the order of the text."""
        labelled = (span for span in self._session.annotations.spans if span.label == label)
        entities = (entity_of(span) for span in labelled)
        return list(dict.fromkeys(written(entity) for entity in entities if entity))

    def proposal_of(self, span: Span) -> Generator[None, None, Proposal | None]:
        """The entity that the mention probably names, without other names that probably belong to it.

        In steps of a few milliseconds; for thousands of different names they take some time together.
        """
        # The code that compares names is loaded at the first comparison.
        from annotations.entities.alias_proposals import propose_aliases

        comparable = [other for other in self._session.annotations.spans if other.label == span.label]
        proposals = yield from propose_aliases(self._session.text, comparable, self.refused)
        for proposal in proposals:
            for alias in proposal.aliases:
                if span.key in alias.mentions:
                    return replace(proposal, aliases=(replace(alias, mentions=(span.key,)),))
        return None

    def join_or_leave(self) -> Generator[None, None, Outcome]:
        """Link the mention to the entity that it probably names; if it is linked already, remove the link.

        In steps, like `proposal_of`; nothing changes before the last one.
        """
        span = self._selection.focused_span
        if span is None:
            return Outcome(message="There is no mention here.")
        entity = entity_of(span)
        if entity is not None:
            outcome = self._apply(edits.set_entity((span,), None))
            return Outcome(
                outcome.touched, f"It is no longer a mention of {written(entity)}.", outcome.edit
            )
        proposal = yield from self.proposal_of(span)
        if proposal is None:
            return Outcome(
                message="No other name is likely to be the same entity; give it a name as its value."
            )
        return self.join(proposal, span.key)

    def join(self, proposal: Proposal, accepted: SpanKey | None = None) -> Outcome:
        """Make all proposed mentions one entity. Only the mention with the key `accepted` is accepted."""
        keys = [*proposal.mentions, *(key for alias in proposal.aliases for key in alias.mentions)]
        return self.join_mentions(proposal.entity, keys, accepted)

    def join_to(self, name: str) -> Outcome:
        """Link the mention in focus to the entity of this name, together with the mentions that already have it."""
        span, entity = self._selection.focused_span, parse_entity(name)
        if span is None or entity is None:
            return Outcome(message="There is no mention here to join.")
        called = [
            other.key
            for other in self._session.annotations.spans
            if not other.rejected
            and other.label == span.label
            and called_so(self._session.text, other) == name
        ]
        return self.join_mentions(entity, {*called, span.key}, span.key)

    def join_mentions(
        self, entity: Entity, keys: Iterable[SpanKey], accepted: SpanKey | None = None
    ) -> Outcome:
        """Link mentions to an entity, as one step of undo."""
        spans = self._session.annotations.spans
        mentions = [span for key in sorted(keys) if (span := spans.get(key)) is not None]
        outcome = self._apply(edits.set_entity(mentions, entity, accepted))
        number = len(outcome.edit.changes) if outcome.edit else 0
        return Outcome(
            outcome.touched, f"{counted(number, 'mention')} joined to {written(entity)}.", outcome.edit
        )

    @property
    def refused(self) -> frozenset[Refusal]:
        """The names that a person refused for an entity."""
        return self._session.annotations.facts.refused

    def refuse(self, proposal: Proposal) -> Outcome:
        """Refuse these names for this entity: they are not proposed again."""
        more = {refusal(proposal, alias) for alias in proposal.aliases}
        facts = self._session.annotations.facts.with_refused(self.refused | more)
        outcome = self._session.set_facts(facts, cursor=self._selection.cursor)
        return Outcome(
            outcome.touched, f"Will not be proposed again: {written(proposal.entity)}.", outcome.edit
        )

    def _apply(self, changes: tuple[Change, ...]) -> Outcome:
        return self._session.apply("value", changes, cursor=self._selection.cursor)
