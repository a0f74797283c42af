"""The words of a pipeline, as a suggester: to tell which edges its training data can have."""

import warnings

import spacy

from annotations.model.span import Span
from annotations.suggest.chunking import LIMIT, UNIT
from annotations.suggest.sources.model import Model


class TokenSuggester:
    """Every token of a pipeline's tokenizer as a span; white space is none."""

    unit = UNIT
    labels = ("TOKEN",)

    def __init__(self, model: Model) -> None:
        self.source = f"tokens of {model.source}"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if model.folder is None:
                self._nlp = spacy.blank(model.name.removeprefix("blank:"))
            else:
                config = spacy.util.load_config(model.folder / "config.cfg")
                self._nlp = spacy.load(model.folder, exclude=config["nlp"]["pipeline"])
        self._nlp.max_length = max(self._nlp.max_length, LIMIT)

    def suggest(self, text: str) -> list[Span]:
        """The tokens of one unit in order, at offsets into it."""
        return [
            Span(token.idx, token.idx + len(token), "TOKEN", sources=(self.source,))
            for token in self._nlp.make_doc(text)
            if not token.is_space
        ]
