"""Whether a clause is about the past or the future, judged by the words beside a date.

A word right before a date can point to the future ("until", "due"). Else the nearest finite verb or
auxiliary in the sentence decides; one before the date is preferred to one after it. A pipeline says
which words are verbs; without one, word lists do. The tense decides whether "Tuesday" in news is the
last or the coming Tuesday.
"""

from functools import cache, lru_cache

from msgspec import Struct

from annotations.dates.language_tables import Language, TenseWords
from annotations.dates.reading import DateReading
from annotations.dates.verbs import VerbForm, Verbs
from annotations.model.value import Tense

_REACH = 160
"""How far to look on either side of a date, in code points."""
_KEPT = 512
"""The tense is cached for this many dates, because some parts of a long text are read twice."""
_FOLLOWING_COSTS = 3
"""How many words farther away a verb after the date counts than one before it."""
_SHORTEST_INFLECTED = 5
"""The shortest word, in letters, whose ending can show its tense."""
_AUXILIARY = 3
"""How many words before a participle its auxiliary can stand."""
_OBJECT = 3
"""How many words can stand between a verb of command and its "to"."""
_CLAUSE = 12
"""How many words before a date its own clause can begin."""


class _Word(Struct, frozen=True, gc=False):
    """A word beside a date."""

    written: str
    lower: str
    form: VerbForm | None
    """Its form as a pipeline states it; `None` without a pipeline."""
    after_comma: bool


def tense_of(text: str, reading: DateReading, language: Language, verbs: Verbs | None = None) -> Tense:
    """The tense of the clause around a date.

    The `verbs` that a pipeline has found decide which words are verbs; without them the tables of the language do.
    """
    start, end = reading.start, reading.end
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    bare = reading.fields.which is None
    if verbs is None:
        return _plain_tense(before, after, bare, language)
    leading, following = _around(before, after, start, end, language, verbs)
    return _tense(leading, following, after, bare, language.tense)


@lru_cache(maxsize=_KEPT)
def _plain_tense(before: str, after: str, bare: bool, language: Language) -> Tense:
    """The tense without a pipeline; cached, because the parts in which a long text is read overlap."""
    leading, following = _plain_words(before, after, language)
    return _tense(leading, following, after, bare, language.tense)


def _tense(
    leading: list[_Word], following: list[_Word], after: str, bare: bool, tables: TenseWords
) -> Tense:
    """The tense by the words before a date and after it; `after` is the text right after the date."""
    before = [word.lower for word in leading]
    if _directly_precedes(before, tables.future_right_before):
        return "future"
    if following and following[0].lower in tables.future_right_after and not following[0].after_comma:
        return "future"
    if _directly_precedes(before, tables.looking_back, tables.between):
        return "past"
    if _directly_precedes(before, tables.looking_ahead, tables.between):
        clause = before[:_CLAUSE] + [word.lower for word in following[:_CLAUSE]]
        if not any(word in tables.past_auxiliaries for word in clause):
            return "future"
        return "future" if _by_verbs(leading, following, tables) == "future" else ""
    if bare and after.startswith(tables.past_right_after):
        return "future" if any(word in tables.certain_future for word in before) else "past"
    return _by_verbs(leading, following, tables)


@lru_cache(maxsize=4)
def _plain_words(before: str, after: str, language: Language) -> tuple[list[_Word], list[_Word]]:
    """The words around a date without a pipeline; cached for the last dates, because they are needed twice."""
    return _around(before, after, len(before), 0, language, None)


def _around(
    before: str, after: str, start: int, end: int, language: Language, verbs: Verbs | None
) -> tuple[list[_Word], list[_Word]]:
    """The words of the sentence before a date, the last one first, and those after it."""
    ends = [match.end() for match in language.sentence_end.finditer(before)]
    begin = ends[-1] if ends else 0
    stop = language.sentence_end.search(after)
    leading = _words(before[begin:], start - len(before) + begin, language, verbs)
    following = _words(after[: stop.start()] if stop else after, end, language, verbs)
    leading.reverse()
    return leading, following


def _by_verbs(leading: list[_Word], following: list[_Word], tables: TenseWords) -> Tense:
    """The tense of the nearest verb; one before the date is preferred to one after it.

    A word right before the date that can be a noun is a verb where there is no other one: "it opens on
    Friday", but "they dropped the plans on Friday".
    """
    back = _nearest(leading, tables, backwards=True)
    on = _nearest(following, tables, backwards=False)
    if back and (not on or back[0] <= on[0] + _FOLLOWING_COSTS):
        return back[1]
    if on:
        return on[1]
    last = next((word for word in leading if word.lower not in tables.between), None)
    can_be_verb = last is not None and last.lower in tables.nouns and last.form != "other"
    return "future" if can_be_verb else ""


def is_to_come(text: str, start: int, end: int, language: Language) -> bool:
    """Whether the clause around a date is about the time after the article, and nothing in its sentence
    is about the past: "it opens in May", but not "in May he would return".
    """
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    return _is_to_come(before, after, language)


@lru_cache(maxsize=_KEPT)
def _is_to_come(before: str, after: str, language: Language) -> bool:
    tables = language.tense
    leading, following = _plain_words(before, after, language)
    if _by_verbs(leading, following, tables) != "future":
        return False
    words = [word.lower for word in (*leading, *following)]
    if any(word in (*tables.past_auxiliaries, *tables.past, *tables.modals) for word in words):
        return False
    # "will be opened": with such an auxiliary a participle is not in the past.
    return not _surely_future(tables).isdisjoint(words) or not any(
        _has_past_ending(word, tables) for word in words
    )


def _has_past_ending(word: str, tables: TenseWords) -> bool:
    return (
        len(word) >= _SHORTEST_INFLECTED
        and word not in tables.not_past
        and word.endswith(tables.past_endings)
    )


def _words(text: str, begin: int, language: Language, verbs: Verbs | None) -> list[_Word]:
    """The words of a part of a text that begins at `begin`."""
    words = []
    for match in language.tense_word.finditer(text):
        start, written = match.start(), match[0]
        form = None if verbs is None else verbs.form_at(begin + start)
        lower = written.lower().replace("’", "'")
        words.append(_Word(written, lower, form, text[max(0, start - 2) : start] == ", "))
    return words


def _directly_precedes(
    before: list[str], phrases: tuple[str, ...], skipped: frozenset[str] = frozenset()
) -> bool:
    """Whether one of the phrases stands right before a date; `before` has its last word first.

    One word of `skipped` may stand between, as in "due on Friday".
    """
    if not before:
        return False
    forms = _by_last_word(phrases)
    places = (0, 1) if before[0] in skipped else (0,)
    return any(
        before[at : at + len(form)] == form
        for at in places
        if at < len(before)
        for form in forms.get(before[at], ())
    )


@cache
def _by_last_word(phrases: tuple[str, ...]) -> dict[str, list[list[str]]]:
    """The words of each phrase in reverse order, by its last word."""
    forms: dict[str, list[list[str]]] = {}
    for phrase in phrases:
        words = phrase.split()[::-1]
        forms.setdefault(words[0], []).append(words)
    return forms


def _at(words: list[_Word], index: int) -> str:
    return words[index].lower if 0 <= index < len(words) else ""


def _nearest(words: list[_Word], tables: TenseWords, backwards: bool) -> tuple[int, Tense] | None:
    """How many words away the nearest word with a tense is, and its tense."""
    step = -1 if backwards else 1
    for distance, word in enumerate(words):
        tagged = word.form is not None
        found = (_tagged_tense if tagged else _tense_at)(words, distance, tables, step)
        if found:
            return distance, found
    return None


def _points_ahead(words: list[_Word], at: int, tables: TenseWords, step: int) -> bool:
    """Whether a word points to the future by the "to" after it: "is to", "agreed to", "ordered him to"."""
    word = words[at].lower
    if _at(words, at + step) in tables.to:
        return word in tables.future_before_to or (step < 0 and word in tables.promises)
    if step > 0 or word not in tables.commands:
        return False
    return any(_at(words, at - on) in tables.to[:1] for on in range(2, _OBJECT + 2))


def _of_participle(words: list[_Word], at: int, step: int, tables: TenseWords) -> Tense:
    """The tense of a past participle: "will stay closed" is future, "should have closed" is past, "is
    closed" is neither.
    """
    if _at(words, at - step) in tables.present_auxiliaries:
        return ""
    near = {_at(words, at - step * back) for back in range(1, _AUXILIARY + 1)}
    if step > 0 or near.isdisjoint(tables.auxiliaries):
        return "past"
    perfect = not near.isdisjoint(tables.perfects) and near.isdisjoint(_surely_future(tables))
    return "past" if perfect else "future"


def _surely_future(tables: TenseWords) -> set[str]:
    """Auxiliaries that show only the future: "will", but not "would"."""
    return set(tables.auxiliaries) - set(tables.modals)


def _tagged_tense(words: list[_Word], at: int, tables: TenseWords, step: int) -> Tense:
    """The tense of one word, where a pipeline says whether it is a verb.

    The pipeline decides about words that can be something else and about verbs that are in no table. A
    word that is past by the tables stays past: pipelines too often take "closed" for an adjective.
    """
    word = words[at]
    if word.form == "other" and word.lower in tables.nouns:
        return ""
    known = _tense_at(words, at, tables, step)
    if known or word.lower in tables.past or word.lower in tables.same_in_past:
        return known
    after_be = _at(words, at - step) in tables.infinitives
    match word.form:
        case "past":
            return "past"
        case "participle" if step < 0 and not after_be:
            return _of_participle(words, at, step, tables)
        case "present" if word.lower in tables.plain and step < 0:
            return "future"
        case "present" if step < 0 and word.lower not in tables.states:
            return "past" if _looks_back(words, at, step, tables) else "future"
    return ""


def _tense_at(words: list[_Word], at: int, tables: TenseWords, step: int) -> Tense:
    """The tense of one word beside a date by the tables; the nearest of the `words` is first."""
    word = words[at].lower
    if _at(words, at - step) in tables.infinitives:
        return "future" if _at(words, at - 2 * step) in tables.to else ""
    if word in tables.future and (word not in tables.nouns or _has_subject(words, at, step, tables)):
        certain = word in tables.certain_future or not _looks_back(words, at, step, tables)
        return "future" if certain else "past"
    if step < 0 and word in tables.modals:
        return "future"
    if _points_ahead(words, at, tables, step):
        return "future"
    if word in tables.plain and (words[at].after_comma or _is_of_several(_at(words, at - step), tables)):
        return "future"
    if _is_progressive(words, at, step, tables):
        return "past" if _looks_back(words, at, step, tables) else "future"
    if word in tables.same_in_past:
        return _of_the_same(words, at, step, tables)
    if word in tables.past:
        return "" if _at(words, at - step) in tables.present_auxiliaries else "past"
    return _by_ending(words, at, step, tables)


def _is_progressive(words: list[_Word], at: int, step: int, tables: TenseWords) -> bool:
    """Whether a word and its auxiliary say what is going on or planned: "is visiting"."""
    word = words[at].lower
    inflected = len(word) >= _SHORTEST_INFLECTED and word.endswith(tables.progressive_endings)
    if step > 0 or not tables.progressive_endings or not inflected or word in tables.states:
        return False
    near = (_at(words, at - step), _at(words, at - 2 * step))
    return near[0] in tables.present_auxiliaries or (
        near[0] in tables.between_auxiliary and near[1] in tables.present_auxiliaries
    )


def _looks_back(words: list[_Word], at: int, step: int, tables: TenseWords) -> bool:
    """Whether the date belongs to an earlier event than the verb: "is held after a fire on Monday"."""
    if step > 0:
        return False
    return any(word.lower in tables.backwards for word in words[:at])


def _has_subject(words: list[_Word], at: int, step: int, tables: TenseWords) -> bool:
    """Whether a word that can also be a noun is a verb here: a name, a pronoun or a comma is before it,
    or "to" or a particle after it.
    """
    subject, object_ = at - step, at + step
    named = 0 <= subject < len(words) and words[subject].written[0].isupper()
    follows = _at(words, object_) in tables.verb_marks
    return words[at].after_comma or named or _at(words, subject) in tables.subjects or follows


def _is_of_several(subject: str, tables: TenseWords) -> bool:
    """Whether a word can be the plural subject of a plain verb, as in "schools open"."""
    long_enough = len(subject) >= _SHORTEST_INFLECTED
    return subject in tables.plural_subjects or (
        long_enough and bool(tables.plural_endings) and subject.endswith(tables.plural_endings)
    )


def _of_the_same(words: list[_Word], at: int, step: int, tables: TenseWords) -> Tense:
    """The tense of a verb like "set": the past, except in "will set", "to set" and "a set"."""
    near = {_at(words, at - step * back) for back in range(1, _AUXILIARY + 1)}
    if not near.isdisjoint(tables.auxiliaries):
        return "future"
    before = _at(words, at - step)
    return "" if before in tables.to or before in tables.no_verb_behind else "past"


def _by_ending(words: list[_Word], at: int, step: int, tables: TenseWords) -> Tense:
    """The tense of an inflected verb that is in no list, by its ending."""
    word = words[at].lower
    long_enough = len(word) >= _SHORTEST_INFLECTED and word not in tables.not_past
    if long_enough and tables.future_endings and word.endswith(tables.future_endings):
        return "future"
    if not _has_past_ending(word, tables):
        return ""
    return _of_participle(words, at, step, tables)
