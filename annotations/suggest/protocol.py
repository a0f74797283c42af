"""What the program and the process its suggesters run in say to each other: JSON, one message a line.

The program asks, the process answers: `Load` with one `Ready` or `Failed`; `Read` with one or more
`Found`, the last of them marked, or with one `Failed`.
"""

from msgspec import Struct

from annotations.model.span import Span

BATCH = 200
"""The most suggestions in one message: few enough that taking them in never holds up a key."""


class Load(Struct, frozen=True, tag="load", tag_field="kind"):
    """Get a suggester ready; `suggester` names it as in `annotations.suggest.registry`."""

    suggester: str


class Read(Struct, frozen=True, tag="read", tag_field="kind"):
    """Let a suggester that is ready read one unit, which begins at the offset `start`."""

    suggester: str
    start: int
    text: str


class Ready(Struct, frozen=True, tag="ready", tag_field="kind"):
    """The suggester can read now."""

    source: str
    labels: tuple[str, ...]
    unit: str


class Found(Struct, frozen=True, tag="found", tag_field="kind"):
    """Suggestions in reading order, at offsets into the document."""

    spans: list[Span]
    last: bool


class Failed(Struct, frozen=True, tag="failed", tag_field="kind"):
    """The suggester cannot do what was asked; `message` is one sentence for the user."""

    message: str


Request = Load | Read
Reply = Ready | Found | Failed
