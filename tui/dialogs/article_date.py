"""Asks for the article's own date."""

from annotations.model.errors import AnnotateError
from tui.dialogs.host import Host


def ask_article_date(host: Host) -> None:
    """Set the article's own date."""
    from annotations.dates.creation_time import parse_creation_time
    from tui.screens.prompt import PromptScreen

    def check(written: str) -> str:
        try:
            parse_creation_time(written.strip() or "2000-01-01")
            return ""
        except AnnotateError as error:
            return str(error)

    def explain(written: str) -> str:
        if not written.strip():
            return "As it was found in the text or the file's name."
        return parse_creation_time(written).value

    session = host.opened.session
    known = session.creation_time or session.found_creation_time
    host.ask(
        PromptScreen(
            "The article's own date", known.value if known else "", host.base_style, check, explain
        ),
        lambda written: host.show_outcome(host.opened.properties.set_creation_time(written)),
    )
