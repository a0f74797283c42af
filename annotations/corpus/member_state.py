"""The present state of a member of a corpus, and its row in the list."""

from dataclasses import dataclass

from annotations.corpus.known_documents import DatabaseEntry, document_state
from annotations.corpus.listing import FileState, ListedDocument
from annotations.corpus.member import Member
from annotations.dates.document_language import LanguageChoice, language_name
from annotations.model.document_summary import Progress


@dataclass
class MemberState:
    """The present state of a member."""

    progress: Progress | None
    file_state: FileState
    words: int | None
    file_detail: str
    """The path that it had before, or why it cannot be read."""
    was_read: bool = False
    """Whether this state comes from its text, not only from the listing."""
    sha256: str = ""
    """The SHA-256 of its text when it was last read; empty if it was not read yet."""
    created: str = ""
    """The creation time that was found in its text, ISO 8601."""
    language: str = ""
    """The code of the language in which its text was last read; empty if it was not read yet."""

    def take(self, found: DatabaseEntry, member: Member) -> None:
        """Take the state that the database gives for what was found."""
        summary, self.file_state = found
        self.progress = summary.progress if summary is not None else None
        self.words = summary.words if summary is not None else None
        moved = summary is not None and summary.path not in ("", member.path)
        self.file_detail = summary.path if summary is not None and moved else ""

    def row(
        self, place: int, number: int, member: Member, languages: LanguageChoice, *, at_random: bool
    ) -> ListedDocument:
        """The member at a place, from 0, with this number, as the list shows it."""
        progress = self.progress or Progress()
        language = progress.language or self.language
        return ListedDocument(
            place + 1,
            str(number),
            member.name,
            document_state(self.progress),
            progress.flagged,
            progress.created or member.created or self.created,
            self.words,
            progress.accepted + progress.rejected,
            None if self.progress is None else progress.undecided,
            progress.lowest_score,
            progress.seconds / 60,
            progress.edited,
            self.file_state,
            self.file_detail,
            at_random,
            None if self.progress is None else progress.doubtful,
            language_name(language) if language not in ("", languages.of_all) else "",
        )
