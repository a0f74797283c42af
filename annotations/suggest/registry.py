"""Suggesters by name: `pipeline`, `pipeline:en_core_web_sm`, `patterns:places.jsonl`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotations.model.errors import AnnotateError
from annotations.model.source import DATE_RULES, Source
from annotations.suggest.sources.model import Model, find_model
from annotations.suggest.sources.pattern_file import PatternFile, read_patterns
from annotations.suggest.suggester import Suggester

if TYPE_CHECKING:
    from annotations.suggest.sources.pipeline import PipelineSuggester


class Pipelines:
    """The pipelines that a process has loaded, each only once for all uses.

    `check` is called between two components of a pipeline; an exception from it ends the reading.
    """

    def __init__(self, check: Callable[[], None]) -> None:
        self._check = check
        self._loaded: dict[Model, PipelineSuggester] = {}

    def load(self, model: Model) -> "PipelineSuggester":
        """The pipeline, ready to read. Raises `ModelError` when it cannot be loaded."""
        from annotations.suggest.sources.pipeline import PipelineSuggester

        if model not in self._loaded:
            self._loaded[model] = PipelineSuggester(model, self._check)
        return self._loaded[model]

    def tokens(self, model: Model) -> Suggester:
        """The tokens of the pipeline, from the pipeline if it is loaded, otherwise from its tokenizer alone."""
        from annotations.suggest.sources.tokens import TokenSuggester, tokenizer_of

        loaded = self._loaded.get(model)
        return TokenSuggester(model.source, loaded.nlp if loaded else tokenizer_of(model))


@dataclass(frozen=True)
class AvailableSuggester:
    """A suggester that exists and can be loaded."""

    source: Source
    """The future source of its spans."""
    load: Callable[[Pipelines], Suggester]
    """Prepares it for reading, which may take seconds; raises `AnnotateError`."""


def choose(name: str) -> AvailableSuggester:
    """The suggester with this name: its kind and, after a colon, which one.

    Loads nothing. Raises `AnnotateError` if there is no such suggester, pipeline or pattern file.
    """
    kind, _, what = name.partition(":")
    match kind:
        case "pipeline":
            model = find_model(what)
            return AvailableSuggester(
                model.source, lambda pipelines: _pipeline(model, pipelines, bool(what))
            )
        case "patterns":
            file = read_patterns(what)
            return AvailableSuggester(file.source, lambda pipelines: _patterns(file))
        case "dates":
            return AvailableSuggester(DATE_RULES, lambda pipelines: _dates())
        case "tokens":
            model = find_model(what)
            return AvailableSuggester(model.source, lambda pipelines: pipelines.tokens(model))
    raise AnnotateError(
        f"There is no suggester {name}; name pipeline, pipeline:NAME, patterns:FILE or dates."
    )


def _pipeline(model: Model, pipelines: Pipelines, chosen: bool) -> Suggester:
    from annotations.suggest.sources.dates import DateCorrector

    pipeline = pipelines.load(model)
    return DateCorrector(pipeline, pipeline.language, chosen)


def _patterns(file: PatternFile) -> Suggester:
    from annotations.suggest.sources.patterns import PatternSuggester

    return PatternSuggester(file)


def _dates() -> Suggester:
    from annotations.suggest.sources.dates import DateSuggester

    return DateSuggester()
