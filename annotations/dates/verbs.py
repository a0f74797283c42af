"""What a pipeline says about the verbs of a text: where they are and which form they have.

Besides its spans, the rules for dates use only this of a pipeline, for the tense of the clauses around dates.
"""

from typing import Literal

from msgspec import Struct

VerbForm = Literal["past", "present", "participle", "modal", "base", "gerund", "other"]
"""A finite verb in the past or present, a past participle, a modal auxiliary, an infinitive, a form
such as "going"; `other` is a word that is not a verb.
"""


class Verbs(Struct, frozen=True):
    """The verbs of a text, by the offset in code points where each begins."""

    forms: dict[int, VerbForm]

    def form_at(self, start: int) -> VerbForm:
        """The form of the word that begins at this offset."""
        return self.forms.get(start, "other")
