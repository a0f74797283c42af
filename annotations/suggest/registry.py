"""Suggesters by name: `pipeline`, `pipeline:en_core_web_sm`, `patterns:places.jsonl`."""

from collections.abc import Callable
from dataclasses import dataclass

from annotations.model.errors import AnnotateError
from annotations.suggest.sources.model import Model, find_model
from annotations.suggest.sources.pattern_file import PatternFile, read_patterns
from annotations.suggest.suggester import Suggester


@dataclass(frozen=True)
class Choice:
    """A suggester that is there to be loaded."""

    source: str
    """What will stand in the sources of its spans."""
    load: Callable[[], Suggester]
    """Gets it ready to read, which may take seconds; raises `AnnotateError`."""


def choose(name: str) -> Choice:
    """The suggester of that name: what kind it is and, behind a colon, which one.

    Loads nothing. Raises `AnnotateError` when there is no such suggester, pipeline or pattern file.
    """
    kind, _, what = name.partition(":")
    match kind:
        case "pipeline":
            model = find_model(what)
            return Choice(model.source, lambda: _pipeline(model))
        case "patterns":
            file = read_patterns(what)
            return Choice(file.source, lambda: _patterns(file))
        case "dates":
            return Choice("dates", _dates)
        case "tokens":
            model = find_model(what)
            return Choice(f"tokens of {model.source}", lambda: _tokens(model))
    raise AnnotateError(
        f"There is no suggester {name}; name pipeline, pipeline:NAME, patterns:FILE or dates."
    )


def _pipeline(model: Model) -> Suggester:
    from annotations.dates.language import languages
    from annotations.suggest.sources.corrected_dates import MendedSuggester
    from annotations.suggest.sources.pipeline import PipelineSuggester

    pipeline = PipelineSuggester(model)
    has_rules = pipeline.language in languages()
    return MendedSuggester(pipeline, pipeline.language) if has_rules else pipeline


def _patterns(file: PatternFile) -> Suggester:
    from annotations.suggest.sources.patterns import PatternSuggester

    return PatternSuggester(file)


def _dates() -> Suggester:
    from annotations.dates.matcher import recognise
    from annotations.suggest.sources.dates import RuleSuggester

    return RuleSuggester("dates", ("DATE", "TIME"), recognise)


def _tokens(model: Model) -> Suggester:
    from annotations.suggest.sources.tokens import TokenSuggester

    return TokenSuggester(model)
