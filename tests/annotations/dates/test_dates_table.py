"""Each mechanism is tested with other words than its examples, and with near misses. The date of the
article is Thursday 8 April 2021.
"""

import pytest

from annotations.dates.creation_time import CreationTime
from annotations.dates.matcher import find_dates
from annotations.dates.resolver import resolve

CREATED = CreationTime("2021-04-08", "given")
SIBLINGS = {
    "direction": [
        ("The bridge stays closed till [Sunday].", "2021-04-11"),
        ("Fees payable [Nov. 3] went up.", "2021-11-03"),
        ("The tax is effective [Wednesday].", "2021-04-14"),
        ("It is on sale through [Saturday].", "2021-04-10"),
        ("The plans must be in by [Tuesday].", "2021-04-13"),
        ("He was held until [Monday].", "2021-04-05"),
        ("She keeps class heads waiting on [Tuesday].", "2021-04-06"),
    ],
    "another week or day": [
        ("[Monday]'s strike hurt the port.", "2021-04-05"),
        ("Nobody liked [Wednesday]'s speech.", "2021-04-07"),
        ("After [Sunday]'s flood the road shut.", "2021-04-04"),
        ("The score of [Saturday]’s match stands.", "2021-04-03"),
        ("They will join [Monday]'s strike.", "2021-04-12"),
        ("She came on Tuesday. At [7 a.m.] the bell rang.", "2021-04-06T07:00"),
    ],
    "periods meant": [
        ("In the third quarter sales were 4 million, up from 3 million [a year ago].", "2019-Q3"),
        ("In February output was 9, compared with 7 [a year ago].", "2020-02"),
        ("Revenue for [Q2 FY19] grew.", "2019-Q2"),
        ("Revenue for [1Q20] grew.", "2020-Q1"),
        ("In the second quarter of 2019 costs rose, but profit fell in [the quarter].", "2019-Q2"),
        ("Revenue for [fiscal 2019] grew.", "FY2019"),
        ("He left [a year ago].", "2020"),
    ],
    "vague stretches": [
        ("In [recent weeks] it rained.", "PXW"),
        ("In [the coming months] it grows.", "PXM"),
        ("In [the years ahead] it grows.", "PXY"),
        ("[The past months] were dry.", "PXM"),
        ("In [the first half of 1993] it grew.", "1993-H1"),
        ("It grew over [the last month] only.", "P1M"),
    ],
    "arithmetic": [
        ("It opens [two weeks from Saturday].", "2021-04-24"),
        ("He died [three days after Christmas].", "2020-12-28"),
        ("It rained [two days before yesterday].", "2021-04-05"),
        ("[The month after next] it ends.", "2021-06"),
        ("He comes [Monday week], she said.", "2021-04-19"),
        ("A rally is planned [a week on Thursday].", "2021-04-22"),
        ("He came [two fortnights ago].", "2021-03-11"),
        ("They met [Monday last] in town.", "2021-04-05"),
    ],
    "numbers": [
        ("It took [2½ hours].", "PT2.5H"),
        ("It took [1 3/4 hours].", "PT1.75H"),
        ("In [twenty nineteen] it opened.", "2019"),
        ("In [eighteen seventy-one] it opened.", "1871"),
        ("At [quarter to eight] they ate.", "2021-04-08T07:45"),
        ("At [twenty past six] they ate.", "2021-04-08T06:20"),
        ("They lost two million [last year].", "2020"),
        ("Between [the 3rd] and 4th centuries it fell.", "02"),
        ("In [AD 410] it fell.", "0410"),
        ("The season of [1999/00] was good.", "1999"),
    ],
    "written forms": [
        ("On [03-Dec-2018] they met.", "2018-12-03"),
        ("On [7. May 2020] they met.", "2020-05-07"),
        ("On [2019 June 2] they met.", "2019-06-02"),
        ("[Wed Jan 3 08:15:00 UTC 2024] was logged.", "2024-01-03T08:15:00Z"),
        ("On [02.11.2019] they met.", "2019-11-02"),
        ("It rang at [14:00 UTC] there.", "2021-04-08T14:00Z"),
    ],
    "extent": [
        ("It was built in [the 18th century] here.", "17"),
        ("She gave [three months'] notice.", "P3M"),
        ("It was [ten days’] work.", "P10D"),
        ("They took [two years'] leave.", "P2Y"),
        ("It took [six hours'] sailing.", "PT6H"),
    ],
}
NEAR_MISSES = {
    "direction": ["He set heads and plans aside.", "They are due nothing, by and by."],
    "another week or day": ["The strike's end came.", "Its guard locked up."],
    "periods meant": ["Three quarters of them left.", "He took quarters in Q block."],
    "vague stretches": ["Recent events ahead of it.", "The last half of the bread."],
    "arithmetic": ["The first before last place.", "Work from home."],
    "numbers": ["Nineteen of eighty-two fell.", "They paid $3 million last."],
    "written forms": ["Version 3.4.2020 is out.", "The release 1.12.19 is out."],
    "extent": ["The boys' notice.", "The 19th hole."],
    "no date": [
        "Room 2012 and page 1999.",
        "Suite 1900 is free.",
        "April Moss met June Lee and May Roth.",
        "The Monday Club met.",
        "The 30th reunion was loud.",
        "The Russell 2000 index fell.",
    ],
}


@pytest.mark.parametrize(("sentence", "value"), [case for cases in SIBLINGS.values() for case in cases])
def test_siblings(sentence: str, value: str) -> None:
    start, end = sentence.index("["), sentence.index("]") - 1
    text = sentence.replace("[", "").replace("]", "")
    spans = find_dates(text)
    places = [(span.start, span.end) for span in spans]
    assert (start, end) in places, [text[s.start : s.end] for s in spans]
    assert resolve(text, spans, CREATED)[places.index((start, end))].value == value


@pytest.mark.parametrize("sentence", [one for misses in NEAR_MISSES.values() for one in misses])
def test_near_misses(sentence: str) -> None:
    assert [sentence[span.start : span.end] for span in find_dates(sentence)] == []


def test_time_stamps_of_a_transcript_are_no_dates() -> None:
    lines = "".join(f"[00:{minute:02}:07] She said something.\n" for minute in range(30))
    assert find_dates(lines) == []
    text = "".join(f"{minute:02}:10 Bo: it begins at 9:30, come.\n" for minute in range(30))
    assert {text[s.start : s.end] for s in find_dates(text)} == {"9:30"}


def test_a_few_clocks_at_the_beginning_of_lines_are_times() -> None:
    assert len(find_dates("9:30 The hall opens.\n10:15 The choir sings.\n")) == 2
