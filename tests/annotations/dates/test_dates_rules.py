"""Every rule by a sentence that needs it. The article is of Friday 22 March 2013 here."""

import pytest

from annotations.dates.creation_time import CreationTime
from annotations.dates.language import load_language
from annotations.dates.matcher import find_dates
from annotations.dates.resolver import resolve
from annotations.dates.timex_value import in_words, validate
from annotations.model.span import Span

ENGLISH = [
    ("ISO date", "The log of [2013-03-05T10:30:00Z] ends.", "TIME", "2013-03-05T10:30:00Z"),
    ("ISO date", "Published [2013-03-05] at home.", "DATE", "2013-03-05"),
    ("date in figures", "Signed on [25/12/2012] by both.", "DATE", "2012-12-25"),
    ("ISO month", "The figures of [2012-11] are out.", "DATE", "2012-11"),
    ("ISO month", "The season of [2011-12] is over.", "DATE", "2011"),
    ("written date", "It fell on [Tuesday, March 5, 2013] here.", "DATE", "2013-03-05"),
    ("written date", "It fell on [the 5th of March 2013] here.", "DATE", "2013-03-05"),
    (
        "time of a written date",
        "The bell rang at [9:30 p.m. March 5, 2013].",
        "TIME",
        "2013-03-05T21:30",
    ),
    (
        "written date with its time",
        "It stopped on [5 March 2013, 14:05] sharp.",
        "TIME",
        "2013-03-05T14:05",
    ),
    ("part of a written date", "On [the night of 5 March 2013] it rained.", "TIME", "2013-03-05TNI"),
    ("month and year", "Since [November 2010] he waits.", "DATE", "2010-11"),
    ("month and short year", "Since [Nov. '10] he waits.", "DATE", "2010-11"),
    ("edge of a month", "It closed in [late January 2012] for good.", "DATE", "2012-01"),
    ("month and day", "They met on [March 5] and left.", "DATE", "2013-03-05"),
    ("month and day", "They will meet on [June 5] in town.", "DATE", "2013-06-05"),
    ("month and day", "They met on [June 5] in town.", "DATE", "2012-06-05"),
    ("month and day", "They meet [next Tuesday, March 26] here.", "DATE", "2013-03-26"),
    ("time of a month and day", "It rang at [9 p.m. March 5] there.", "TIME", "2013-03-05T21:00"),
    (
        "part of a month and day",
        "In [the early morning of March 5] it rained.",
        "TIME",
        "2013-03-05TMO",
    ),
    ("month and day of that year", "They met on [June 5 last year] here.", "DATE", "2012-06-05"),
    ("month and day of that year", "They met in [June of this year] here.", "DATE", "2013-06"),
    ("last or next month and day", "They met [last June 12] here.", "DATE", "2012-06-12"),
    ("last or next month and day", "They meet [next June] here.", "DATE", "2013-06"),
    ("month", "[February] was cold.", "DATE", "2013-02"),
    ("month after a preposition", "Growth resumed in [May], they said.", "DATE", "2012-05"),
    ("day of the month", "They met on March 5 and again on [the 7th].", "DATE", "2013-03-07"),
    ("year", "The treaty of [2008] holds.", "DATE", "2008"),
    ("year", "It was built in [the late 1990] boom.", "DATE", "1990"),
    ("early year", "The town burnt down in [1666], they say.", "DATE", "1666"),
    ("edge of an early year", "The town burnt in [early 1666] again.", "DATE", "1666"),
    ("the year", "They look back on [the year 1969] here.", "DATE", "1969"),
    ("short year", "The class of ['99] met.", "DATE", "1999"),
    ("year before Christ", "The town was taken in [490 BC] by sea.", "DATE", "BC0490"),
    ("fiscal year", "Sales rose in [fiscal 2012] again.", "DATE", "FY2012"),
    ("decade", "Music of [the early 1990s] sells.", "DATE", "199"),
    ("decade", "Music of [the '60s] sells.", "DATE", "196"),
    ("decade of a century unsaid", "Music of [the 80s] sells.", "DATE", "198"),
    ("century", "A house of [the 19th century] stands there.", "DATE", "18"),
    ("quarter", "Profit fell in [the third quarter] by half.", "DATE", "2012-Q3"),
    ("quarter", "Profit fell in [the first quarter of 2011] by half.", "DATE", "2011-Q1"),
    ("half-year", "Profit fell in [the first half of 2012] again.", "DATE", "2012-H1"),
    ("season of a year", "It opened in [the summer of 2011] at last.", "DATE", "2011-SU"),
    ("last or next season", "It opened [last summer] at last.", "DATE", "2012-SU"),
    ("season", "It was flooded in [the winter] once.", "DATE", "2012-WI"),
    ("season by itself", "It was seen in snowy [winter] weather.", "DATE", "2012-WI"),
    ("later in the season", "It dried up [later in the summer] again.", "DATE", "2012-SU"),
    (
        "season beside the last date",
        "In July 2010 it burnt; [the following winter] it froze.",
        "DATE",
        "2011-WI",
    ),
    ("holiday", "They married on [Christmas Eve 2011] in Rome.", "DATE", "2011-12-24"),
    ("holiday", "The shops closed on [Thanksgiving] for once.", "DATE", "2012-11-22"),
    ("bare weekday", "He resigned [Thursday], they said.", "DATE", "2013-03-21"),
    ("bare weekday", "He will resign [Monday], they say.", "DATE", "2013-03-25"),
    ("bare weekday", "He resigned [late Thursday] at home.", "DATE", "2013-03-21"),
    ("last or next weekday", "He resigned [last Friday] at home.", "DATE", "2013-03-15"),
    (
        "weekday beside the last date",
        "He fell on March 5, 2013 and died [the following Sunday].",
        "DATE",
        "2013-03-10",
    ),
    ("weekday of a week", "He resigned on [Tuesday of last week].", "DATE", "2013-03-12"),
    ("part of a weekday", "He resigned on [Tuesday night] at home.", "TIME", "2013-03-19TNI"),
    ("time of a weekday", "He resigned at [9:30 a.m. Tuesday] at home.", "TIME", "2013-03-19T09:30"),
    ("today, yesterday, tomorrow", "He resigned [yesterday] at home.", "DATE", "2013-03-21"),
    ("part of yesterday or tomorrow", "He leaves [tomorrow morning].", "TIME", "2013-03-23TMO"),
    (
        "time of today, yesterday, tomorrow",
        "He leaves [tomorrow at 9 a.m.]",
        "TIME",
        "2013-03-23T09:00",
    ),
    ("the day before yesterday", "He left [the day before yesterday].", "DATE", "2013-03-20"),
    ("the day after tomorrow", "He leaves [the day after tomorrow].", "DATE", "2013-03-24"),
    ("this morning", "He left [this morning] by car.", "TIME", "2013-03-22TMO"),
    ("tonight", "He leaves [tonight] by car.", "TIME", "2013-03-22TNI"),
    ("overnight", "It snowed [overnight] in town.", "TIME", "2013-03-22TNI"),
    ("last night", "It snowed [last night] in town.", "TIME", "2013-03-21TNI"),
    ("part of the last day", "He fell on March 5 and died [that evening].", "TIME", "2013-03-05TEV"),
    ("part of the day", "He spoke in [the afternoon] for once.", "TIME", "2013-03-22TAF"),
    ("time of day", "He spoke at [9:05 p.m.] for once.", "TIME", "2013-03-22T21:05"),
    ("time of day", "He spoke at [noon] for once.", "TIME", "2013-03-22T12:00"),
    (
        "time of the next day",
        "He came on March 5 and left at [6 a.m. the next day].",
        "TIME",
        "2013-03-06T06:00",
    ),
    ("last, this, next period", "He came [last week] by car.", "DATE", "2013-W11"),
    ("last, this, next period", "He came [earlier this month] by car.", "DATE", "2013-03"),
    ("last, this, next period", "He came [last weekend] by car.", "DATE", "2013-W11-WE"),
    ("this fiscal year", "Sales fell [this fiscal year] again.", "DATE", "2013"),
    ("the current period", "Sales fell in [the current quarter] again.", "DATE", "2013-Q1"),
    ("the same period", "He came on March 5 and left [the next day].", "DATE", "2013-03-06"),
    ("the period before last", "He came [the week before last] by car.", "DATE", "2013-W10"),
    ("the coming unit", "He stays over [the next year] or so.", "DURATION", "P1Y"),
    ("edge of a period", "He leaves by [the end of next year].", "DATE", "2014"),
    ("end of the period", "He leaves by [year-end], he says.", "DATE", "2013"),
    ("earlier or later in the year", "He leaves [later in the year].", "DATE", "2013"),
    ("the week of a day", "He came in [the week of March 5] by car.", "DATE", "2013-W10"),
    ("the weekend", "He came at [the weekend] by car.", "DATE", "2013-W11-WE"),
    ("so long ago", "He came [about three months ago] by car.", "DATE", "2012-12"),
    ("so long ago", "He came [two weeks ago] by car.", "DATE", "2013-W10"),
    ("so long ago", "He came [a few years ago] by car.", "DATE", "PAST_REF"),
    ("so long ago", "He came [a decade ago] by car.", "DATE", "2003"),
    ("so long ago on a weekday", "He came [a week ago Tuesday] by car.", "DATE", "2013-03-12"),
    ("so long ago with a fraction", "He came [two and a half years ago].", "DATE", "2010-09"),
    ("times long ago", "He came [years ago] by car.", "DATE", "PAST_REF"),
    ("so long earlier", "He came on March 5; [two days earlier] he fell.", "DATE", "2013-03-03"),
    ("so long earlier", "The fourth quarter of 2012 beat that of [a year earlier].", "DATE", "2011-Q4"),
    ("so long earlier", "He came on Monday; [a day earlier], the car fell.", "DATE", "2013-03-17"),
    ("so long before", "He came on March 5; [two days before], he fell.", "DATE", "2013-03-03"),
    ("so long later", "He fell in 1990 and came back [six years later].", "DATE", "1996"),
    ("so long later", "He fell in 1990; [six years later] the car came.", "DATE", "1996"),
    ("so long after", "He fell in 1990 and, [six years after], came back.", "DATE", "1996"),
    ("first day of a range", "They met from [2] to 5 May 2012 by car.", "DATE", "2012-05-02"),
    ("first day of a range", "It ran [10]–12 April there.", "DATE", "2013-04-10"),
    ("last day of a range", "It ran March 1-[3, 2012] there.", "DATE", "2012-03-03"),
    ("last day of a range", "It ran from March 1 to [3] there.", "DATE", "2013-03-03"),
    ("month and day", "It ran [March 1]-3, 2012 there.", "DATE", "2012-03-01"),
    ("the year-earlier period", "It beat [the year-earlier period] by far.", "DATE", "2012"),
    (
        "the period before or after",
        "He came on March 5; [the day before], it rained.",
        "DATE",
        "2013-03-04",
    ),
    ("so long from now", "He comes [two weeks from now] by car.", "DATE", "2013-W14"),
    ("in so much time", "He comes in [two months' time] by car.", "DATE", "2013-05"),
    ("duration", "He slept for [twenty-five hours] there.", "DURATION", "PT25H"),
    ("duration", "It took [more than two decades] to build.", "DURATION", "P2DE"),
    ("duration", "A [nine-month] trial ended.", "DURATION", "P9M"),
    ("age", "The [28-year-old] man ran.", "DURATION", "P28Y"),
    ("age in years", "The man is [28 years old] now.", "DURATION", "P28Y"),
    ("duration of two units", "He got [two years and three months] in prison.", "DURATION", "P2Y3M"),
    ("duration of two units", "It took [1 hour, 30 minutes] to burn.", "DURATION", "PT1H30M"),
    ("duration with a fraction", "It took [two and a half years] to build.", "DURATION", "P2.5Y"),
    ("duration of a half", "It took [half an hour] to burn.", "DURATION", "PT30M"),
    ("vague duration", "It took [several weeks] to build.", "DURATION", "PXW"),
    ("duration of one", "It took [about a week] to build.", "DURATION", "P1W"),
    ("long as a unit", "A [year-long] trial ended.", "DURATION", "P1Y"),
    ("past or coming units", "It grew over [the past two days] by half.", "DURATION", "P2D"),
    ("quarters in a row", "It grew for [three straight quarters] by half.", "DURATION", "P3Q"),
    ("years in a row", "It grew for [three straight years] by half.", "DURATION", "P3Y"),
    ("units past or coming", "It grew over [the two previous weeks] by half.", "DURATION", "P2W"),
    ("the past unit", "It grew over [the past year] by half.", "DURATION", "P1Y"),
    ("recent years", "It grew in [recent months] by half.", "DATE", "PAST_REF"),
    ("coming years", "It grows in [the coming weeks] by half.", "DATE", "FUTURE_REF"),
    ("units of time", "It burnt for [days] on end.", "DURATION", "PXD"),
    ("units of something", "After all, [weeks] of talks failed.", "DURATION", "PXW"),
    ("every unit", "He swims [every year] in May.", "SET", "P1Y"),
    ("every unit", "He swims [every other day] or so.", "SET", "P2D"),
    ("every weekday", "He swims [every Monday] at home.", "SET", "XXXX-WXX-1"),
    ("every morning", "He swims [every morning] at home.", "SET", "XXXX-XX-XXTMO"),
    ("weekdays", "He swims on [Mondays] at home.", "SET", "XXXX-WXX-1"),
    ("parts of weekdays", "He swims on [Monday evenings] at home.", "SET", "XXXX-WXX-1TEV"),
    ("daily", "He swims [daily] at home.", "SET", "P1D"),
    ("times a unit", "He swims [twice a week] at home.", "SET", "P1W"),
    ("times a unit", "He swims [once every four years] at home.", "SET", "P4Y"),
    ("so much a unit", "It earns 5 million [a year] at home.", "SET", "P1Y"),
    ("per unit", "The calls [per hour] are few.", "SET", "PT1H"),
    ("now", "He is [now] at home.", "DATE", "PRESENT_REF"),
    ("this time", "He was at home at [this time] too.", "DATE", "PRESENT_REF"),
    ("this time last year", "He was at home [this time last year].", "DATE", "2012"),
    ("recently", "He was [recently] at home.", "DATE", "PAST_REF"),
    ("the past", "He did so in [the past], too.", "DATE", "PAST_REF"),
    ("the future", "He will do so in [the future], too.", "DATE", "FUTURE_REF"),
    ("quarter before a noun", "It posted a [third-quarter] loss.", "DATE", "2012-Q3"),
    (
        "day of a month in words",
        "It ends on [the last day of February 2012] at last.",
        "DATE",
        "2012-02-29",
    ),
    ("day of a month in words", "It ended on [the first of March] at last.", "DATE", "2013-03-01"),
    ("first day of a year", "They met on [the first day of 2012] again.", "DATE", "2012-01-01"),
    ("last day of a year", "They met on [the last day of 2012] again.", "DATE", "2012-12-31"),
    ("the month", "It rained in [the month of February] a lot.", "DATE", "2013-02"),
    ("edge of a month", "It closed [late in January 2012] for good.", "DATE", "2012-01"),
    ("part of a weekday", "They left at [dawn on Thursday] by boat.", "TIME", "2013-03-21TMO"),
    ("time of a weekday", "It rang at [5 o'clock Tuesday] there.", "TIME", "2013-03-19T05:00"),
    ("time of a month and day", "It rang at [9 p.m. on March 5] there.", "TIME", "2013-03-05T21:00"),
    ("time of this morning", "They left at [9 a.m. this morning] by boat.", "TIME", "2013-03-22T09:00"),
    ("time of tonight", "They leave at [9 p.m. tonight] by boat.", "TIME", "2013-03-22T21:00"),
    ("time of last night", "They left at [9 p.m. last night] by boat.", "TIME", "2013-03-21T21:00"),
    ("middle of the night", "It rang in [the middle of the night] once.", "TIME", "2013-03-22TNI"),
    ("hour in the morning", "It rang at [five in the morning] once.", "TIME", "2013-03-22T05:00"),
    ("the week of a month or year", "It snowed in [the first week of March] again.", "DATE", "2013-W10"),
    ("the week of a month or year", "It snowed in [the last week of 2012] again.", "DATE", "2012-W52"),
    ("the quarter of a day", "Sales rose in [the quarter ended Dec. 31] again.", "DATE", "2012-Q4"),
    ("the same period of a year", "It beat [the same period last year] by far.", "DATE", "2012"),
    ("the same period a year on", "It fell from [the same month last year] by far.", "DATE", "2012-03"),
    ("the latest quarter", "Sales fell in [the latest quarter] again.", "DATE", "2012-Q4"),
    ("earlier or later in the year", "They will meet [late in the year] again.", "DATE", "2013"),
    (
        "so long earlier with a fraction",
        "He fell in 1990, [a year and a half earlier] he had won.",
        "DATE",
        "1988",
    ),
    (
        "so long later with a fraction",
        "He fell on March 5 and left [half an hour later] alone.",
        "DATE",
        "2013-03-05",
    ),
    ("duration from so much to so much", "It takes [two to three weeks] to heal.", "DURATION", "P3W"),
    ("age in units", "They found a [centuries-old] chest.", "DURATION", "PXCE"),
    ("past or coming units", "It grew in [the last couple of years] by half.", "DURATION", "P2Y"),
    ("past or coming units without article", "It grew in [past decades] by half.", "DURATION", "PXDE"),
    ("duration", "The work is expected to last [six months] or so.", "DURATION", "P6M"),
    ("the units ahead", "In [the months ahead] they will meet.", "DATE", "FUTURE_REF"),
    ("the units since", "In [the years] since he has aged.", "DURATION", "PXY"),
    ("the spring", "They will marry in [the spring] at home.", "DATE", "2014-SP"),
    ("units a unit", "It is open [seven days a week] there.", "SET", "P1W"),
    ("11 September 2001", "All has changed since [9/11] there.", "DATE", "2001-09-11"),
    ("holiday", "The shops were full on [Black Friday] again.", "DATE", "2012-11-23"),
    ("bare weekday", "He spoke [early on Thursday] in town.", "DATE", "2013-03-21"),
    ("part of a weekday", "It broke [late on Monday night] in town.", "TIME", "2013-03-18TNI"),
    ("over the units", "He has grown over [the years] a lot.", "DURATION", "PXY"),
    ("weekday of a month", "They met on [the first Monday of March] again.", "DATE", "2013-03-04"),
    ("weekday of a month", "They met on [the last Sunday in May 2012] again.", "DATE", "2012-05-27"),
    ("every unit", "It rains [every few days] there.", "SET", "PXD"),
    ("every unit", "It rains [every single day] there.", "SET", "P1D"),
    ("daily", "It costs ten pounds [per annum] there.", "SET", "P1Y"),
    ("month after a month", "It rained in February and [March] a lot.", "DATE", "2013-03"),
    ("month before a month", "It was dry: [March] and April 2012 saw no rain.", "DATE", "2012-03"),
    ("day in a list", "They met on March 3, [4] and 5 again.", "DATE", "2013-03-04"),
    ("last day of a list", "They met on March 3, 4 and [5] again.", "DATE", "2013-03-05"),
    ("last year of a range", "In the war of 1914-[18] it burnt down.", "DATE", "1918"),
    ("weekday after a weekday", "It was shut Mon-[Wed] for once.", "DATE", "2013-03-20"),
    ("weekday before a weekday", "It was shut [Mon] to Wed for once.", "DATE", "2013-03-18"),
]

ONLY_GIVEN = [
    ("season as given", "spring", "DATE", "2013-SP"),
    ("day of the month as given", "21st", "DATE", "2013-03-21"),
    ("weekday as given", "Fri.", "DATE", "2013-03-22"),
    ("units as given", "the days", "DURATION", "PXD"),
]

SPANISH = [
    ("ISO date", "Publicado el [2013-03-05] en casa.", "DATE", "2013-03-05"),
    ("date in figures", "Firmado el [05/03/2013] en casa.", "DATE", "2013-03-05"),
    ("written date", "Llegó [el 5 de marzo de 2013] a casa.", "DATE", "2013-03-05"),
    ("month and day", "Llegó [el 5 de marzo] a casa.", "DATE", "2013-03-05"),
    ("month and day", "Llegará [el 5 de junio] a casa.", "DATE", "2013-06-05"),
    (
        "month and day of a year by its place",
        "Llegó [el 5 de junio del año pasado].",
        "DATE",
        "2012-06-05",
    ),
    ("month and year", "Llegó a [finales de enero de 2012] a casa.", "DATE", "2012-01"),
    ("month", "Llegó en [febrero] a casa.", "DATE", "2013-02"),
    ("last or next month", "Llegó [el pasado junio] a casa.", "DATE", "2012-06"),
    ("year", "La ley de [2008] sigue.", "DATE", "2008"),
    ("the year", "Recuerdan [el año 1969] aquí.", "DATE", "1969"),
    ("quarter", "Creció en [el primer trimestre de 2012] poco.", "DATE", "2012-Q1"),
    ("season", "Llegó [el verano pasado] a casa.", "DATE", "2012-SU"),
    ("weekday", "Llegó [el miércoles] a casa.", "DATE", "2013-03-20"),
    ("weekday", "Llegará [el miércoles] a casa.", "DATE", "2013-03-27"),
    ("last or next weekday", "Llega [el próximo lunes] a casa.", "DATE", "2013-03-25"),
    ("last or next weekday", "Llega [el lunes que viene] a casa.", "DATE", "2013-03-25"),
    ("part of a weekday", "Llegó [el martes por la noche] a casa.", "TIME", "2013-03-19TNI"),
    ("today, yesterday, tomorrow", "Llegó [ayer] a casa.", "DATE", "2013-03-21"),
    ("part of yesterday or tomorrow", "Llega [mañana por la mañana] a casa.", "TIME", "2013-03-23TMO"),
    ("this morning", "Llegó [esta mañana] a casa.", "TIME", "2013-03-22TMO"),
    ("last night", "Llegó [anoche] a casa.", "TIME", "2013-03-21TNI"),
    ("time of day", "Llegó a las [18:30] a casa.", "TIME", "2013-03-22T18:30"),
    ("last, this, next period", "Llegó [la semana pasada] a casa.", "DATE", "2013-W11"),
    ("last, this, next period", "Llega [el mes que viene] a casa.", "DATE", "2013-04"),
    ("the next or previous period", "Cayó en 2010 y volvió [al año siguiente].", "DATE", "2011"),
    ("so long ago", "Llegó [hace treinta y cinco días] a casa.", "DATE", "2013-02-15"),
    ("so long later", "Llegó el 5 de marzo y salió [dos días después].", "DATE", "2013-03-07"),
    ("so long earlier", "Llegó el 5 de marzo; [dos días antes] cayó.", "DATE", "2013-03-03"),
    ("in so much time", "Llega [dentro de dos semanas] a casa.", "DATE", "2013-W14"),
    ("duration", "Durmió [más de tres horas] en casa.", "DURATION", "PT3H"),
    ("past or coming units", "Creció en [los últimos tres meses] poco.", "DURATION", "P3M"),
    ("every unit", "Nada [cada día] en casa.", "SET", "P1D"),
    ("every weekday", "Nada [cada lunes] en casa.", "SET", "XXXX-WXX-1"),
    ("daily", "Nada [diariamente] en casa.", "SET", "P1D"),
    ("now", "Está [ahora] en casa.", "DATE", "PRESENT_REF"),
    ("recently", "Llegó [recientemente] a casa.", "DATE", "PAST_REF"),
]

CREATED = CreationTime("2013-03-22", "given")


def marked(sentence: str) -> tuple[str, int, int]:
    """A sentence without its brackets, and where they stood."""
    start, end = sentence.index("["), sentence.index("]") - 1
    return sentence.replace("[", "").replace("]", ""), start, end


@pytest.mark.parametrize(("rule", "sentence", "type_", "value"), ENGLISH)
def test_english_rule(rule: str, sentence: str, type_: str, value: str) -> None:
    check("en", rule, sentence, type_, value)


@pytest.mark.parametrize(("rule", "sentence", "type_", "value"), SPANISH)
def test_spanish_rule(rule: str, sentence: str, type_: str, value: str) -> None:
    check("es", rule, sentence, type_, value)


def check(language: str, rule: str, sentence: str, type_: str, value: str) -> None:
    text, start, end = marked(sentence)
    spans = find_dates(text, language)
    assert (start, end) in [(s.start, s.end) for s in spans], [text[s.start : s.end] for s in spans]
    place = [(s.start, s.end) for s in spans].index((start, end))
    timex = resolve(text, spans, CREATED, language)[place]
    assert (timex.rule, timex.type, timex.value) == (rule, type_, value)
    assert validate(timex.type, timex.value) is None
    assert in_words(timex)


@pytest.mark.parametrize(("rule", "text", "type_", "value"), ONLY_GIVEN)
def test_extent_that_only_a_person_would_mark(rule: str, text: str, type_: str, value: str) -> None:
    assert find_dates(text) == []
    timex = resolve(text, [Span(0, len(text), "DATE")], CREATED)[0]
    assert (timex.rule, timex.type, timex.value) == (rule, type_, value)


@pytest.mark.parametrize(
    ("language", "cases"), [("en", [*ENGLISH, *ONLY_GIVEN]), ("es", SPANISH)], ids=["en", "es"]
)
def test_every_rule_has_a_sentence(language: str, cases: list[tuple[str, str, str, str]]) -> None:
    assert {rule.name for rule in load_language(language).rules} == {case[0] for case in cases}


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_rule_names_its_field_and_a_known_source(language: str) -> None:
    tables = load_language(language)
    for rule in tables.rules:
        assert rule.field
        assert rule.source in tables.sources


@pytest.mark.parametrize(
    "sentence",
    [
        "He may march on, and the second man won.",
        "A second attack failed; three quarters of the men fell.",
        "The Daily News cost $2012 and 1914 people died.",
        "It cost 3.14 or 10:99 or 7.5.1.",
        "Sat down, sun high, dec and mar mean nothing.",
        "",
        "😀 مرحبا 你好",
    ],
)
def test_no_date(sentence: str) -> None:
    assert find_dates(sentence) == []


def test_what_is_read_does_not_depend_on_the_kind_of_white_space() -> None:
    for gap in ("\n", "\r\n", "\t", "\u00a0", "  "):
        text = f"It fell on March{gap}5, 2013."
        assert [text[s.start : s.end] for s in find_dates(text)] == [f"March{gap}5, 2013"]


def test_a_paragraph_ends_an_expression() -> None:
    text = "It closed in March\n\n2013 was worse."
    assert [text[s.start : s.end] for s in find_dates(text)] == ["March", "2013"]


def test_offsets_are_code_points() -> None:
    text = "\ufeff👩‍👩‍👧 e\u0301 शु 你好 \u202bשלום\u202c on Tuesday."
    (span,) = find_dates(text)
    assert text[span.start : span.end] == "Tuesday"
