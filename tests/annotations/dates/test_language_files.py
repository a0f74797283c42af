"""What is wrong with the file of a language is said with its file, line and rule."""

from importlib import resources
from typing import get_args

import pytest

from annotations.dates.interpretations.table import INTERPRETATIONS
from annotations.dates.language import languages, read_language
from annotations.dates.language_tables import ReadName
from annotations.model.errors import AnnotateError

GERMAN = (resources.files("annotations.dates") / "languages" / "de.toml").read_text(encoding="utf-8")
RULE = """
[[rule]]
name = "mine"
pattern = "<month> <colour>"
read = "calendar"
field = "any"
source = "TIMEX3"
examples = ["Er kam im [Mai] an. => DATE 2012-05"]

[tense]
"""


def with_rule(rule: str) -> tuple[str, int]:
    """The German file with a rule more, and the line of that."""
    source = GERMAN.replace("[tense]\n", rule.lstrip("\n"))
    lines = [at for at, line in enumerate(source.splitlines(), 1) if line == "[[rule]]"]
    return source, lines[-1]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (RULE, "the rule 'mine': there is no class or word colour."),
        (RULE.replace("<colour>", "{colour}"), "the rule 'mine': there is no pattern {colour}."),
        (RULE.replace("<colour>", "<day:colour>"), "the rule 'mine': there is no field colour."),
        (RULE.replace("<colour>", "<day>").replace("=> DATE", "DATE"), "the rule 'mine': the example"),
        (RULE.replace("field =", "fields ="), "Object contains unknown field `fields`"),
    ],
)
def test_a_rule_with_a_mistake(rule: str, said: str) -> None:
    source, line = with_rule(rule)
    with pytest.raises(AnnotateError) as error:
        read_language("de", source)
    assert str(error.value).startswith("de.toml")
    assert f"line {line}:" in str(error.value)
    assert said in str(error.value)


def test_a_file_that_is_no_toml() -> None:
    with pytest.raises(AnnotateError, match=r"de\.toml is not valid TOML: .*line 1"):
        read_language("de", "[words\n")


def test_which_languages_there_are() -> None:
    assert languages() == ("de", "en", "es", "fr", "zh")


@pytest.mark.parametrize(
    ("right", "wrong", "heading", "said"),
    [
        (
            'read = "weekday"',
            'read = "weekdy"',
            "[[rule]]",
            "the rule 'weekday': Invalid enum value 'weekdy'",
        ),
        ('type = "TIME"', 'type = "TIMES"', "[[rule]]", "Invalid enum value 'TIMES'"),
        ('source = "TIMEX3"', 'source = "MINE"', "[[rule]]", "there is no source MINE"),
        ('pattern = "', 'pattern = "(', "[[rule]]", "missing ), unterminated subpattern"),
        ("form = '", "form = '(", "[[shape]]", "missing ), unterminated subpattern"),
        ("(?P<month>", "(?P<moon>", "[[shape]]", "has the part moon, which is not a field"),
        (
            "[words.month]\n",
            "[words.month]\nmay = [5]\n",
            "may = [5]",
            "Expected `bool | int | float | str`",
        ),
        (
            "[settings]\n",
            "[settings]\ncolour = 1\n",
            "[settings]",
            "Object contains unknown field `colour`",
        ),
    ],
)
def test_a_mistake_is_said_with_its_line(right: str, wrong: str, heading: str, said: str) -> None:
    source = GERMAN.replace(right, wrong, 1)
    before = source[: source.index(wrong) + len(wrong)].splitlines()
    line = max(at for at, words in enumerate(before, 1) if words.strip() == heading)
    with pytest.raises(AnnotateError) as error:
        read_language("de", source)
    assert str(error.value).startswith(f"de.toml, line {line}: ")
    assert said in str(error.value)


def test_two_rules_of_one_name() -> None:
    source, line = with_rule(RULE.replace("<colour>", "<day>").replace("mine", "ISO date"))
    with pytest.raises(AnnotateError, match=rf"line {line}: the rule 'ISO date': another rule"):
        read_language("de", source)


def test_each_interpretation_that_a_rule_can_name_is_there() -> None:
    assert set(get_args(ReadName)) == set(INTERPRETATIONS)
