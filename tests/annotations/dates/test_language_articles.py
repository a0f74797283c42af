"""Our own articles in languages without a corpus: how many of their dates get the right value."""

from pathlib import Path

import pytest

from annotations.dates.scheme import SCHEMES, DateSettings
from benchmarks.timeml_scores import f1, read_folder, run
from benchmarks.timeml_systems import rules_alone

ARTICLES = Path(__file__).parent / "articles"


@pytest.mark.parametrize(("language", "least"), [("fr", 93), ("zh", 95)])
def test_dates_of_articles_of_our_own(language: str, least: float) -> None:
    articles = read_folder(ARTICLES / language)
    assert len(articles) == 20
    score, _ = run(rules_alone(DateSettings(language, SCHEMES["timex3"])), articles)
    assert f1(score.values, score.valued_found, score.valued_gold) >= least
