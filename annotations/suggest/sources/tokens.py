"""The words of a pipeline, as a suggester: they show which edges its training data can have."""

import warnings

import spacy
from spacy.language import Language

from annotations.dates.scheme import DEFAULT_DATES, DateSettings
from annotations.model.source import Source
from annotations.model.span import Span
from annotations.suggest.chunking import LIMIT, UNIT
from annotations.suggest.sources.model import Model


def tokenizer_of(model: Model) -> Language:
    """A pipeline without its components: only the part that divides text into tokens."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if model.folder is None:
            nlp = spacy.blank(model.name.removeprefix("blank:"))
        else:
            config = spacy.util.load_config(model.folder / "config.cfg")
            nlp = spacy.load(model.folder, exclude=config["nlp"]["pipeline"])
    nlp.max_length = max(nlp.max_length, LIMIT)
    return nlp


class TokenSuggester:
    """Every token of a pipeline's tokenizer as a span, except white space."""

    unit = UNIT
    labels = ("TOKEN",)

    def __init__(self, source: Source, nlp: Language) -> None:
        self.source = source
        self._nlp = nlp

    def suggest(self, text: str, dates: DateSettings = DEFAULT_DATES) -> list[Span]:
        """The tokens of one unit in order, at offsets into it."""
        with self._nlp.memory_zone():
            return [
                Span(token.idx, token.idx + len(token), "TOKEN", sources=(self.source,))
                for token in self._nlp.make_doc(text)
                if not token.is_space
            ]
