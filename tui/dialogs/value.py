"""Asks what a span means: the value of a date, or the entity of a name."""

from datetime import date

from annotations.entities.steps import run_for
from annotations.model.span import Span
from annotations.model.value import Timex
from tui.dialogs.host import Host
from tui.widgets.status import quoted

PATIENCE = 0.03
"""Seconds to search for the likely entity of a name; after that, the question has no proposal."""
LONGEST_TITLE = 48
"""The greatest width of the words that the question is about, in cells."""


def ask_value(host: Host) -> None:
    """Ask what the span under the cursor means, and set it."""
    span = host.opened.selection.focused_span
    if span is None:
        host.say("There is no span here that can have a value.")
        return
    timex = host.opened.session.timex(span)
    if timex is not None:
        _ask_timex(host, span, timex)
    else:
        _ask_entity(host, span)


def _ask_entity(host: Host, span: Span) -> None:
    """Ask who or what a mention names."""
    from annotations.entities.identity import canonical, entity_of, parse_entity, written
    from tui.screens.prompt import PromptQuestion, PromptReading, PromptScreen

    named = host.opened.entity_linking.entity_names(span.label)
    proposal = run_for(PATIENCE, host.opened.entity_linking.proposal_of(span))
    text = host.opened.session.text[span.start : span.end]
    words = canonical(text)
    known = entity_of(span)
    entity = known or (proposal.entity if proposal else None)
    first = written(entity) if entity else words

    def explain(typed: str) -> list[str]:
        entity = parse_entity(typed)
        if entity is None:
            return ["Type a name or an id."]
        said = [f"name {entity.name}" if entity.name else "", f"id {entity.id}" if entity.id else ""]
        return [", ".join(part for part in said if part)]

    others = (name for name in dict.fromkeys((words, *named)) if name != first)
    question = PromptQuestion(
        mode="NAME",
        title=quoted(text, LONGEST_TITLE, host.appearance),
        label=span.label,
        about="name or id",
        first=first,
        field="name",
        explain=explain,
        readings=[PromptReading(first), *(PromptReading(name) for name in others)],
    )
    host.ask(
        PromptScreen(question, host.appearance),
        lambda typed: host.show_outcome(host.opened.entity_linking.name_entity(typed)),
    )


def _ask_timex(host: Host, span: Span, timex: Timex) -> None:
    """Ask for the TIMEX3 value of a date."""
    from annotations.dates.calendar_value import first_day, granularity
    from annotations.dates.distance import distance, unit_name
    from annotations.dates.timex_value import in_words, type_of, validate
    from tui.screens.prompt import PromptQuestion, PromptReading, PromptScreen

    created = host.opened.session.creation_time
    article = created.day if created and created.trusted else None

    def words(value: str) -> str:
        return in_words(Timex(type_of(value), value))

    def far(value: str) -> str:
        return distance(value, article) if article else ""

    def explain(value: str) -> list[str]:
        origin = origin_words(timex, article) if value == timex.value else ""
        return [words(value), ", ".join(part for part in (far(value), origin) if part)]

    def day(value: str) -> date | None:
        return first_day(value) if granularity(value) == "D" else None

    question = PromptQuestion(
        mode="VALUE",
        title=quoted(host.opened.session.text[span.start : span.end], LONGEST_TITLE, host.appearance),
        label=span.label,
        about=_article_words(article),
        first=timex.value,
        field="value",
        check=lambda value: validate(type_of(value), value) or "",
        explain=explain,
        readings=[
            PromptReading(value, far(value) or words(value))
            for value in (timex.value, *timex.alternatives)
        ],
        day=day,
        unit=unit_name,
        move=_moved,
    )
    host.ask(
        PromptScreen(question, host.appearance),
        lambda value: host.show_outcome(host.opened.properties.set_timex(value)),
    )


def origin_words(timex: Timex, article: date | None) -> str:
    """The rule that gave a value, and the value it started from if that is not the date of the article."""
    if timex.origin != "rule" or not timex.rule:
        return ""
    elsewhere = timex.anchor and (article is None or timex.anchor != article.isoformat())
    return f"rule: {timex.rule}" + (f", from {timex.anchor}" if elsewhere else "")


def _moved(value: str, by: int) -> str:
    from annotations.dates.calendar_value import granularity, shift

    unit = granularity(value)
    return shift(value, by, unit) if unit else ""


def _article_words(article: date | None) -> str:
    if article is None:
        return ""
    return f"article of {article.isoformat()}, {article:%A}"
