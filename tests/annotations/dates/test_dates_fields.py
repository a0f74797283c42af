"""What the tables of a language may contain: words, shapes and rules fill known fields with known values."""

import re
import tomllib
from collections.abc import Iterator
from importlib import resources
from typing import Any

import pytest
from msgspec import ValidationError, convert

from annotations.dates.digits import DIGIT_CLASSES
from annotations.dates.fields import FIELD_NAMES, Fields, FieldValue, Meaning
from annotations.dates.interpretations.table import INTERPRETATIONS
from annotations.dates.language import load_language
from annotations.dates.language_compiler import compile_language
from annotations.dates.language_tables import Language, LanguageFile

LANGUAGES = ["en", "es"]


def tables(code: str) -> dict[str, Any]:
    file = resources.files("annotations.dates") / "languages" / f"{code}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def all_meanings(language: Language) -> Iterator[Meaning]:
    yield from language.words.values()
    yield from language.capitalised.values()
    for forms in language.phrases.values():
        yield from (meaning for _, meaning in forms)
    for classes in DIGIT_CLASSES:
        yield dict.fromkeys(classes, 1)
    yield {"number": 2.5}
    yield {"ordinal": 3}


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_word_of_a_rule_is_a_value_that_its_field_takes(code: str) -> None:
    language = load_language(code)
    values: dict[str, list[FieldValue]] = {}
    for meaning in all_meanings(language):
        for name, value in meaning.items():
            if not isinstance(value, dict):
                values.setdefault(name, []).append(value)
    filled = {group for rule in language.rules for group in rule.groups if group[1]}
    assert filled
    for name, field in filled:
        for value in values.get(name, []):
            convert({field: value}, Fields)
    for rule in language.rules:
        convert(rule.given, Fields)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_parts_of_every_shape_are_fields_or_its_number(code: str) -> None:
    parts = {part for shape in load_language(code).shapes.values() for part in shape.fields}
    assert parts
    assert parts - {"digits"} <= FIELD_NAMES


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_rule_names_an_interpretation(code: str) -> None:
    assert {rule.read for rule in load_language(code).rules} <= INTERPRETATIONS.keys()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"pattern": "<month:moon>"}, "there is no field moon"),
        ({"pattern": "<monthh>"}, "there is no class or word monthh"),
        ({"pattern": "{nothing}"}, "there is no pattern {nothing}"),
        ({"given": {"moon": 3}}, "moon"),
        ({"given": {"month": "May"}}, "month"),
    ],
)
def test_a_rule_that_says_what_there_is_not_is_named(change: dict[str, Any], said: str) -> None:
    file = tables("es")
    file["rule"] = [{**file["rule"][0], "name": "odd", **change}]
    with pytest.raises(ValueError, match=re.escape(said)) as error:
        compile_language("es", convert(file, LanguageFile))
    assert str(error.value).startswith("the rule 'odd': ")


def test_a_shape_with_a_part_that_is_no_field_is_named() -> None:
    file = tables("es")
    file["shape"].append({"form": r"(?P<moon>\d)x", "classes": ["moonx"]})
    with pytest.raises(ValueError, match="moon, which is not a field"):
        compile_language("es", convert(file, LanguageFile))


def test_a_rule_with_an_unknown_key_is_refused() -> None:
    file = tables("es")
    file["rule"] = [{**file["rule"][0], "not_aftr": "x"}]
    with pytest.raises(ValidationError, match="not_aftr"):
        convert(file, LanguageFile)
