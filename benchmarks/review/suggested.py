"""What the program suggests in the articles of a corpus: computed once, then kept in a folder."""

import random
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from annotations.model.source import source_as_text, source_from_text
from annotations.model.span import Span
from annotations.suggest.chunking import chunks
from annotations.suggest.registry import Pipelines, choose
from annotations.suggest.suggester import Suggester, second_readings
from benchmarks.review.gold import Article, Corpus

SUGGESTERS = ("dates", "pipeline")


class Found(Struct, frozen=True):
    """What is suggested in one article, in the order of the suggesters."""

    spans: list[Span]
    second_readings: list[Span]
    """What the pipeline found possible but does not suggest."""


class Suggested(Struct, frozen=True):
    """An article and what is suggested in it."""

    article: Article
    found: Found


def read_corpus(corpus: Corpus, folder: Path, cache: Path) -> list[Suggested]:
    """The articles of a corpus with their suggestions, in the corpus's own order."""
    articles = corpus.read(folder)
    kept = cache / f"{corpus.name}.json"
    if kept.exists():
        found = msgspec.json.decode(kept.read_bytes(), type=list[Found], dec_hook=source_from_text)
    else:
        pipelines = Pipelines(lambda: None)
        suggesters = [choose(name).load(pipelines) for name in SUGGESTERS]
        found = [_suggestions(article.text, suggesters) for article in articles]
        cache.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(msgspec.json.encode(found, enc_hook=source_as_text))
    return [
        Suggested(_aligned(article, one.spans) if corpus.aligned else article, one)
        for article, one in zip(articles, found, strict=True)
    ]


def stream(corpus: Corpus, articles: list[Suggested], seed: int) -> list[Suggested]:
    """The articles in the order in which one person reviews them."""
    shuffled = random.Random(seed).sample(articles, len(articles))
    return shuffled[: corpus.most]


def _suggestions(text: str, suggesters: list[Suggester]) -> Found:
    found = Found([], [])
    for suggester in suggesters:
        for start, end in chunks(text):
            found.spans.extend(_moved(suggester.suggest(text[start:end]), start))
            found.second_readings.extend(_moved(second_readings(suggester), start))
    return found


def _moved(spans: list[Span], by: int) -> list[Span]:
    return [replace(span, start=span.start + by, end=span.end + by) for span in spans]


def _aligned(article: Article, spans: list[Span]) -> Article:
    """The article with gold changed so that a name includes `the` where the pipeline's suggestion does."""
    suggested = {(span.start, span.end) for span in spans}

    def as_suggested(start: int, end: int) -> tuple[int, int]:
        wider = (start - 4, end)
        has_the = article.text[max(0, start - 4) : start].lower() == "the "
        return (
            wider if has_the and wider in suggested and (start, end) not in suggested else (start, end)
        )

    gold = {as_suggested(*extent): label for extent, label in article.gold.items()}
    return Article(article.name, article.text, gold)
