"""Reading JSON that anybody may have written: it is decoded, or refused with a message."""

import re
from typing import Generic, TypeVar

import msgspec
from msgspec import Raw

from annotations.model.source import source_from_text
from annotations.store.interface import StoreError

T = TypeVar("T")


class Unreadable(ValueError):
    """Invalid JSON, or JSON of the wrong form; the text says why and quotes nothing of it."""


class Decoder(Generic[T]):
    """Decodes JSON of one type. Raises `Unreadable`."""

    def __init__(self, kind: type[T]) -> None:
        self._decoder = msgspec.json.Decoder(kind, dec_hook=source_from_text)

    def decode(self, data: bytes | Raw) -> T:
        """The value. Raises `Unreadable`."""
        try:
            return self._decoder.decode(data)
        except msgspec.DecodeError as error:
            raise Unreadable(_because(error)) from None
        except UnicodeDecodeError:
            raise Unreadable("it is not UTF-8") from None
        except RecursionError:
            raise Unreadable("it is nested too deeply") from None


class RowDecoder(Generic[T]):
    """Decodes stored rows of one type. Raises `StoreError`, which says what a person can do."""

    def __init__(self, kind: type[T], what: str) -> None:
        self._decoder = Decoder(kind)
        self._what = what

    def decode(self, data: bytes | Raw) -> T:
        """The row. Raises `StoreError`."""
        try:
            return self._decoder.decode(data)
        except Unreadable as error:
            raise not_readable(self._what, error) from None


def not_readable(what: str, error: Unreadable) -> StoreError:
    """The error for stored data that cannot be read, with advice."""
    return StoreError(
        f"{what} cannot be read: {error}; nothing was changed; "
        "`annotate doctor` shows details and `annotate doctor --repair` saves what is undamaged."
    )


def _because(error: msgspec.DecodeError) -> str:
    """What is wrong. The content is never quoted: it may be text of the article."""
    return re.sub(r"Invalid enum value '.*?'", "it has a word that is not allowed there", str(error))
