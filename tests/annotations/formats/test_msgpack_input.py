"""Any MessagePack value is skipped exactly, and damaged data raises `ValueError`."""

import tempfile
from typing import IO

import msgspec
import pytest
import srsly
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.formats import msgpack_input
from annotations.formats.msgpack_input import MsgpackReader, places

values = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(-(2**63), 2**64 - 1), st.floats(),
        st.text(max_size=300), st.binary(max_size=300),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=20), st.dictionaries(st.text(max_size=5), inner, max_size=20)
    ),
)  # fmt: skip


def file_of(data: bytes) -> IO[bytes]:
    file = tempfile.TemporaryFile()  # noqa: SIM115
    file.write(data)
    file.flush()
    return file


@settings(max_examples=60)
@given(st.dictionaries(st.text(), values, max_size=20), st.integers(0, 2**32))
def test_each_value_of_a_map_is_found_where_it_stands(value: dict[str, object], cut: int) -> None:
    for data in (msgspec.msgpack.encode(value), bytes(srsly.msgpack_dumps(value))):
        with file_of(data) as file:
            found = places(file)
            parts = {name: data[start:end] for name, (start, end) in found.items()}
        decoded = {name: msgspec.msgpack.decode(part) for name, part in parts.items()}
        assert repr(decoded) == repr(msgspec.msgpack.decode(data))
        short = data[: cut % len(data)]
        with file_of(short) as file, pytest.raises(ValueError, match="middle"):
            places(file)


@pytest.mark.parametrize("size", [0, 1, 31, 32, 255, 256, 65535, 65536])
def test_every_size_has_its_own_head(size: int) -> None:
    for value in ("x" * size, b"x" * size, [None] * size, dict.fromkeys(range(size))):
        data = msgspec.msgpack.encode(value)
        with file_of(data) as file:
            reader = MsgpackReader(file)
            assert reader.head().size == size
            reader.place = 0
            reader.skip()
            assert reader.place == len(data)


def test_blobs_come_one_at_a_time_and_nothing_is_empty() -> None:
    with file_of(msgspec.msgpack.encode([b"ab", None, b""])) as file:
        assert list(MsgpackReader(file).blobs()) == [b"ab", b"", b""]


@pytest.mark.parametrize(
    "data", [b"", b"\xc1", b"\x81\xa1a\xc1", b"\x90", b"\x81\x01\x02", b"\x81\xa1\xff\x01"]
)
def test_what_is_no_map_with_names_is_said(data: bytes) -> None:
    with file_of(data) as file, pytest.raises(ValueError, match=r"."):
        places(file)


def test_deep_and_endless_files_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(msgpack_input, "MOST_ITEMS", 1000)
    for data in (b"\x91" * 5000, b"\xdd\xff\xff\xff\xff" + b"\xc0" * 5000):
        with file_of(data) as file, pytest.raises(ValueError, match="more than 1000"):
            MsgpackReader(file).skip()
