"""Markdown as lines: what each block becomes; nothing is too wide and nothing is lost."""

import regex
from hypothesis import example, given
from hypothesis import strategies as st

from tests.tui.own_colours import own_colours
from tui.cells.cut import shown_width
from tui.colours.glyphs import ASCII, UNICODE, Glyphs
from tui.widgets.appearance import Appearance
from tui.widgets.markdown_lines import markdown_page

MANUAL = """\
# How we label

People, *also* **made up**
ones; `titles` stay out: [the list](https://example.org/a).

- Ana
  - inside
- Jan, whose name is longer
  than a row

7. seven
8. eight

> Said before.

| label | words |
|-------|-------|
| GPE   | Peru  |

    x = 1

---

## ORG
"""


def rows(markdown: str, width: int, glyphs: Glyphs = UNICODE) -> list[str]:
    lines = markdown_page(markdown, width, Appearance(own_colours(), glyphs)).lines
    return ["".join(text for text, _ in line).rstrip() for line in lines]


def test_each_block_becomes_lines_with_a_blank_one_between_blocks() -> None:
    assert rows(MANUAL, 24) == [
        *("How we label", ""),
        *("People, also made up", "ones; titles stay out:", "the list", "(https://example.org/a).", ""),
        *("• Ana", "  • inside", "• Jan, whose name is", "  longer than a row", ""),
        *("7. seven", "8. eight", ""),
        *("│ Said before.", ""),
        *("label  words", "GPE    Peru", ""),
        *("x = 1", ""),
        *("─" * 24, ""),
        "ORG",
    ]
    assert all(row.isascii() for row in rows(MANUAL, 24, ASCII))


def test_each_of_nested_items_that_begin_in_one_line_has_its_sign() -> None:
    assert rows("1. - > word", 24) == ["1. • │ word"]
    assert rows("- 2. one\n  3. two", 24) == ["• 2. one", "  3. two"]


def test_the_headings_are_known_with_their_lines() -> None:
    page = markdown_page(MANUAL, 40, Appearance(own_colours(), UNICODE))
    assert [heading.words for heading in page.headings] == ["How we label", "ORG"]
    for heading in page.headings:
        assert "".join(text for text, _ in page.lines[heading.line]) == heading.words


def test_what_stands_out_has_an_attribute_that_is_no_colour() -> None:
    page = markdown_page("a *b* **c** ~~d~~", 40, Appearance(own_colours(), UNICODE))
    looks = {text.strip(): style for line in page.lines for text, style in line}
    assert (looks["b"].italic, looks["c"].bold, looks["d"].strike) == (True, True, True)


def test_what_would_drive_the_terminal_is_visible() -> None:
    assert not set("\n".join(rows("a \x1b]0;owned\x07\x9b31m \u202e b", 40))) & set("\x1b\x07\x9b\u202e")


@example(["1. ", "1. ", "> ", "word", "word", "漢字の文"], 20)
@given(
    st.lists(
        st.sampled_from(
            ["word", "漢字の文", "שלום", "# ", "- ", "1. ", "> ", "| a | b |\n|--|--|\n", "`c`", "\n\n"]
        ),
        max_size=30,
    ),
    st.integers(20, 120),
)
def test_nothing_is_wider_than_it_may_be_and_no_letter_is_lost(parts: list[str], width: int) -> None:
    markdown = " ".join(parts)
    shown = rows(markdown, width)
    assert all(shown_width(row) <= width for row in shown)
    letters = regex.compile(r"[\p{L}]")
    if "|" not in markdown:
        assert letters.findall(markdown) == letters.findall("".join(shown))
