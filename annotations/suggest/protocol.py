"""Messages between the program and the process of its suggesters: JSON, one message per line.

The program sends requests, the process answers them in order, and every answer has the id of its
request: `Load` gets one `Ready` or `Failed`; `Read` gets one or more `SpansFound`, the last of them marked, or
one `Failed`, or one `Cancelled`; `Fit` gets one `FitDone` or `Failed`. `Cancel` itself gets no answer.
"""

import msgspec
from msgspec import Struct

from annotations.dates.scheme import DEFAULT_DATES, DateSettings
from annotations.learn.doubt import FittedWeights
from annotations.learn.lesson import Lesson
from annotations.model.source import Source, source_as_text, source_from_text
from annotations.model.span import Span

BATCH = 100
"""The most suggestions in one message: few enough that showing them never delays a key."""


class Load(Struct, frozen=True, tag="load", tag_field="kind"):
    """Prepare a suggester; `suggester` names it as in `annotations.suggest.registry`."""

    id: int
    suggester: str


class Read(Struct, frozen=True, tag="read", tag_field="kind"):
    """Let a prepared suggester read one unit, which begins at the offset `start`."""

    id: int
    suggester: str
    start: int
    text: str
    dates: DateSettings = DEFAULT_DATES
    """How it must read the dates of this document."""


class Fit(Struct, frozen=True, tag="fit", tag_field="kind"):
    """Fit weights to the first `keep` lessons that were sent before, followed by these."""

    id: int
    keep: int
    lessons: tuple[Lesson, ...]
    last: bool
    """Whether these are the last lessons: only then are weights fitted."""


class Cancel(Struct, frozen=True, tag="cancel", tag_field="kind"):
    """The answer to the `Read` with this id is no longer wanted."""

    id: int


class Ready(Struct, frozen=True, tag="ready", tag_field="kind"):
    """The suggester can read now."""

    id: int
    source: Source
    labels: tuple[str, ...]
    unit: str


class SpansFound(Struct, frozen=True, tag="found", tag_field="kind"):
    """Suggestions in reading order, at offsets into the document."""

    id: int
    spans: list[Span]
    last: bool
    second_readings: list[Span] = []
    """With the last ones: names that the suggester considered and does not suggest."""


class FitDone(Struct, frozen=True, tag="fitted", tag_field="kind"):
    """The lessons were received; with the last ones, the resulting weights."""

    id: int
    weights: FittedWeights | None


class Failed(Struct, frozen=True, tag="failed", tag_field="kind"):
    """The suggester cannot fulfil the request; `message` is one sentence for the user."""

    id: int
    message: str


class Cancelled(Struct, frozen=True, tag="cancelled", tag_field="kind"):
    """The request was cancelled before it was answered."""

    id: int


Request = Load | Read | Fit | Cancel
Reply = Ready | SpansFound | FitDone | Failed | Cancelled
_encoder = msgspec.json.Encoder(enc_hook=source_as_text)
_request: msgspec.json.Decoder[Request] = msgspec.json.Decoder(Request, dec_hook=source_from_text)
_reply: msgspec.json.Decoder[Reply] = msgspec.json.Decoder(Reply, dec_hook=source_from_text)


def line_of(message: Request | Reply) -> bytes:
    """The message as a line."""
    return _encoder.encode(message) + b"\n"


def request_of(line: bytes) -> Request:
    """The request in a line. Raises `msgspec.MsgspecError` and `UnicodeDecodeError`."""
    return _request.decode(line)


def reply_of(line: bytes) -> Reply:
    """The reply in a line. Raises `msgspec.MsgspecError` and `UnicodeDecodeError`."""
    return _reply.decode(line)


def ends(reply: Reply) -> bool:
    """Whether no other reply to the same request follows this one."""
    return not isinstance(reply, SpansFound) or reply.last
