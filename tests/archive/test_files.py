"""Which files a run finds and how their bytes are read: every kind of path that is not a plain file."""

import os
from pathlib import Path

import pytest

from archive.importing import files
from archive.importing.files import comparable_path, find_files, read_bytes
from archive.importing.problems import FileError, shown_path

TEXT = "كلام.\n"


@pytest.fixture
def folder(tmp_path):
    """A folder with three articles on two levels, and what is to be passed over."""
    (tmp_path / "sub").mkdir()
    for name in ("b.txt", "a.TXT", "sub/c.txt"):
        (tmp_path / name).write_text(f"{TEXT}{name}\n")
    for name in (".hidden.txt", "notes.md", "sub/image.png"):
        (tmp_path / name).write_text("x")
    return tmp_path


def names(found):
    return [path.name for path in found.files]


class TestFindingFiles:
    def test_folders_are_walked_in_order_and_the_rest_is_counted(self, folder):
        found = find_files([folder])
        assert names(found) == ["a.TXT", "b.txt", "c.txt"]
        assert (found.hidden, found.other, found.problems) == (1, 2, [])

    def test_a_file_is_taken_whatever_its_name(self, folder):
        assert names(find_files([folder / "notes.md"])) == ["notes.md"]

    def test_a_file_named_twice_counts_once(self, folder):
        assert names(find_files([folder / "b.txt", folder, folder / "sub" / ".." / "b.txt"])) == [
            "b.txt",
            "a.TXT",
            "c.txt",
        ]

    def test_a_folder_inside_itself_by_a_link_is_walked_once(self, folder):
        (folder / "sub" / "again").symlink_to(folder, target_is_directory=True)
        found = find_files([folder])
        assert names(found) == ["a.TXT", "b.txt", "c.txt"]
        assert found.problems == []

    def test_a_link_to_another_folder_is_followed(self, folder, tmp_path_factory):
        elsewhere = tmp_path_factory.mktemp("elsewhere")
        (elsewhere / "d.txt").write_text(TEXT)
        (folder / "link").symlink_to(elsewhere, target_is_directory=True)
        assert names(find_files([folder])) == ["a.TXT", "b.txt", "d.txt", "c.txt"]

    @pytest.mark.parametrize(
        ("name", "make", "code"),
        [
            ("nowhere.txt", lambda path: None, "missing"),
            ("dangling.txt", lambda path: path.symlink_to("nowhere"), "dangling_link"),
            ("loop.txt", lambda path: path.symlink_to("loop.txt"), "unreadable"),
            ("folder.txt", lambda path: path.mkdir(), "folder"),
            ("empty", lambda path: path.mkdir(), "no_text_files"),
        ],
    )
    def test_what_is_no_file_is_a_problem(self, tmp_path, name, make, code):
        path = tmp_path / name
        make(path)
        [problem] = find_files([path]).problems
        assert (problem.code, problem.details["name"]) == (code, str(path))

    def test_a_folder_that_cannot_be_listed_is_a_problem(self, folder, monkeypatch):
        def refuse(path):
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "iterdir", refuse)
        assert [problem.code for problem in find_files([folder]).problems] == ["unreadable"]


class TestReadingBytes:
    @pytest.mark.parametrize(
        ("make", "code"),
        [
            (lambda path: None, "missing"),
            (lambda path: path.symlink_to("nowhere"), "dangling_link"),
            (lambda path: path.mkdir(), "folder"),
            (os.mkfifo, "not_a_file"),
        ],
    )
    def test_what_is_not_an_ordinary_file_is_refused(self, tmp_path, make, code):
        path = tmp_path / "x.txt"
        make(path)
        with pytest.raises(FileError) as caught:
            read_bytes(path)
        assert caught.value.code == code

    def test_a_file_without_permission_is_refused(self, folder, monkeypatch):
        def refuse(*arguments, **options):
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "open", refuse)
        with pytest.raises(FileError) as caught:
            read_bytes(folder / "b.txt")
        assert caught.value.code == "unreadable"

    def test_a_file_of_50_mb_is_refused_unread(self, tmp_path, monkeypatch):
        path = tmp_path / "big.txt"
        with path.open("wb") as file:
            file.truncate(50 * 2**20)
        monkeypatch.setattr(Path, "open", None)
        with pytest.raises(FileError) as caught:
            read_bytes(path)
        assert (caught.value.code, caught.value.details["limit"]) == ("too_large", 2)

    def test_a_file_that_grows_while_it_is_read_is_refused(self, tmp_path, monkeypatch):
        monkeypatch.setattr(files, "MAX_BYTES", 4)
        path = tmp_path / "x.txt"
        path.write_bytes(b"12345")
        small = path.stat()
        monkeypatch.setattr(Path, "stat", lambda self: os.stat_result((small.st_mode, *[0] * 9)))
        with pytest.raises(FileError) as caught:
            read_bytes(path)
        assert caught.value.code == "too_large"


class TestComparablePath:
    def test_the_same_file_has_one_path_however_it_is_named(self, folder, monkeypatch):
        monkeypatch.chdir(folder / "sub")
        (folder / "link").symlink_to(folder / "sub", target_is_directory=True)
        paths = [Path("c.txt"), Path("../sub/c.txt"), folder / "link" / "c.txt", folder / "sub" / "c.txt"]
        assert {comparable_path(path) for path in paths} == {str(folder.resolve() / "sub" / "c.txt")}

    def test_a_file_that_is_a_link_keeps_its_own_name(self, folder):
        (folder / "latest.txt").symlink_to("b.txt")
        assert comparable_path(folder / "latest.txt").endswith("latest.txt")

    def test_a_name_that_is_not_utf8_can_be_kept_and_printed(self):
        assert shown_path(os.fsdecode(b"caf\xe9.txt")) == "caf\\xe9.txt"
