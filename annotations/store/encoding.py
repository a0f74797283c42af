"""Rows, edits and heads as JSON: the only place where a store encodes, so that all stores write the same."""

import msgspec

from annotations.model.source import source_as_text

_encoder = msgspec.json.Encoder(enc_hook=source_as_text)


def encode(value: object) -> bytes:
    """The value as JSON on one line. Raises `UnicodeEncodeError` for half of a surrogate pair."""
    return _encoder.encode(value)
