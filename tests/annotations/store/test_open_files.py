import os
from pathlib import Path

import pytest

from annotations.store.interface import StoreError
from annotations.store.opening import open_store


def test_a_file_that_cannot_be_read_stays_open_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "annotations.json"
    path.write_text('{"documents": {"1": 5}}')
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(30):
        with pytest.raises(StoreError):
            open_store(path)
    assert len(os.listdir("/proc/self/fd")) <= before
