"""Suggestions from a spaCy pipeline: its entities, its span groups and the results of its rules."""

import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import spacy
import srsly
from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan

from annotations.dates.document_dates import DATE_LABELS
from annotations.dates.scheme import DEFAULT_DATES, DateSettings
from annotations.dates.verbs import VerbForm, Verbs
from annotations.model.source import Source
from annotations.model.span import Span, SpanKey, reading_order
from annotations.model.value import Entity
from annotations.suggest.chunking import LIMIT, UNIT
from annotations.suggest.sources.confidence import Scores, can_score, score_entities
from annotations.suggest.sources.model import Model, ModelError
from annotations.suggest.sources.second_reading import SecondReading

_TAGGING = {"tagger", "morphologizer", "attribute_ruler", "lemmatizer", "trainable_lemmatizer"}
_BLIND_TO_TAGS = {"tok2vec", "parser", "senter", "sentencizer", "ner", "textcat", "textcat_multilabel"}
_TAGGERS = {"tagger", "morphologizer"}
_TAGS = {"TAG", "POS", "MORPH", "LEMMA", "DEP"}
_BY_TAG: dict[str, VerbForm] = {
    "VBD": "past",
    "VBN": "participle",
    "VBZ": "present",
    "VBP": "present",
    "MD": "modal",
    "VB": "base",
    "VBG": "gerund",
}
"""The forms of verbs by the tags of the Penn Treebank (Marcus et al. 1993)."""
_LABELS_OF_SPANS = {"doc.ents", "doc.spans"}


class PipelineSuggester:
    """A spaCy pipeline as a suggester.

    `check` is called before each component; what it raises ends the reading. Raises `ModelError` when the
    pipeline cannot be loaded.
    """

    unit = UNIT

    def __init__(self, model: Model, check: Callable[[], None] = lambda: None) -> None:
        self._check = check
        self.source = model.source
        with warnings.catch_warnings():
            # Pipelines of other versions of spaCy work, but print a long warning (W095).
            warnings.simplefilter("ignore")
            self.nlp = _load(model)
            """The pipeline itself; `TokenSuggester` uses its tokenizer too."""
        self.nlp.max_length = max(self.nlp.max_length, LIMIT)
        self.labels = _labels(self.nlp)
        self._knows_dates = not DATE_LABELS.isdisjoint(self.labels)
        self.verbs: Verbs | None = None
        """The verbs of the last unit, by the pipeline's tags; `None` if it has no labels for dates."""
        self.language: str = self.nlp.lang or ""
        self.second_readings: list[Span] = []
        """The names that it considered in the last unit, and does not suggest."""

    def suggest(self, text: str, dates: DateSettings = DEFAULT_DATES) -> list[Span]:
        """The suggestions for one unit in reading order, at offsets into that unit."""
        with warnings.catch_warnings(), self.nlp.memory_zone():
            warnings.simplefilter("ignore")
            doc = self.nlp.make_doc(text)
            scores: Scores = {}
            readings: list[SecondReading] = []
            for _, component in self.nlp.pipeline:
                self._check()
                if can_score(component):
                    found, others = score_entities(component, doc)
                    scores |= found
                    readings += others
                else:
                    doc = component(doc)
            self.verbs = verbs_of_doc(doc) if self._knows_dates else None
            self.second_readings = _second_readings(doc, self.source, readings)
            return spans_of(doc, self.source, scores)


def spans_of(doc: Doc, source: Source, scores: Scores) -> list[Span]:
    """The entities and span groups of a processed document, in reading order.

    White space at their edges is cut off; a span without a label gets the name of its group as label.
    """
    text = doc.text  # built from the tokens at every access
    spans: dict[SpanKey, Span] = {}
    for found, label, score, beside in _labelled(doc, scores):
        start, end = trimmed(text, found.start_char, found.end_char)
        if start == end or not label:
            continue
        identity = found.kb_id_ or found.id_
        value = Entity(id=identity, origin="rule") if identity else None
        span = Span(start, end, label, sources=(source,), score=score, beside=beside, value=value)
        spans.setdefault(span.key, span)
    return sorted(spans.values(), key=reading_order)


def verbs_of_doc(doc: Doc) -> Verbs | None:
    """The verbs of a document, by its tags of the Penn Treebank, otherwise by its morphology in Universal
    Dependencies. `None` if it has neither."""
    if doc.has_annotation("TAG"):
        forms = {token.idx: _BY_TAG[token.tag_] for token in doc if token.tag_ in _BY_TAG}
        if forms:
            return Verbs(forms)
    if not doc.has_annotation("MORPH"):
        return None
    found = ((token.idx, _form(token.morph.to_dict())) for token in doc)
    return Verbs({start: form for start, form in found if form is not None})


def _form(features: dict[str, str]) -> VerbForm | None:
    match features.get("VerbForm"):
        case "Fin":
            return "past" if features.get("Tense") in ("Past", "Imp") else "present"
        case "Part":
            return "participle"
        case "Inf":
            return "base"
        case "Ger":
            return "gerund"
    return None


def _second_readings(doc: Doc, source: Source, readings: list[SecondReading]) -> list[Span]:
    """Possible names as spans in reading order; the score is the likelihood that a name begins there."""
    text, found = doc.text, dict[SpanKey, Span]()
    taken = {token.i for entity in doc.ents for token in entity}
    for reading in readings:
        if not taken.isdisjoint(range(reading.start, reading.end)):
            continue
        last = doc[reading.end - 1]
        start, end = trimmed(text, doc[reading.start].idx, last.idx + len(last))
        if start < end:
            score = round(reading.beginning, 4)
            span = Span(start, end, reading.label, sources=(source,), score=score)
            found.setdefault(span.key, span)
    return sorted(found.values(), key=reading_order)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without the white space at its edges; empty if there is nothing else in it."""
    while start < end and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end


def _labelled(doc: Doc, scores: Scores) -> Iterator[tuple[DocSpan, str, float | None, float | None]]:
    for entity in doc.ents:
        label = entity.label_
        score, beside = scores.get((entity.start, entity.end, label), (None, None))
        yield entity, label, score, beside
    for name, group in doc.spans.items():
        certainties = group.attrs.get("scores")
        for place, span in enumerate(group):
            score = None if certainties is None else float(certainties[place])
            yield span, span.label_ or name, score, None


def _load(model: Model) -> Language:
    try:
        if model.folder is None:
            return spacy.load(model.name)
        unneeded = _unneeded(model.folder)
        if model.installed:
            return spacy.util.load_model_from_package(model.name, exclude=unneeded)
        return spacy.util.load_model_from_path(model.folder, exclude=unneeded)
    except Exception as error:
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise ModelError(f"The pipeline {model.source} cannot be loaded: {reason}") from error


def _unneeded(folder: Path) -> list[str]:
    """The components of a saved pipeline that have no effect on any span.

    The recogniser does read the sentence starts a parser sets, since no entity crosses one, but no
    tag or lemma. Tags are needed only near dates. If a component might use them, such as rules over tokens,
    everything is kept.
    """
    config: dict[str, Any] = spacy.util.load_config(folder / "config.cfg")
    factories = {
        name: config["components"][name].get("factory", "") for name in config["nlp"]["pipeline"]
    }
    if not set(factories.values()) <= _TAGGING | _BLIND_TO_TAGS:
        return []
    if any(f == "attribute_ruler" and _sets_more_than_tags(folder / n) for n, f in factories.items()):
        return []
    meta: dict[str, Any] = srsly.read_json(folder / "meta.json")
    labels = {label for of in meta.get("labels", {}).values() for label in of}
    # The tags of verbs are read for the tense near a date; they cost almost nothing.
    needed = set() if DATE_LABELS.isdisjoint(labels) else _TAGGERS
    return [name for name, factory in factories.items() if factory in _TAGGING - needed]


def _sets_more_than_tags(component: Path) -> bool:
    rules = srsly.read_msgpack(component / "patterns")
    return any(set(rule["attrs"]) - _TAGS for rule in rules)


def _labels(nlp: Language) -> tuple[str, ...]:
    labels: set[str] = set()
    for name in nlp.pipe_names:
        if _LABELS_OF_SPANS & set(nlp.get_pipe_meta(name).assigns):
            labels.update(getattr(nlp.get_pipe(name), "labels", ()))
    return tuple(sorted(labels - {""}))
