"""A mistake in the file of a language is reported with the file, the line and the rule."""

from importlib import resources
from typing import get_args

import pytest

from annotations.dates.interpretations.table import INTERPRETATIONS
from annotations.dates.language import languages, read_language, text_of_file
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
    """The German file with one more rule, and the line of this rule."""
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
        (RULE.replace("field =", "fields ="), "there is no key fields here."),
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
            "the rule 'weekday': 'weekdy' is not one of the values that are allowed here (read).",
        ),
        (
            'type = "TIME"',
            'type = "TIMES"',
            "[[rule]]",
            "'TIMES' is not one of the values that are allowed here (type).",
        ),
        ('source = "TIMEX3"', 'source = "MINE"', "[[rule]]", "there is no source MINE"),
        ('pattern = "', 'pattern = "(', "[[rule]]", "missing ), unterminated subpattern"),
        ("form = '", "form = '(", "[[shape]]", "missing ), unterminated subpattern"),
        ("(?P<month>", "(?P<moon>", "[[shape]]", "has the part moon, which is not a field"),
        (
            "[words.month]\n",
            "[words.month]\nmay = [5]\n",
            "may = [5]",
            "this must be true or false or a number or a text, not a list (words).",
        ),
        (
            "[settings]\n",
            "[settings]\ncolour = 1\n",
            "[settings]",
            "there is no key colour here (settings).",
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


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        (
            'woche = "W"',
            'woche = "WEEK"',
            "the word 'woche' of [words.unit] cannot mean 'WEEK'; write one of S, MIN,",
        ),
        ('halbjahr = "6M"', 'halbjahr = "6X"', "[words.long] cannot mean '6X'"),
        (
            "januar = 1\n",
            "januar = 13\n",
            "'januar' of [words.month] cannot mean 13; write a number from 1 to 12.",
        ),
        ("januar = 1\n", 'januar = "eins"\n', "this must be a number, not a text."),
        ("montag = 1\n", "montag = 9\n", "cannot mean 9; write a number from 1, for Monday, to 7."),
        ('Weihnachten = "12-25"', 'Weihnachten = "25.12."', "write a day such as 12-25, "),
        (
            'sommer = "SU"',
            'sommer = "SUMMER"',
            "'SUMMER' is not one of the values that are allowed here.",
        ),
        (
            'letzte = "last"',
            'letzte = "latest"',
            "'latest' is not one of the values that are allowed here.",
        ),
        ("several = '", "several = '(", "several: missing ), unterminated subpattern"),
        ("several = '", "several = '(x+)+", "several: a repetition in a repetition can take for ever"),
        ("form = '(?P<weekday>", "form = '(?:[a-z]+)*(?P<weekday>", "can take for ever"),
        (
            'examples = ["Das Blatt',
            'examples = []\n#"Das Blatt',
            "the rule 'ISO date': it has no example.",
        ),
        ('pattern = "<isodate>"', 'pattern = "<isodate>?"', "its pattern matches even without a word."),
        ('pattern = "<isodate>"\n', "", "the rule 'ISO date': the key pattern is missing."),
        ("[tense]\n", "[colours]\nred = 1\n\n[tense]\n", "there is no key colours here."),
    ],
)
def test_a_value_that_cannot_be_is_said_with_its_line(right: str, wrong: str, said: str) -> None:
    assert right in GERMAN
    with pytest.raises(AnnotateError, match=r"^de\.toml, line \d+: ") as error:
        read_language("de", GERMAN.replace(right, wrong, 1))
    assert said in str(error.value)


def test_an_empty_file_and_one_in_another_encoding() -> None:
    with pytest.raises(AnnotateError, match=r"^de\.toml: the key sources is missing\.$"):
        read_language("de", "")
    with pytest.raises(AnnotateError, match=r"^de\.toml, line 3: this is not UTF-8"):
        text_of_file("de", "# one\n# two\nmärz = 3\n".encode("latin-1"))
    assert text_of_file("de", b"\xef\xbb\xbf# one\n") == "# one\n"


def test_two_rules_of_one_name() -> None:
    source, line = with_rule(RULE.replace("<colour>", "<day>").replace("mine", "ISO date"))
    with pytest.raises(AnnotateError, match=rf"line {line}: the rule 'ISO date': another rule"):
        read_language("de", source)


def test_each_interpretation_that_a_rule_can_name_is_there() -> None:
    assert set(get_args(ReadName)) == set(INTERPRETATIONS)
