"""Suggestions from a pattern file: names and token patterns found by spaCy's matchers."""

from collections import defaultdict

import spacy
from spacy.matcher import Matcher, PhraseMatcher
from spacy.tokens import Span as DocSpan
from spacy.util import filter_spans

from annotations.dates.scheme import DEFAULT_DATES, DateSettings
from annotations.model.span import Span, SpanKey, reading_order
from annotations.model.value import Entity
from annotations.suggest.chunking import UNIT
from annotations.suggest.sources.pattern_file import PatternFile
from annotations.suggest.sources.pipeline import trimmed

_NEED_A_PIPELINE = {"TAG", "POS", "MORPH", "LEMMA", "DEP", "ENT_TYPE", "ENT_IOB", "ENT_ID"}


class PatternSuggester:
    """The patterns of a file as a suggester; text is divided into tokens as in English.

    Of matches with the same label that overlap, the longest counts. Raises `PatternError` for a
    pattern that spaCy does not accept.
    """

    unit = UNIT

    def __init__(self, file: PatternFile) -> None:
        self.source = file.source
        self.labels = tuple(sorted({pattern.label for pattern in file.patterns}))
        self._file = file
        self._nlp = spacy.blank("en")
        self._matcher = Matcher(self._nlp.vocab, validate=True)
        self._phrases = PhraseMatcher(self._nlp.vocab)
        for place, pattern in enumerate(file.patterns):
            if isinstance(pattern.pattern, str):
                self._phrases.add(str(place), [self._nlp.make_doc(pattern.pattern)])
            else:
                self._add_tokens(place, pattern.pattern)

    def suggest(self, text: str, dates: DateSettings = DEFAULT_DATES) -> list[Span]:
        """The suggestions for one unit in reading order, at offsets into that unit."""
        with self._nlp.memory_zone():
            return self._found(text)

    def _found(self, text: str) -> list[Span]:
        doc = self._nlp.make_doc(text)
        by_label: defaultdict[str, list[DocSpan]] = defaultdict(list)
        for name, first, end in (*self._matcher(doc), *self._phrases(doc)):
            pattern = self._file.patterns[int(self._nlp.vocab.strings[name])]
            by_label[pattern.label].append(DocSpan(doc, first, end, span_id=pattern.id))
        spans: dict[SpanKey, Span] = {}
        for label, matches in by_label.items():
            for match in filter_spans(matches):
                start, end = trimmed(text, match.start_char, match.end_char)
                if start < end:
                    value = Entity(id=match.id_, origin="rule") if match.id_ else None
                    span = Span(start, end, label, sources=(self.source,), value=value)
                    spans.setdefault(span.key, span)
        return sorted(spans.values(), key=reading_order)

    def _add_tokens(self, place: int, tokens: list[dict[str, object]]) -> None:
        needed = {name.upper() for token in tokens for name in token} & _NEED_A_PIPELINE
        if needed:
            raise self._file.error(
                place, f"{min(needed)} is known only inside a pipeline; use text, lower or shape."
            )
        try:
            self._matcher.add(str(place), [tokens])
        except MemoryError:
            raise self._file.error(place, "the pattern needs too much memory.") from None
        except Exception as error:
            reason = " ".join(str(error).split()) or type(error).__name__
            raise self._file.error(place, f"spaCy does not take the pattern: {reason}") from error
