"""What a pipeline says of the verbs of a text: where they stand and in which form.

Only this is carried from a pipeline to the rules of dates, for the tense of the clauses around dates.
"""

from typing import Literal

from msgspec import Struct

VerbForm = Literal["past", "present", "participle", "modal", "base", "gerund", "other"]
"""A finite verb in the past or present, a past participle, an auxiliary of mood, an infinitive, a form such as
"going"; `other` is a word that is no verb."""


class Verbs(Struct, frozen=True):
    """The verbs of a text by where they begin, in code points."""

    forms: dict[int, VerbForm]

    def form_at(self, start: int) -> VerbForm:
        """The form of the word that begins there."""
        return self.forms.get(start, "other")
