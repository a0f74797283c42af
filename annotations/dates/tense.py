"""Whether a clause is about the past or about what is to come, by the words beside a date.

There is no parser here: what stands right before a date can point ahead ("until", "due"), else the nearest
finite verb or auxiliary decides, one before the date sooner than one behind it, within the sentence. It turns
"Tuesday" in news into the last or the coming Tuesday.
"""

from collections.abc import Iterator
from typing import Literal

from annotations.dates.language_tables import Language, TenseWords

Tense = Literal["past", "future", ""]

_REACH = 160
"""How far to look on either side of a date, in code points."""
_BEHIND_COSTS = 3
_SHORTEST_INFLECTED = 5
_AUXILIARY = 3
"""How many words before a participle its auxiliary can stand."""
_CLAUSE = 12
"""How many words before a date its own clause can begin."""


def tense(text: str, start: int, end: int, language: Language) -> Tense:
    """The tense of the clause around a date."""
    tables = language.tense
    leading = list(_sentence(_words(text[max(0, start - _REACH) : start], language)[::-1]))
    behind = list(_sentence(_words(text[end : end + _REACH], language)))
    before = [word.lower() for word in leading]
    if _stands_before(before, tables.future_right_before):
        return "future"
    if _stands_before(before, tables.looking_back, tables.between):
        return "past"
    if _stands_before(before, tables.looking_ahead, tables.between):
        clause = before[:_CLAUSE] + [word.lower() for word in behind[:_CLAUSE]]
        return "" if any(word in tables.past_auxiliaries for word in clause) else "future"
    if text.startswith(tables.past_right_behind, end):
        return "future" if any(word in tables.certain_future for word in before) else "past"
    return _by_verbs(leading, behind, tables)


def _by_verbs(leading: list[str], behind: list[str], tables: TenseWords) -> Tense:
    """What the nearest verb says; one before the date sooner than one behind it.

    What can be a noun and stands right before the date is a verb where there is no other one: "it opens on
    Friday", but "they dropped the plans on Friday".
    """
    back = _nearest(leading, tables, backwards=True)
    on = _nearest(behind, tables, backwards=False)
    if back and (not on or back[0] <= on[0] + _BEHIND_COSTS):
        return back[1]
    if on:
        return on[1]
    last = next((word.lower() for word in leading if word.lower() not in tables.between), "")
    return "future" if last in tables.nouns else ""


def is_to_come(text: str, start: int, end: int, language: Language) -> bool:
    """Whether the clause around a date is of the future as it is seen from the article, with nothing of the
    past in its sentence: "it opens in May", but not "in May he would return"."""
    tables = language.tense
    leading = list(_sentence(_words(text[max(0, start - _REACH) : start], language)[::-1]))
    behind = list(_sentence(_words(text[end : end + _REACH], language)))
    if _by_verbs(leading, behind, tables) != "future":
        return False
    words = [word.lower() for word in (*leading, *behind)]
    if any(word in (*tables.past_auxiliaries, *tables.past, *tables.modals) for word in words):
        return False
    # "will be opened": with such an auxiliary a participle is not a past.
    surely = set(tables.auxiliaries) - set(tables.modals)
    return not surely.isdisjoint(words) or not any(_has_past_ending(word, tables) for word in words)


def _has_past_ending(word: str, tables: TenseWords) -> bool:
    return (
        len(word) >= _SHORTEST_INFLECTED
        and word not in tables.not_past
        and word.endswith(tables.past_endings)
    )


def _words(text: str, language: Language) -> list[str]:
    return [match[0] for match in language.tense_word.finditer(text)]


def _sentence(words: list[str]) -> Iterator[str]:
    """The words up to the end of the sentence, in the case they have."""
    for word in words:
        if not word[0].isalpha():
            return
        yield word


def _stands_before(before: list[str], phrases: tuple[str, ...], skipped: tuple[str, ...] = ()) -> bool:
    """Whether one of the phrases stands right before a date; `before` has its last word first.

    One word of `skipped` may stand between, as in "due on Friday".
    """
    forms = [phrase.split()[::-1] for phrase in phrases]
    after_skipped = before[1:] if before and before[0] in skipped else before
    return any(words[: len(form)] == form for form in forms for words in (before, after_skipped))


def _at(words: list[str], index: int) -> str:
    return words[index].lower() if 0 <= index < len(words) else ""


def _nearest(words: list[str], tables: TenseWords, backwards: bool) -> tuple[int, Tense] | None:
    """How far off the nearest verb that says so is, in words, and its tense."""
    for distance in range(len(words)):
        found = _tense_at(words, distance, tables, backwards)
        if found:
            return distance, found
    return None


def _tense_at(words: list[str], at: int, tables: TenseWords, backwards: bool) -> Tense:
    """The tense of one word beside a date; `words` lead away from the date."""
    word = words[at].lower()
    step = -1 if backwards else 1
    if _at(words, at - step) in tables.infinitives:
        return "future" if _at(words, at - 2 * step) in tables.to else ""
    if word in tables.future and (word not in tables.nouns or _has_subject(words, at, step, tables)):
        return "future"
    if backwards and word in tables.modals:
        return "future"
    before_to = tables.future_before_to + (tables.promises if backwards else ())
    if word in before_to and _at(words, at + step) in tables.to:
        return "future"
    if word in tables.plain and _is_of_several(_at(words, at - step), tables):
        return "future"
    if word in tables.same_in_past:
        return _of_the_same(words, at, step, tables)
    if word in tables.past:
        return "past"
    return _by_ending(words, at, step, tables)


def _has_subject(words: list[str], at: int, step: int, tables: TenseWords) -> bool:
    """Whether a word that can be a noun too is a verb here: a name or a pronoun stands before it, "to"
    or the date behind it."""
    subject, object_ = at - step, at + step
    named = 0 <= subject < len(words) and words[subject][0].isupper()
    follows = _at(words, object_) in tables.infinitive_marks
    right_before_the_date = step < 0 and at == 0
    return named or right_before_the_date or _at(words, subject) in tables.subjects or follows


def _is_of_several(subject: str, tables: TenseWords) -> bool:
    """Whether a word can be the subject of a plain verb."""
    long_enough = len(subject) >= _SHORTEST_INFLECTED
    return subject in tables.plural_subjects or (
        long_enough and bool(tables.plural_endings) and subject.endswith(tables.plural_endings)
    )


def _of_the_same(words: list[str], at: int, step: int, tables: TenseWords) -> Tense:
    """The tense of a verb like "set": the past, but for "will set", "to set" and "a set"."""
    near = {_at(words, at - step * back) for back in range(1, _AUXILIARY + 1)}
    if not near.isdisjoint(tables.auxiliaries):
        return "future"
    before = _at(words, at - step)
    return "" if before in tables.to or before in tables.no_verb_behind else "past"


def _by_ending(words: list[str], at: int, step: int, tables: TenseWords) -> Tense:
    """What an inflected verb says that no list has."""
    word = words[at].lower()
    long_enough = len(word) >= _SHORTEST_INFLECTED and word not in tables.not_past
    if long_enough and tables.future_endings and word.endswith(tables.future_endings):
        return "future"
    if not _has_past_ending(word, tables):
        return ""
    # "will stay closed": the auxiliary stands a little before the participle.
    near = [_at(words, at - step * back) for back in range(1, _AUXILIARY + 1)]
    return "future" if step < 0 and set(near) & set(tables.auxiliaries) else "past"
