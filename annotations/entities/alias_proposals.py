"""Mentions that are probably the same entity: the proposals and their reasons. Nothing is merged here.

Names are compared without accents, titles, articles and a possessive 's, ignoring case. A name probably
means another one when it is the same in this form; when it is the acronym in brackets after the other;
when it is the beginning or end of exactly one longer name (a surname after a full name); or when its
words are initials of the other's words or are spelled similarly (Jaro-Winkler and Damerau-Levenshtein
similarity, from the `rapidfuzz` library). Only names of one label are compared, never dates and
numbers.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Generator, Hashable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache

import regex
from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from annotations.dates.document_dates import is_date
from annotations.entities.identity import Alias, Proposal, canonical, written
from annotations.entities.steps import STEP, WorkDone, sorted_in_steps
from annotations.model.document_facts import Refusal
from annotations.model.span import Span, SpanKey
from annotations.model.value import Entity

# fmt: off
TITLES = frozenset([
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "lord", "lady",
    "president", "prime", "minister", "chancellor", "mayor", "senator", "sen", "representative", "rep",
    "governor", "gov", "ambassador", "secretary", "judge", "justice", "chief", "king", "queen",
    "prince", "princess", "emperor", "pope", "cardinal", "bishop", "archbishop", "father", "sister",
    "sheikh", "imam", "rabbi", "general", "gen", "colonel", "col", "captain", "capt", "lieutenant",
    "lt", "sergeant", "sgt", "admiral", "herr", "frau", "senor", "senora", "sr", "sra", "don", "dona",
    "monsieur", "madame", "m", "mme", "signor", "signora",
])
# fmt: on
"""Words before a name that do not belong to it, in the lower-case form that is compared."""
UNNAMED = frozenset(["CARDINAL", "ORDINAL", "PERCENT", "MONEY", "QUANTITY", "DATE", "TIME"])
"""Labels (of OntoNotes) for spans that are not names."""
# fmt: off
NO_PEOPLE = frozenset([
    "GPE", "LOC", "ORG", "FAC", "NORP", "EVENT", "LAW", "LANGUAGE", "PRODUCT", "WORK_OF_ART", "MISC",
    "LOCATION", "ORGANIZATION", "ORGANISATION",
])
# fmt: on
"""Labels of names whose beginning or end is a different name: York is not New York."""
ALIKE = 0.85
"""The lowest Jaro-Winkler similarity at which two words next to equal words count as similarly spelled.
"""
SINGLE = 5
"""The fewest letters of a name of one word that can be recognised by its spelling alone."""

_EDGES = regex.compile(r"[^\p{L}\p{N}&]+$|^[^\p{L}\p{N}]+")
_ARABIC_ARTICLE = regex.compile(r"^(?:al|el|an|as|ad|ar)-(?=\p{L}{3})")
_ACRONYM = regex.compile(r"\s*\(\s*(?:the\s+)?([\p{L}\p{N}.&-]{2,12})\s*\)")


@dataclass(eq=False)
class _Name:
    """One way of writing one name under one label."""

    words: str
    label: str
    entity: Entity | None
    plain: tuple[str, ...]
    mentions: list[SpanKey] = field(default_factory=list)
    of: "_Name | None" = None
    reason: str = ""

    @property
    def root(self) -> "_Name":
        """The name that this one probably means; the name itself if there is none."""
        name = self
        while name.of is not None:
            name = name.of
        return name


def propose_aliases(
    text: str, spans: Iterable[Span], refused: frozenset[Refusal] = frozenset()
) -> Generator[None, None, list[Proposal]]:
    """Mentions that are probably one entity, in the order of the text, in steps of about a millisecond.

    Every mention is in at most one proposal. Mentions that a person named stay separate from mentions
    that they named differently, and what they refused is not proposed again.
    """
    names = yield from _gather(text, spans)
    work = WorkDone()
    by_label = yield from _grouped(names, lambda name: name.label)
    for group in by_label.values():
        for rule in (_same, _acronyms, _respelt, _ends, _singles):
            for link in rule(group, text):
                if link is None:
                    yield
                else:
                    _join(*link)
    for name in names:
        if work.ends_step():
            yield
        if name.of is not None and (name.label, written(_called(name.root)), name.words) in refused:
            name.of = None
    families = yield from _grouped(names, lambda name: id(name.root))
    proposals = []
    for family in families.values():
        if len(family) > 1:
            proposals.append(_proposal(family))
        if work.ends_step(sum(len(name.mentions) for name in family)):
            yield
    return [proposal for proposal in proposals if proposal.aliases]


def _grouped(
    names: list[_Name], by: Callable[[_Name], Hashable]
) -> Generator[None, None, dict[Hashable, list[_Name]]]:
    groups: dict[Hashable, list[_Name]] = defaultdict(list)
    for number, name in enumerate(names):
        if number % STEP == STEP - 1:
            yield
        groups[by(name)].append(name)
    return groups


def _gather(text: str, spans: Iterable[Span]) -> Generator[None, None, list[_Name]]:
    names: dict[tuple[str, Entity | None, str], _Name] = {}
    work = WorkDone()
    for span in spans:
        if work.ends_step():
            yield
        if span.rejected or span.label in UNNAMED or is_date(span):
            continue
        words = " ".join(text[span.start : span.end].split())
        entity = span.value if isinstance(span.value, Entity) else None
        key = (span.label, entity, words)
        if key not in names:
            plain = _plain(words, people=span.label not in NO_PEOPLE)
            names[key] = _Name(words, span.label, entity, plain)
        names[key].mentions.append(span.key)
    found = []
    for name in names.values():
        if work.ends_step():
            yield
        if name.plain:
            found.append(name)
    return found


@lru_cache(maxsize=4096)
def _plain(words: str, *, people: bool) -> tuple[str, ...]:
    """The words of a name in the form that is compared; none for a name without letters."""
    decomposed = unicodedata.normalize("NFD", canonical(words)).casefold()
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    plain = [_EDGES.sub("", word) for word in bare.split()]
    plain = [_ARABIC_ARTICLE.sub("", word) for word in plain if word]
    while people and len(plain) > 1 and plain[0] in TITLES:
        del plain[0]
    return tuple(plain) if any(sign.isalpha() for sign in bare) else ()


def _called(name: _Name) -> Entity:
    return name.entity or Entity(canonical(name.words))


_Link = tuple[_Name, _Name, str]
"""A name, the name that it probably means, and the reason."""


def _same(names: list[_Name], text: str) -> Generator[_Link | None, None, None]:
    """The same except for accents, case, titles and articles; or the same words as a mention that a
    person named.
    """
    first: dict[tuple[str, ...], _Name] = {}
    work = WorkDone()
    plainest_first = yield from sorted_in_steps(names, _plainness)
    for name in plainest_first:
        if work.ends_step():
            yield None
        long = first.setdefault(name.plain, name)
        if long is not name:
            yield name, long, "the same words" if long.words == name.words else "written differently"
    by_call = {}
    for name in names:
        if work.ends_step():
            yield None
        if name.entity:
            by_call[_plain(name.entity.name, people=True)] = name
    for name in names:
        if work.ends_step():
            yield None
        if name.entity is None and name.plain in by_call:
            yield name, by_call[name.plain], "the same words"


def _plainness(name: _Name) -> tuple[bool, bool, int, int]:
    """A sort key: first come forms named by a person, not in capitals, without extra words, frequent."""
    extra = len(name.words.split()) - len(name.plain)
    return (name.entity is None, name.words.isupper(), extra, -len(name.mentions))


def _acronyms(names: list[_Name], text: str) -> Generator[_Link | None, None, None]:
    """The acronym in brackets after a name that introduces it."""
    by_plain = {}
    work = WorkDone()
    for name in names:
        if work.ends_step():
            yield None
        by_plain[name.plain] = name
    for name in names:
        if work.ends_step():
            yield None
        if len(name.plain) < 2:
            continue
        for mention in name.mentions:
            if work.ends_step():
                yield None
            if "(" not in text[mention.end : mention.end + 3]:
                continue
            found = _ACRONYM.match(text, mention.end)
            if found is None or sum(sign.isupper() for sign in found[1]) < 2:
                continue
            short = by_plain.get(_plain(found[1], people=False))
            if short is not None and _abbreviates("".join(short.plain), name.plain):
                yield short, name, "in brackets after it"
                break


def _abbreviates(short: str, words: tuple[str, ...]) -> bool:
    """Whether the letters occur in the words in the same order, the first one at the beginning."""
    letters = iter("".join(words))
    bare = short.replace(".", "").replace("-", "")
    return bare[:1] == words[0][:1] and all(letter in letters for letter in bare)


def _respelt(names: list[_Name], text: str) -> Generator[_Link | None, None, None]:
    """The same number of words, all equal but one, which is similarly spelled or an initial."""
    by_rest: dict[tuple[int, int, tuple[str, ...]], list[_Name]] = defaultdict(list)
    work = WorkDone()
    for name in names:
        if work.ends_step():
            yield None
        for place in range(len(name.plain)) if len(name.plain) > 1 else ():
            if any(sign.isdigit() for sign in name.plain[place]):
                continue
            rest = name.plain[:place] + name.plain[place + 1 :]
            for other in by_rest[len(name.plain), place, rest]:
                if work.ends_step():
                    yield None
                one, two = name.plain[place], other.plain[place]
                if one == two:
                    continue
                if len(one) == 1 or len(two) == 1:
                    if one[0] == two[0]:
                        short, long = (name, other) if len(one) == 1 else (other, name)
                        yield short, long, "an initial of it"
                elif JaroWinkler.similarity(one, two) >= ALIKE:
                    rarer, commoner = sorted((name, other), key=lambda n: len(n.mentions))
                    yield rarer, commoner, "similar spelling"
            by_rest[len(name.plain), place, rest].append(name)


def _ends(names: list[_Name], text: str) -> Generator[_Link | None, None, None]:
    """The first or the last word of exactly one longer name."""
    longer: dict[str, list[_Name]] = defaultdict(list)
    work = WorkDone()
    for name in names:
        if work.ends_step():
            yield None
        if len(name.plain) > 1 and name.label not in NO_PEOPLE:
            for word in {name.plain[0], name.plain[-1]}:
                longer[word].append(name)
    for name in names:
        if work.ends_step():
            yield None
        if len(name.plain) == 1 and len(name.plain[0]) > 1:
            found = {}
            for long in longer[name.plain[0]]:
                if work.ends_step():
                    yield None
                found[id(long.root)] = long.root
            if len(found) == 1:
                (long,) = found.values()
                which = "last" if long.plain[-1] == name.plain[0] else "first"
                yield name, long, f"its {which} word"


def _singles(names: list[_Name], text: str) -> Generator[_Link | None, None, None]:
    """Names of one word that differ by one typing error, if nothing else is known about one of them.

    Two such words are equal after one letter is left out of one or of both (the symmetric
    deletion of W. Garbe's SymSpell), so that not every pair must be compared.
    """
    shorter: dict[str, list[_Name]] = defaultdict(list)
    work = WorkDone()
    for name in names:
        if work.ends_step():
            yield None
        word = name.plain[0]
        if len(name.plain) > 1 or len(word) < SINGLE or not word.isalpha():
            continue
        forms = {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}
        near: dict[int, _Name] = {}
        for form in sorted(forms):
            if work.ends_step():
                yield None
            near |= {id(other): other for other in shorter[form]}
        for other in near.values():
            if work.ends_step():
                yield None
            if name.root is not name and other.root is not other:
                continue
            if DamerauLevenshtein.distance(word, other.plain[0]) == 1:
                rarer, commoner = sorted((name, other), key=lambda n: len(n.mentions))
                if rarer.root is not rarer:
                    rarer, commoner = commoner, rarer
                yield rarer, commoner, "similar spelling"
        for form in forms:
            shorter[form].append(name)


def _join(short: _Name, long: _Name, reason: str) -> None:
    one, two = short.root, long.root
    if one is two or (one.entity and two.entity and one.entity != two.entity):
        return
    # A name that a person gave is kept; otherwise the longer name is kept.
    if one.entity and not two.entity:
        one, two, short = two, one, long
    if short.of is None:
        short.of, short.reason = two, reason
    else:
        one.of, one.reason = two, reason


def _proposal(family: list[_Name]) -> Proposal:
    root = family[0].root
    entity = _called(root)
    settled = [name for name in family if name is root or (root.entity and name.entity == root.entity)]
    mentions = sorted(key for name in settled for key in name.mentions)
    aliases = [
        Alias(name.words, name.reason, tuple(name.mentions)) for name in family if name not in settled
    ]
    return Proposal(entity, root.label, tuple(mentions), tuple(aliases))
