import json
from pathlib import Path

import pytest

from annotations.model.value import Entity
from annotations.suggest.sources.pattern_file import PatternError, read_patterns
from annotations.suggest.sources.patterns import PatternSuggester


def write(folder: Path, *lines: object) -> str:
    path = folder / "places.jsonl"
    text = "\r\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    return str(path)


def found(path: str, text: str) -> list[tuple[str, str]]:
    spans = PatternSuggester(read_patterns(path)).suggest(text)
    return [(text[span.start : span.end], span.label) for span in spans]


def test_names_and_token_patterns_are_found(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        {"label": "GPE", "pattern": "New Delhi", "id": "Q987"},
        "",
        {"label": "RIVER", "pattern": [{"lower": "river"}, {"is_title": True, "op": "+"}]},
        {"label": "PERSON", "pattern": "Zu\u0308rich 😀"},
        {"label": "ORG", "pattern": "Delhi"},
    )
    suggester = PatternSuggester(read_patterns(path))
    text = "😀 In New Delhi, the River Thames East of Zu\u0308rich 😀"
    spans = suggester.suggest(text)
    assert [(text[s.start : s.end], s.label) for s in spans] == [
        ("New Delhi", "GPE"),
        ("Delhi", "ORG"),
        ("River Thames East", "RIVER"),
        ("Zu\u0308rich 😀", "PERSON"),
    ]
    assert spans[0].value == Entity(id="Q987", origin="rule")
    assert suggester.labels == ("GPE", "ORG", "PERSON", "RIVER")
    assert str(suggester.source).startswith("places.jsonl ")


def test_a_changed_file_is_another_source(tmp_path: Path) -> None:
    before = read_patterns(write(tmp_path, {"label": "GPE", "pattern": "Lisbon"})).source
    assert read_patterns(write(tmp_path, {"label": "GPE", "pattern": "Porto"})).source != before


def test_white_space_at_the_edges_of_a_pattern_is_no_part_of_a_span(tmp_path: Path) -> None:
    path = write(tmp_path, {"label": "GPE", "pattern": [{"IS_SPACE": True}, {"TEXT": "Lisbon"}]})
    assert found(path, "in\n\nLisbon") == [("Lisbon", "GPE")]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"label": "GPE"}', "line 2: .*pattern"),
        ('{"label": "", "pattern": "x"}', "line 2: .*empty"),
        ('{"label": "GPE", "pattern": []}', "line 2: .*empty"),
        ('{"label": "GPE", "pattern": 7}', "line 2: "),
        ("not JSON", "line 2: "),
        ("\udcff", "line 2: "),
        ('{"label": "GPE", "pattern": [{"POS": "NOUN"}]}', "line 2: POS is known only inside"),
        ('{"label": "GPE", "pattern": [{"LOWER": ["x"]}]}', "line 2: spaCy does not take"),
        ('{"label": "GPE", "pattern": [{"NONSENSE": 1}]}', "line 2: spaCy does not take"),
        ('{"label": "GPE", "pattern": [{"TEXT": {"REGEX": "("}}]}', "line 2: spaCy does not take"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "wrong.jsonl"
    path.write_bytes(
        b'{"label": "GPE", "pattern": "Lisbon"}\n' + line.encode("utf-8", "surrogateescape")
    )
    with pytest.raises(PatternError, match=message) as raised:
        PatternSuggester(read_patterns(str(path)))
    assert "\n" not in str(raised.value)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(PatternError, match="cannot be read: No such file"):
        read_patterns(str(tmp_path / "none.jsonl"))
