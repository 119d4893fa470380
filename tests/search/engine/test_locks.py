from pathlib import Path

import pytest

from search.engine.damage import IndexBusyError
from search.engine.locks import is_locked, locked


def test_lock_is_held_by_one(tmp_path: Path) -> None:
    path = tmp_path / "new" / "lock"
    assert not is_locked(path)
    with locked(path, 0):
        assert is_locked(path)
        with pytest.raises(IndexBusyError), locked(path, 0):
            pass
    assert not is_locked(path)


def test_lock_goes_when_its_work_fails(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), locked(tmp_path / "lock", 0):
        raise RuntimeError
    assert not is_locked(tmp_path / "lock")


def test_lock_that_cannot_be_made_is_an_error_of_the_file_system(tmp_path: Path) -> None:
    (tmp_path / "lock").mkdir()
    with pytest.raises(OSError), locked(tmp_path / "lock", 0):  # noqa: PT011 - whatever it says
        pass
    assert not is_locked(tmp_path / "lock")


def test_wait_is_measured_by_a_clock_that_cannot_be_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = iter([0.0, 1.0, 2.9, 3.0])
    waited: list[float] = []
    with locked(tmp_path / "lock", 0):
        monkeypatch.setattr("search.engine.locks.time.monotonic", lambda: next(moments))
        monkeypatch.setattr("search.engine.locks.time.sleep", waited.append)
        with pytest.raises(IndexBusyError), locked(tmp_path / "lock", 3):
            pass
    assert len(waited) == 2
