"""What is wrong with the file of a language is said with its file, line and rule."""

from importlib import resources

import pytest

from annotations.dates.language import languages, read_language
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
