"""Sources of spans for tests, written as in files."""

from annotations.model.source import Source, sources_of


def sources_named(*texts: str) -> tuple[Source, ...]:
    """The sources of a span: `sources_named("model 1", "ann")`."""
    return sources_of(texts)
