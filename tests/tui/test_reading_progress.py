"""The progress of the suggesters: shown at most twice a second, with the time left if reading takes long."""

from tui.workspace.reading_progress import ReadingProgress


def said(steps: list[tuple[float, int]], total: int = 1000) -> list[str | None]:
    """The words for each step: a time in seconds and the number of code points read by then."""
    now = 0.0
    progress = ReadingProgress(lambda: now)
    words = []
    for now, done in steps:  # noqa: B007 - the clock reads it
        words.append(progress.words(done, total))
    return words


def test_it_is_said_at_most_twice_a_second() -> None:
    steps = [(tenth / 10, tenth * 10) for tenth in range(31)]
    assert sum(words is not None for words in said(steps)) == 7


def test_what_takes_long_says_how_long_it_takes_once_that_is_known() -> None:
    steps = [(100.0, 0), (101.0, 20), (104.0, 80), (120.0, 400), (144.0, 880), (149.8, 996)]
    assert said(steps) == [
        "names 0 %",
        "names 2 %",
        "names 8 %, 45 s left",
        "names 40 %, 30 s left",
        "names 88 %, 6 s left",
        "names 99 %",
    ]
    assert said([(0.0, 0), (60.0, 100)]) == ["names 0 %", "names 10 %, 9 min left"]


def test_what_is_soon_over_says_no_time() -> None:
    assert said([(0.0, 0), (2.5, 500), (4.0, 800)]) == ["names 0 %", "names 50 %", "names 80 %"]


def test_a_text_without_a_code_point_is_no_error() -> None:
    assert said([(0.0, 0)], 0) == ["names 0 %"]
