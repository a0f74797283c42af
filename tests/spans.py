"""Sources of spans for tests, written as in files."""

from annotations.model.source import Source, sources_of


def said_by(*texts: str) -> tuple[Source, ...]:
    """The sources of a span: `said_by("model 1", "ann")`."""
    return sources_of(texts)
