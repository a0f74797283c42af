"""Asks for the article's own date."""

from datetime import date

from annotations.model.errors import AnnotateError
from tui.dialogs.host import Host


def ask_article_date(host: Host) -> None:
    """Set the article's own date."""
    from annotations.dates.creation_time import parse_creation_time
    from annotations.dates.timex_value import in_words
    from annotations.model.value import Timex
    from tui.screens.prompt import PromptQuestion, PromptScreen

    def day(written: str) -> date | None:
        try:
            return parse_creation_time(written).day
        except AnnotateError:
            return None

    def check(written: str) -> str:
        try:
            parse_creation_time(written.strip() or "2000-01-01")
            return ""
        except AnnotateError as error:
            return str(error)

    def explain(written: str) -> list[str]:
        if not written.strip():
            return ["The date found in the text or in the name of the file."]
        found = parse_creation_time(written)
        return [in_words(Timex("DATE", found.value[:10]))]

    session = host.opened.session
    known = session.creation_time or session.dating.found
    question = PromptQuestion(
        mode="DATE",
        title="The article's own date",
        first=known.value if known else "",
        field="date",
        check=check,
        explain=explain,
        day=day,
        unit=lambda written: "day" if day(written) else "",
        move=lambda written, by: _moved(day(written), by),
    )
    host.ask(
        PromptScreen(question, host.appearance),
        lambda written: host.show_outcome(host.opened.properties.set_creation_time(written)),
    )


def _moved(day: date | None, by: int) -> str:
    from annotations.dates.calendar_value import shift

    return shift(day.isoformat(), by, "D") if day else ""
