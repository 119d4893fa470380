"""A disk that is full, a folder that cannot be written: the archive reads on, and changes wait."""

import errno
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults import tally
from tests.faults.children import run
from tests.faults.conftest import NewCase
from tests.faults.refusals import (
    edit_while_writing_is_refused,
    edit_without_space,
    found_without_space,
    rebuild_while_writing_is_refused,
)
from tests.faults.sizes import ALL, SEED

# From which step on the disk is full: the first, or one in the midst of a commit.
FULL_FROM = (*range(1, 60, 2),) if ALL else (1, 9)
REFUSALS = [
    *((errno.ENOSPC, number) for number in FULL_FROM),
    (errno.EDQUOT, 3),
    (errno.EIO, 5),
    (errno.EROFS, 1),
    (errno.EACCES, 1),
]
if not ALL:
    REFUSALS = [each for each in REFUSALS if each[0] not in (errno.EDQUOT, errno.EIO)]


@pytest.mark.parametrize(("error", "first"), REFUSALS)
def test_changes_wait_while_the_disk_refuses_them(error: int, first: int, new_case: NewCase) -> None:
    case = new_case(SEED + first)
    seen = run(edit_while_writing_is_refused, case.folder, seed=case.seed, error=error, first=first)
    assert seen == [], f"seed {case.seed}"
    tally.count(f"commits refused ({errno.errorcode[error]})")
    case.assert_sound(rebuilt=True)


@pytest.mark.parametrize(("error", "first"), REFUSALS)
def test_a_rebuild_that_is_refused_leaves_what_serves(error: int, first: int, new_case: NewCase) -> None:
    case = new_case(SEED + first)
    seen = run(rebuild_while_writing_is_refused, case.folder, error=error, first=first)
    assert seen == [], f"seed {case.seed}"
    tally.count(f"rebuilds refused ({errno.errorcode[error]})")
    case.assert_sound(rebuilt=True)


def test_without_an_index_and_without_space_the_database_answers(new_case: NewCase) -> None:
    case = new_case(SEED)
    assert run(found_without_space, case.folder) == []
    tally.count("first builds refused")
    case.assert_sound()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of a megabyte, where the user may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    if not ALL or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("A file system can be mounted by an administrator only, and is when all is tried.")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_a_real_disk_that_is_full(small_disk: Path, new_case: NewCase) -> None:
    case = new_case(SEED)
    seen = run(edit_without_space, case.folder, seed=case.seed, disk=small_disk)
    assert seen == []
    tally.count("real disks filled")
    case.assert_sound(rebuilt=True)
