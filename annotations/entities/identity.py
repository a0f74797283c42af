"""The entities that a document mentions: how an entity is written, and which mentions belong to it.

A person writes a name (`Inês Duarte`), an id (`Q1234`, `viaf:123`, a web address) or both, the name
first.
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
    """A name that is probably another name of the same entity."""

    words: str
    reason: str
    """Why it probably is, in a few words."""
    mentions: tuple[SpanKey, ...]


class Proposal(Struct, frozen=True):
    """Names that probably belong to one entity."""

    entity: Entity
    """The name it would get: the one that a person gave it, otherwise its longest name."""
    label: str
    mentions: tuple[SpanKey, ...]
    """The mentions with the name itself."""
    aliases: tuple[Alias, ...]


def canonical(words: str) -> str:
    """A name as it is listed: on one line, without an article before it and a 's after it."""
    listed = _POSSESSIVE.sub("", " ".join(words.split()))
    first, _, rest = listed.partition(" ")
    return rest if rest and first.casefold() in ARTICLES else listed


def written(entity: Entity) -> str:
    """An entity as a person writes it, on one line."""
    return " ".join(part for part in (entity.name, entity.id) if part)


def parse_entity(text: str) -> Entity | None:
    """The entity that somebody wrote; `None` for an empty text."""
    *name, last = text.split() or [""]
    if _ID.fullmatch(last):
        return Entity(" ".join(name), last)
    return Entity(" ".join((*name, last))) if last else None


def entity_of(span: Span) -> Entity | None:
    """The entity that a person or an import gave a mention."""
    return span.value if isinstance(span.value, Entity) else None


def id_of(span: Span) -> str:
    """The id of the entity that a mention was given; empty if it has none."""
    entity = entity_of(span)
    return entity.id if entity else ""


def called_so(text: str, mention: Span) -> str:
    """The name of a mention: the entity that it was given, otherwise its words, on one line."""
    entity = entity_of(mention)
    return written(entity) if entity else " ".join(text[mention.start : mention.end].split())


def mentions_of(text: str, spans: SpanIndex, mention: Span) -> list[Span]:
    """The mentions of the same entity, in reading order, including this one, without rejected ones.

    If the entity has a name, these are the mentions of that entity; otherwise those with the same words
    and label.
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
    """What to remember when a person refuses a name for an entity."""
    return (proposal.label, written(proposal.entity), alias.words)
