"""Articles with gold annotations, from corpora in CoNLL columns, and the label scheme of each corpus."""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from annotations.model.label_scheme import Label, LabelScheme

Token = tuple[str, str]
"""A word and its tag."""
Gold = dict[tuple[int, int], str]
"""Labels by extent (code points, end exclusive)."""
_NO_SPACE_BEFORE = frozenset([*".,;:!?)]}%", "'s", "’s", "n't", "'", "’", "”", "''", "...", "…"])
_NO_SPACE_BEHIND = frozenset("([{“‘$£€#")
_WRITTEN = {"-LRB-": "(", "-RRB-": ")", "``": "“", "''": "”"}
_SENTENCES_OF_A_PARAGRAPH = 3
"""The corpora do not keep paragraphs, so they are made of this many sentences."""


class Article(Struct, frozen=True):
    """A text and its gold annotations."""

    name: str
    text: str
    gold: Gold


class Corpus(Struct, frozen=True):
    """A corpus and the label scheme with which a project would annotate it."""

    name: str
    read: Callable[[Path], list[Article]]
    scheme: LabelScheme
    aligned: bool = False
    """Whether gold is changed to have a leading `the` where the pipeline has it, so that this is not an error."""
    most: int | None = None
    """How many articles are reviewed; `None` means all."""


def _scheme(sources: Mapping[str, Sequence[str]]) -> LabelScheme:
    return LabelScheme(
        tuple(Label(name, sources=tuple(says)) for name, says in sources.items()), own=True
    )


def _sentences(path: Path, word: int, tag: int, separator: str | None = None) -> Iterator[list[Token]]:
    sentence: list[Token] = []
    for line in path.read_text("utf-8").split("\n"):
        columns = line.split(separator)
        if len(columns) <= max(word, tag, 1) or not columns[word].strip():
            if sentence:
                yield sentence
            sentence = []
        else:
            sentence.append((columns[word].strip(), columns[tag].split(",")[0].strip()))
    if sentence:
        yield sentence


def _article(name: str, sentences: Sequence[list[Token]], a_paragraph: int) -> Article:
    text, gold = "", Gold()
    for number, sentence in enumerate(sentences):
        text += ("\n\n" if number % a_paragraph == 0 else " ") if text else ""
        glue, quoted, at = True, False, list[tuple[int, int]]()
        for written, _ in sentence:
            token = _WRITTEN.get(written, written)
            closing = token in _NO_SPACE_BEFORE
            if token == '"':
                closing, quoted = quoted, not quoted
            text += "" if glue or closing else " "
            at.append((len(text), len(text) + len(token)))
            text += token
            glue = token in _NO_SPACE_BEHIND or (token == '"' and quoted)
        for first, last, label in _runs([tag for _, tag in sentence]):
            gold[at[first][0], at[last][1]] = label
    return Article(name, text, gold)


def _runs(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """The first token, the last token and the label of each entity."""
    begun: int | None = None
    for place, tag in enumerate([*tags, "O"]):
        goes_on = begun is not None and tag[0] not in "OBSU" and tag[2:] == tags[begun][2:]
        if begun is not None and not goes_on:
            yield begun, place - 1, tags[begun][2:]
            begun = None
        if tag != "O" and begun is None:
            begun = place


def _re3d(folder: Path) -> list[Article]:
    files = sorted((folder / "re3d").rglob("*.conll"))
    read = [(path.stem[:8], list(_sentences(path, 0, -1))) for path in files]
    return [_article(name, found, _SENTENCES_OF_A_PARAGRAPH) for name, found in read if len(found) > 2]


def _wikigold(folder: Path) -> list[Article]:
    articles: list[list[list[Token]]] = [[]]
    for sentence in _sentences(folder / "wikigold" / "wikigold.conll", 1, 2, "\t"):
        if sentence[0][0] == "-DOCSTART-":
            articles.append([])
            sentence = sentence[1:]
        if sentence:
            articles[-1].append(sentence)
    long = [article for article in articles if len(article) > 2]
    return [
        _article(f"wikigold {number}", one, _SENTENCES_OF_A_PARAGRAPH) for number, one in enumerate(long)
    ]


def _wnut17(folder: Path) -> list[Article]:
    names = ("wnut17train.conll", "emerging.dev.conll", "emerging.test.annotated")
    sentences = [s for name in names for s in _sentences(folder / "wnut17" / name, 0, 1, "\t")]
    random.Random(0).shuffle(sentences)
    parts = [sentences[first : first + 20] for first in range(0, len(sentences) - 19, 20)]
    articles = [_article(f"wnut17 {number}", part, 1) for number, part in enumerate(parts)]
    return random.Random(0).sample(articles, 90)


CORPORA = (
    Corpus(
        "wikigold+",
        _wikigold,
        _scheme(
            {
                "PER": ["PERSON"],
                "ORG": ["ORG"],
                "LOC": ["GPE", "LOC", "FAC"],
                "MISC": ["NORP", "EVENT", "WORK_OF_ART", "PRODUCT", "LANGUAGE", "LAW"],
            }
        ),
        aligned=True,
    ),
    Corpus(
        "re3d",
        _re3d,
        _scheme(
            {
                "Person": ["PERSON"],
                "Organisation": ["ORG"],
                "Location": ["GPE", "LOC", "FAC"],
                "Nationality": ["NORP"],
                "Temporal": ["DATE", "TIME"],
                "Money": ["MONEY"],
                "Quantity": ["QUANTITY", "CARDINAL", "PERCENT"],
                "Weapon": ["PRODUCT"],
            }
        ),
    ),
    Corpus(
        "wnut17",
        _wnut17,
        _scheme(
            {
                "person": ["PERSON"],
                "corporation": ["ORG"],
                "location": ["GPE", "LOC", "FAC"],
                "creative-work": ["WORK_OF_ART"],
                "product": ["PRODUCT"],
                "group": ["NORP"],
            }
        ),
        most=15,
    ),
)
