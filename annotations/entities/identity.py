"""Who or what the mentions of a document name: how an entity is written, and which mentions are its.

A person writes a name (`Inês Duarte`), an id (`Q1234`, `viaf:123`, a web address) or both, the name first.
"""

import regex
from msgspec import Struct

from annotations.model.document_facts import Refusal
from annotations.model.span import Span, SpanKey
from annotations.model.span_index import SpanIndex
from annotations.model.value import Entity

ARTICLES = frozenset(["the", "a", "an"])
_POSSESSIVE = regex.compile(r"['’]s?$")
_ID = regex.compile(r"(?:https?://|[A-Za-z][\w.-]*:)\S+|Q[0-9]+")


class Alias(Struct, frozen=True):
    """A name that is likely another name of somebody or something."""

    words: str
    reason: str
    """Why, in a few words."""
    mentions: tuple[SpanKey, ...]


class Proposal(Struct, frozen=True):
    """Names that are likely one entity's."""

    entity: Entity
    """What it would be called: what a person named it, else its longest name."""
    label: str
    mentions: tuple[SpanKey, ...]
    """Those that go by the name itself."""
    aliases: tuple[Alias, ...]


def canonical(words: str) -> str:
    """A name as one would list it: on one line, without an article before and a 's after it."""
    listed = _POSSESSIVE.sub("", " ".join(words.split()))
    first, _, rest = listed.partition(" ")
    return rest if rest and first.casefold() in ARTICLES else listed


def written(entity: Entity) -> str:
    """An entity as a person writes it, on one line."""
    return " ".join(part for part in (entity.name, entity.id) if part)


def parse_entity(text: str) -> Entity | None:
    """The entity that somebody wrote, `None` for nothing."""
    *name, last = text.split() or [""]
    if _ID.fullmatch(last):
        return Entity(" ".join(name), last)
    return Entity(" ".join((*name, last))) if last else None


def entity_of(span: Span) -> Entity | None:
    """The entity that a mention was said to name."""
    return span.value if isinstance(span.value, Entity) else None


def id_of(span: Span) -> str:
    """The id of the entity that a mention was said to name, empty where it has none."""
    entity = entity_of(span)
    return entity.id if entity else ""


def called_so(text: str, mention: Span) -> str:
    """What a mention goes by: the entity it was said to name, else its words, on one line."""
    entity = entity_of(mention)
    return written(entity) if entity else " ".join(text[mention.start : mention.end].split())


def mentions_of(text: str, spans: SpanIndex, mention: Span) -> list[Span]:
    """The mentions of the same entity, in reading order, this one among them; no rejected one.

    Of an entity that has a name, those of that entity; else those of the same words and label.
    """
    entity = entity_of(mention)
    words = text[mention.start : mention.end].split()
    return [
        span
        for span in spans
        if not span.rejected
        and entity_of(span) == entity
        and (entity or (span.label == mention.label and text[span.start : span.end].split() == words))
    ]


def refusal(proposal: Proposal, alias: Alias) -> Refusal:
    """What to remember when a person says that a name is none of an entity."""
    return (proposal.label, written(proposal.entity), alias.words)
