"""Systems that find dates: the rules alone, what the program shows by default, another system's folder,
and other libraries.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from annotations.dates.calendar_value import first_day
from annotations.dates.creation_time import CreationTime, find_creation_time
from annotations.dates.document_dates import is_date, timexes
from annotations.dates.matcher import find_dates
from annotations.dates.resolver import resolve
from annotations.dates.scheme import DATE_KINDS, DateKind, DateSettings
from annotations.model.errors import AnnotateError
from annotations.model.hidden_dates import is_hidden_date
from annotations.model.span import Span, replace
from annotations.model.value import Timex
from annotations.suggest.chunking import chunks
from annotations.suggest.registry import Pipelines, choose
from benchmarks.timeml_scores import Article, Expression, System, read_folder

_MARKED = 3
_WITH_CLOCK = re.compile(r"[\dX-]+T")


def rules_alone(settings: DateSettings) -> System:
    """The rules without a pipeline."""

    def system(article: Article) -> list[Expression]:
        spans = find_dates(article.text, settings.language, settings.kinds)
        return expressions(spans, resolve(article.text, spans, created(article), settings.language))

    return system


def by_default(settings: DateSettings, pipeline: str = "") -> tuple[System, str]:
    """What the program shows by default: the pipeline's spans corrected by the rules, read in the
    pipeline's units; and the pipeline's name and version.

    Raises `AnnotateError` when the pipeline cannot be loaded.
    """
    loaded = choose(f"pipeline:{pipeline}".removesuffix(":")).load(Pipelines(lambda: None))

    def system(article: Article) -> list[Expression]:
        spans = [
            replace(span, start=span.start + start, end=span.end + start)
            for start, end in chunks(article.text)
            for span in loaded.suggest(article.text[start:end], settings)
            if is_date(span) and not is_hidden_date(span)
        ]
        return expressions(spans, _values(article, spans, settings))

    return system, str(loaded.source)


def _values(article: Article, spans: list[Span], settings: DateSettings) -> list[Timex]:
    return timexes(article.text, spans, created(article), language=settings.language)


def of_folder(folder: Path) -> System:
    """What another system wrote: TimeML documents with the same names and texts as those that are scored.

    Raises `ValueError` for a document whose text differs, `KeyError` for a missing one.
    """
    written = {article.name: article for article in read_folder(folder)}

    def system(article: Article) -> list[Expression]:
        if written[article.name].text != article.text:
            raise ValueError(f"{folder / article.name} has another text than the document to score.")
        return list(written[article.name].gold)

    return system


def marked_kinds(articles: Sequence[Article]) -> frozenset[DateKind]:
    """The kinds of expressions that are marked in the articles, each more often than a mistake would be."""
    gold = [expression for article in articles for expression in article.gold]
    counts = {
        "duration": sum(e.type == "DURATION" for e in gold),
        "set": sum(e.type == "SET" for e in gold),
        "now": sum(e.value.endswith("_REF") for e in gold),
        "time": sum(e.type == "TIME" or bool(_WITH_CLOCK.match(e.value)) for e in gold),
    }
    counts |= {"age": counts["duration"], "adjective": counts["set"], "date": len(gold)}
    return frozenset(kind for kind in DATE_KINDS if counts[kind] >= _MARKED)


def created(article: Article) -> CreationTime | None:
    """The article's own date: as the document states it, otherwise as the program finds it in the text."""
    given = CreationTime(article.created, "TimeML")
    return given if first_day(article.created) else find_creation_time(article.text)


def expressions(spans: Sequence[Span], values: Sequence[Timex]) -> list[Expression]:
    """Suggested spans with their values and who suggested them, in the form that is scored."""
    return [
        Expression(span.start, span.end, timex.type, timex.value, str(span.sources[0]))
        for span, timex in zip(spans, values, strict=True)
    ]


def peers(pipeline: str) -> list[tuple[str, System | None]]:
    """Other libraries that find dates, each with its name; `None` if it is not installed."""
    return [
        ("dateparser on spaCy's spans", _dateparser(pipeline)),
        ("recognizers-text", _recognizers("ms_recognizers_date_time")),
    ]


def _dateparser(pipeline: str) -> System | None:
    try:
        date_data: Any = import_module("dateparser.date").DateDataParser
        loaded = choose(f"pipeline:{pipeline}".removesuffix(":")).load(Pipelines(lambda: None))
    except (ImportError, AnnotateError):
        return None

    def parsed(article: Article) -> list[Expression]:
        base = datetime.fromisoformat(article.created[:10]) if article.created else datetime(2000, 1, 1)
        parser = date_data(
            languages=["en"], settings={"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"}
        )
        result = []
        for span in filter(is_date, loaded.suggest(article.text)):
            data = parser.get_date_data(article.text[span.start : span.end])
            value = ""
            if data.date_obj:
                lengths = {"year": 4, "month": 7, "day": 10, "week": 10, "time": 16}
                value = data.date_obj.isoformat()[: lengths.get(data.period, 10)]
                if data.period == "week":
                    year, week, _ = data.date_obj.isocalendar()
                    value = f"{year:04}-W{week:02}"
            result.append(Expression(span.start, span.end, "TIME" if "T" in value else "DATE", value))
        return result

    return parsed


def _recognizers(module: str) -> System | None:
    """Microsoft's recognizers-text as released since 2024, or `None` when that is not installed."""
    try:
        recognize = import_module(module).recognize_datetime
    except ImportError:
        return None

    def system(article: Article) -> list[Expression]:
        base = datetime.fromisoformat(article.created[:10]) if article.created else datetime(2000, 1, 1)
        result = []
        for found in recognize(article.text, "en-us", reference=base):
            kind = found.type_name.rpartition(".")[2]
            types = {"duration": "DURATION", "set": "SET", "time": "TIME", "datetime": "TIME"}
            result.append(
                Expression(
                    found.start,
                    found.end + 1,
                    types.get(kind, "DATE"),
                    _recognizer_value(found.resolution, base),
                )
            )
        return result

    return system


def _recognizer_value(resolution: dict[str, Any] | None, base: date) -> str:
    """The TIMEX3 value of what recognizers-text resolved: its `timex`, or of two possible days the past one."""
    values = (resolution or {}).get("values") or []
    if not values:
        return ""
    first: dict[str, str] = values[0]
    timex = str(first.get("timex", ""))
    if "X" not in timex and "(" not in timex:
        return timex.replace("T24", "T00") if timex else ""
    if first.get("value", "").startswith(("1", "2")):
        days = [v["value"] for v in values if "value" in v]
        past = [d for d in days if d[:10] <= base.isoformat()[:10]]
        return str((past or days)[-1]).replace(" ", "T")
    start, end = first.get("start", ""), first.get("end", "")
    if start.endswith("-01") and end.endswith("-01"):
        return start[:4] if start.endswith("-01-01") and end.endswith("-01-01") else start[:7]
    return ""
