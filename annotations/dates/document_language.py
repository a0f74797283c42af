"""The language of a document, in which its dates, words and sentences are read.

A person can set it for the document. Otherwise it is the language that was given for the run, else that of
the pipeline that was chosen, else the one that the words of the document show, else English. The default
pipeline is English, but nobody chose it, so it says nothing about the documents: with it, German text is
read as German too.

The recogniser counts function words, which every text of a few sentences contains. Arabic and Chinese are
recognised by their script. It gives no language for a text that is short, mixed, a list of names, or in a
language that it does not know, even if that is similar to one that it knows.
"""

import os
import re
from collections import Counter
from functools import lru_cache

from msgspec import Struct

from annotations.model.errors import AnnotateError

ENGLISH = "en"
NAMES = {
    "ar": "Arabic", "de": "German", "en": "English", "es": "Spanish", "fr": "French", "it": "Italian",
    "nl": "Dutch", "pt": "Portuguese", "zh": "Chinese",
}  # fmt: skip
"""The names of the languages that are recognised, by code."""
_OTHERS = (
    "af am az bg bn bo ca cs da dsb el et eu fa fi fo ga gd grc gu he hi hr hsb hu hy id is ja kmr kn ko ky la"
    " lb lg lij lt lv mk ml mr ms nb ne nn pl ro ru sa si sk sl sq sr sv ta te th ti tl tn tr tt uk ur vi yo"
)
LANGUAGES = frozenset((*NAMES, *_OTHERS.split()))
"""The codes of all languages that spaCy has words for."""
_WORDS = {
    "en": "the of and to in that is was for on with as it by at from this be are have not were which their an",
    "de": "der die das und den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus"
    " er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber",
    "es": "el la de que y en los se del las por un para con no una su al lo como más pero sus le ha este o fue"
    " ya desde entre cuando también hasta sobre años",
    "fr": "le la les de des et en un une du dans que est pour qui par sur au pas plus il ne avec se ce sont son"
    " aux cette ont mais ses été fait elle leur nous",
    "it": "il la di che e un una in per del della non sono con si dei nel alla le da gli anche come ha lo al più"
    " dalla delle ma è",
    "pt": "o a de que e do da em um uma para com não os no se na por mais as dos como mas foi ao ele das tem à"
    " seu sua ou são pelo pela até",
    "nl": "de het een van en in is dat op te zijn met voor niet aan er om ook als dan maar bij door naar uit ze"
    " werd heeft worden hij nog wordt",
}
_NEAR = {
    "gl": "o a e de que do da en un unha para con non os as no na por máis como ao á se foi dos das pola polo coa co"
    " este esta seu súa ou ata moi tamén",
    "ca": "el la els les de del dels i que en un una per amb no es al als ha va més com pel pels són seva seu aquest"
    " aquesta també fins però",
    "af": "die van en in is het nie dat wat hy sy te met vir op aan was hulle ons ook maar om by deur dit word sal kan",
}
"""Function words of languages that are similar to one of those above, and are not recognised."""
_LANGUAGES_OF: dict[str, tuple[str, ...]] = {}
for _code, _list in (*_WORDS.items(), *_NEAR.items()):
    for _word in _list.split():
        _LANGUAGES_OF[_word] = (*_LANGUAGES_OF.get(_word, ()), _code)
_WORD = re.compile(r"[^\W\d_]+")
_READ = 3000
"""How much of the beginning of a text is used, in code points."""
_LEAST_WORDS = 7
"""How many function words of a language there must be at least."""
_LEAST_DIFFERENT = 4
_AHEAD = 1.4
"""The least ratio of its function words to those of the next language."""
_LEAST_SHARE = 0.12
"""The least share of function words among all words."""
_LEAST_SMALL = 0.1
"""The least share of words without a capital among the other words: lists of names have few."""
_NOT_CHINESE = re.compile(
    "[\u3040-\u30ff\uac00-\ud7a3挙込峠働畑栃辻円図売児単帰広庁応戦拡払沢浜渋焼発経緑総絵継聴観録闘駅険験黒斉栄桜検権歩気県労価実変営読鉄様]"
)
"""Characters of Korean and Japanese that Chinese does not use."""
_NOT_ARABIC = re.compile("[پچژگکیےںہٹڈڑ]")
"""Letters of Persian and Urdu that Arabic does not use."""
_SCRIPTS = (
    ("zh", re.compile(r"[\u4e00-\u9fff]"), _NOT_CHINESE),
    ("ar", re.compile(r"[\u0600-\u06ff]"), _NOT_ARABIC),
)
_MOST_OF_OTHERS = 0.02
_LEAST_OF_SCRIPT = 0.3
_LONGEST_META = 1 << 20


class LanguageChoice(Struct, frozen=True):
    """What was given for a run about the language of its documents. A document's own language comes first."""

    stated: str = ""
    """The language given by `--language` or the project's settings."""
    pipeline: str = ""
    """The language of the pipeline that was chosen; empty where none was, or its name shows no language."""
    names_only_in: str = ENGLISH
    """The only language in which names are suggested: that of the default pipeline. Empty where another
    pipeline or none was chosen."""

    def language_of(self, text: str, own: str = "") -> str:
        """The code of the language that a document is read in.

        `own` is what a person set for this document. Without it, the language is the one that was given for
        the run, else that of the pipeline that was chosen, else the one that its words show, else English.
        """
        return own or self.stated or self.pipeline or recognised(text) or ENGLISH

    @property
    def of_all(self) -> str:
        """The usual language of the documents of the run."""
        return self.stated or self.pipeline or ENGLISH


UNDECIDED = LanguageChoice()
"""Nothing was given: the words of each document decide."""


def recognised(text: str) -> str:
    """The code of the language that the words of a text show; empty where they show none."""
    return _recognised(text[:_READ])


@lru_cache(maxsize=256)
def _recognised(text: str) -> str:
    written = _WORD.findall(text)
    if code := _by_script(text):
        return code
    counts: Counter[str] = Counter()
    different: Counter[str] = Counter()
    for word, times in Counter(map(str.lower, written)).items():
        for code in _LANGUAGES_OF.get(word, ()):
            counts[code] += times
            different[code] += 1
    ranked = counts.most_common()
    best = [entry for entry in ranked if entry[0] not in _NEAR][:2]
    if not best or different[best[0][0]] < _LEAST_DIFFERENT or ranked[0][1] > best[0][1]:
        return ""
    if best[0][1] < max(_LEAST_WORDS, _LEAST_SHARE * len(written)) or _are_names(written):
        return ""
    if len(best) > 1 and best[0][1] < _AHEAD * best[1][1]:
        return ""
    return best[0][0]


def _by_script(text: str) -> str:
    """The language of a text that is recognised by its script, else empty."""
    letters = sum(map(str.isalpha, text))
    for code, script, others in _SCRIPTS:
        if letters and len(script.findall(text)) > _LEAST_OF_SCRIPT * letters:
            return "" if len(others.findall(text)) > _MOST_OF_OTHERS * letters else code
    return ""


def _are_names(words: list[str]) -> bool:
    """Whether nearly all words that are not function words have a capital, in a text that is not all capitals."""
    others = [word for word in words if word.lower() not in _LANGUAGES_OF]
    small = sum(word[0].islower() for word in others)
    return small < _LEAST_SMALL * len(others) and not all(word.isupper() for word in words)


def language_name(code: str) -> str:
    """The name of a language, or its code where the name is not known."""
    return NAMES.get(code, code)


def check_language(code: str) -> None:
    """Raise `AnnotateError` for a code that is not the code of a language; an empty code is accepted."""
    if code and code not in LANGUAGES:
        known = ", ".join(f"{one} ({name})" for one, name in NAMES.items())
        raise AnnotateError(f"There is no language {code!r}; write its code, such as {known}.")


def pipeline_language(model: str) -> str:
    """The language of a pipeline by its name: `de` for `de_core_news_sm` and for `blank:de`; else empty.

    For a folder it is the language in its `meta.json`, else the one in the folder's name.
    """
    folder = "/" in model or os.sep in model
    if folder and (stated := _stated_in_folder(model)):
        return stated
    name = model.removeprefix("blank:").rstrip("/").rpartition("/")[2]
    code = name.partition("_")[0]
    return code if code in LANGUAGES else ""


def _stated_in_folder(folder: str) -> str:
    import json

    try:
        with open(os.path.join(folder, "meta.json"), "rb") as file:
            language = json.loads(file.read(_LONGEST_META)).get("lang", "")
    except (OSError, ValueError, AttributeError):
        return ""
    return language if language in LANGUAGES else ""


class LanguageHints:
    """Hints that documents are in another language than their pipeline, one for each language of a run."""

    def __init__(self, choice: LanguageChoice) -> None:
        self._choice = choice
        self._said: set[str] = set()

    def hint(self, text: str, own: str = "") -> str:
        """The hint for a document in another language than the pipeline's, once for each language; else
        empty. `own` is the language that a person set for the document."""
        stated = own or self._choice.stated
        code = stated or recognised(text)
        if not code or code == (self._choice.pipeline or ENGLISH) or code in self._said:
            return ""
        if not stated:
            self._said.add(code)
            return f"This looks like {language_name(code)}: annotate --language {code} --model …"
        if self._choice.names_only_in in ("", code):
            return ""
        self._said.add(code)
        names, here = language_name(self._choice.names_only_in), language_name(code)
        return f"The pipeline is for {names} and suggests no names in {here}; choose one with --model."
