"""A setting that is a text or a list of texts: `from`, `example` and `counterexample` of a label."""

from collections.abc import Callable

from annotations.model.errors import AnnotateError


def read_several(value: object, what: str, error: Callable[[str], AnnotateError]) -> tuple[str, ...]:
    """The texts, each once, in their order; an empty text gives none. `what` says what the setting must be.

    If the value is wrong, raises the error that `error` makes from a sentence.
    """
    texts = [] if value == "" else [value] if isinstance(value, str) else value
    if not isinstance(texts, list) or not all(isinstance(text, str) and text for text in texts):
        raise error(f"{what}, not {value!r}")
    return tuple(dict.fromkeys(texts))
