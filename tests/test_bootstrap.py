"""From a fresh clone to a running archive: the decisions of the bootstrap and its sentences."""

import os
import re
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from config.bootstrap import commands, environment, folders
from config.bootstrap.__main__ import main
from config.bootstrap.commands import FUZZED, KILLED
from config.bootstrap.environment import DEVELOPMENT, PRODUCT, fingerprint, stamp
from config.bootstrap.folders import ROOT, child_environment, runtime_folder
from config.bootstrap.interpreter import find_interpreter, is_supported, version_of
from config.bootstrap.sentences import BootstrapError
from config.bootstrap.serving import check_port, port_number, secret_key, site_variables

ARABIC = range(0x0600, 0x06FF)


def assert_both_languages(error):
    """One sentence in English, the same in Arabic, and no traceback in either."""
    assert re.match("[A-Z]", error.english)
    assert any(ord(letter) in ARABIC for letter in error.arabic)
    for text in (error.english, error.arabic):
        assert "\n" not in text
        assert "Traceback" not in text


@pytest.mark.parametrize(
    ("version", "supported"),
    [((3, 10), False), ((3, 11), True), ((3, 12), True), ((3, 13), True), ((3, 14), False), ((2, 7), False)],
)
def test_supported_versions(version, supported):
    assert is_supported(version) is supported


def test_a_supported_python_is_kept():
    assert find_interpreter("/usr/bin/it", (3, 12), {}) == "/usr/bin/it"


def test_an_old_python_gives_way_to_a_supported_one():
    """Debian's own Python may be older than another that is installed beside it."""
    assert find_interpreter("/usr/bin/old", (3, 9), {}, candidates=(sys.executable,)) == sys.executable


@pytest.mark.parametrize(
    ("environ", "candidates"),
    [({}, ("no-such-python",)), ({"PYTHON": "/usr/bin/old"}, (sys.executable,))],
    ids=["there is none", "the user chose"],
)
def test_a_wrong_python_is_refused(environ, candidates):
    with pytest.raises(BootstrapError) as caught:
        find_interpreter("/usr/bin/old", (3, 9), environ, candidates)
    assert "3.9" in caught.value.english
    assert_both_languages(caught.value)


def test_a_program_that_is_no_python_has_no_version(tmp_path):
    assert version_of(str(tmp_path / "missing")) is None
    assert version_of("/bin/false") is None


@pytest.mark.parametrize(("text", "port"), [("", 8000), ("8765", 8765), (" 80 ", 80), ("65535", 65535)])
def test_port_numbers(text, port):
    assert port_number(text) == port


@pytest.mark.parametrize("text", ["0", "65536", "-1", "http", "80.5", "٨٠٠٠", "8000;"])
def test_what_is_no_port_is_refused(text):
    with pytest.raises(BootstrapError) as caught:
        port_number(text)
    assert text in caught.value.english
    assert_both_languages(caught.value)


@pytest.mark.parametrize(
    ("command", "tests", "variable", "given_by_default"),
    [
        (commands.fuzz, "tests/search/test_any_query.py", "MAHDAR_FUZZ", FUZZED),
        (commands.test_faults, "tests/faults", "MAHDAR_FAULTS", KILLED),
    ],
)
@pytest.mark.parametrize("wanted", [None, 7])
def test_long_tests_try_as_much_as_is_wanted(
    monkeypatch, tmp_path, command, tests, variable, given_by_default, wanted
):
    started = []
    monkeypatch.delenv(variable, raising=False)
    for name, value in {"MAHDAR_VAR": tmp_path, **({variable: wanted} if wanted else {})}.items():
        monkeypatch.setenv(name, str(value))
    for step in ("ensure_environment", "compile_catalogs"):
        monkeypatch.setattr(commands, step, lambda *_: None)
    monkeypatch.setattr(commands, "_python", lambda *given, environment: started.append((given, environment)))
    command(["-x"])
    ((given, environment),) = started
    assert given[-2:] == (tests, "-x")
    assert environment[variable] == str(wanted or given_by_default)


def test_a_taken_port_is_named():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(BootstrapError) as caught:
            check_port(port)
    assert str(port) in caught.value.english
    assert_both_languages(caught.value)
    check_port(port)


def test_the_secret_key_is_made_once_and_for_its_owner_only(tmp_path):
    key = secret_key(tmp_path)
    assert len(key) >= 50
    assert secret_key(tmp_path) == key
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_an_empty_secret_key_is_made_again(tmp_path):
    """A first start that was killed between making the file and writing it."""
    (tmp_path / "secret_key").touch()
    assert len(secret_key(tmp_path)) >= 50


def test_the_users_own_variables_win(tmp_path):
    own = {"MAHDAR_SECRET_KEY": "mine", "MAHDAR_ALLOWED_HOSTS": "example.org", "MAHDAR_DEBUG": ""}
    variables = site_variables(tmp_path, own)
    assert variables["MAHDAR_SECRET_KEY"] == "mine"
    assert variables["MAHDAR_ALLOWED_HOSTS"] == "example.org"
    assert not (tmp_path / "secret_key").exists()


def test_without_the_users_variables_the_site_is_safe_and_local(tmp_path):
    variables = site_variables(tmp_path, {"PATH": "/bin"})
    assert set(variables) == {"MAHDAR_VAR", "MAHDAR_ALLOWED_HOSTS", "MAHDAR_SECRET_KEY"}
    assert variables["MAHDAR_ALLOWED_HOSTS"] == "127.0.0.1,localhost,[::1]"


def test_the_runtime_folder_is_made(tmp_path):
    folder = tmp_path / "a b" / "var"
    assert runtime_folder({"MAHDAR_VAR": str(folder)}) == folder
    assert folder.is_dir()


def test_a_runtime_folder_that_cannot_be_written_is_refused(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(BootstrapError) as caught:
        runtime_folder({"MAHDAR_VAR": str(tmp_path / "file" / "var")})
    assert "MAHDAR_VAR" in caught.value.english
    assert_both_languages(caught.value)


def test_programs_are_not_misled_by_the_users_shell(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "other.settings")
    started = child_environment(MORE="1")
    assert "PYTHONPATH" not in started
    assert "DJANGO_SETTINGS_MODULE" not in started
    assert started["MORE"] == "1"


def test_a_stamp_knows_requirements_and_python(tmp_path):
    (tmp_path / "a.txt").write_text("Django==5.2")
    first = fingerprint(("a.txt",), "3.11", tmp_path)
    assert fingerprint(("a.txt",), "3.11", tmp_path) == first
    assert fingerprint(("a.txt",), "3.12", tmp_path) != first
    (tmp_path / "a.txt").write_text("Django==5.3")
    assert fingerprint(("a.txt",), "3.11", tmp_path) != first


def test_the_product_and_the_tests_have_stamps_of_their_own(tmp_path):
    assert stamp(PRODUCT, tmp_path) != stamp(DEVELOPMENT, tmp_path)


@pytest.fixture
def pip_says(monkeypatch, tmp_path):
    """Let ``pip install`` end as a test wants, with its log elsewhere."""

    def arrange(output):
        monkeypatch.setenv("MAHDAR_VAR", str(tmp_path))
        ended = subprocess.CompletedProcess([], 1, stdout="", stderr=output)
        monkeypatch.setattr(environment.subprocess, "run", lambda *args, **kwargs: ended)

    return arrange


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("NewConnectionError: Temporary failure in name resolution", "no connection"),
        ("ERROR: No matching distribution found for Django==99", "could not be installed"),
    ],
)
def test_a_failed_installation_is_one_sentence(pip_says, output, sentence):
    pip_says(output)
    with pytest.raises(BootstrapError) as caught:
        environment._install("requirements.txt")
    assert sentence in caught.value.english
    assert "pip.log" in caught.value.english
    assert_both_languages(caught.value)


def test_python_without_venv_is_told_what_to_install(pip_says, monkeypatch):
    monkeypatch.setattr(environment, "version_of", lambda executable: None)
    pip_says("The virtual environment was not created successfully because ensurepip is not available.")
    with pytest.raises(BootstrapError) as caught:
        environment._ensure_venv()
    assert f"python{sys.version_info[0]}.{sys.version_info[1]}-venv" in caught.value.english
    assert_both_languages(caught.value)


def test_without_chromium_and_rights_the_tests_say_how_to_get_it(monkeypatch, tmp_path):
    from config.bootstrap import browser

    monkeypatch.setenv("MAHDAR_VAR", str(tmp_path))
    monkeypatch.setattr(browser.shutil, "which", lambda name: None)
    with pytest.raises(BootstrapError) as caught:
        browser.ensure_browser()
    assert "apt-get install chromium" in caught.value.english
    assert_both_languages(caught.value)


@pytest.mark.parametrize("arguments", [[], ["fly"]])
def test_an_unknown_command_names_the_known_ones(arguments, capsys):
    assert main(arguments) == 1
    assert "setup, run, test, fuzz, test-faults, lint, bench" in capsys.readouterr().err


def test_a_refusal_is_two_lines_and_a_status(monkeypatch, capsys):
    monkeypatch.setenv("PORT", "port")
    assert main(["run"]) == 1
    captured = capsys.readouterr()
    assert len(captured.err.splitlines()) == 2
    assert not captured.out


def test_the_bootstrap_needs_only_the_standard_library():
    """It runs before anything is installed."""
    program = (
        "import sys; sys.path[:] = [p for p in sys.path if 'site-packages' not in p];"
        "import config.bootstrap.commands, config.bootstrap.__main__"
    )
    command = [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); {program}"]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == 0


def test_make_alone_lists_every_target():
    shown = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    listed = [line.split()[1] for line in shown.splitlines()]
    assert listed == ["help", "setup", "run", "test", "fuzz", "test-faults", "lint", "bench"]
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_folders_follow_the_project(tmp_path):
    """Nothing of the place where it was written is remembered: a copy elsewhere works there."""
    assert Path(__file__).resolve().parents[1] == folders.ROOT
    assert folders.VENV.parent == folders.ROOT
