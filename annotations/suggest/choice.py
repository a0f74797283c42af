"""Suggesters by name: `pipeline`, `pipeline:en_core_web_sm`, `patterns:places.jsonl`, `dates`."""

from annotations.errors import AnnotateError
from annotations.suggest.suggester import Suggester


def source_of(name: str) -> str:
    """The source of a suggester's spans, without loading the suggester.

    Raises `AnnotateError` when there is no such suggester, pipeline or pattern file.
    """
    kind, _, what = name.partition(":")
    match kind:
        case "pipeline":
            from annotations.suggest.model import find_model

            return find_model(what).source
        case "patterns":
            from annotations.suggest.pattern_file import read_patterns

            return read_patterns(what).source
        case "dates":
            return "dates"
    raise _unknown(name)


def load_suggester(name: str) -> Suggester:
    """The suggester of that name, ready to read; this may take seconds.

    Raises `AnnotateError` when it cannot be had.
    """
    kind, _, what = name.partition(":")
    match kind:
        case "pipeline":
            from annotations.suggest.model import find_model
            from annotations.suggest.pipeline import PipelineSuggester

            return PipelineSuggester(find_model(what))
        case "patterns":
            from annotations.suggest.pattern_file import read_patterns
            from annotations.suggest.patterns import PatternSuggester

            return PatternSuggester(read_patterns(what))
        case "dates":
            pass
    raise _unknown(name)


def _unknown(name: str) -> AnnotateError:
    return AnnotateError(
        f"There is no suggester {name}; name pipeline, pipeline:NAME, patterns:FILE or dates."
    )
