"""The virtual environment: made once, brought up to date when the requirements change."""

import hashlib
import subprocess
import sys
from pathlib import Path

from config.bootstrap.folders import PYTHON, ROOT, VENV, child_environment, log_file
from config.bootstrap.interpreter import is_supported, version_of
from config.bootstrap.sentences import BootstrapError, say

PRODUCT = ("requirements.txt",)
DEVELOPMENT = ("requirements.txt", "tests/requirements.txt")
CATALOGS = ROOT / "config" / "locale"

# What pip writes when it cannot reach an index, whatever the cause.
_NO_NETWORK = (
    "NewConnectionError",
    "NameResolutionError",
    "ConnectTimeoutError",
    "ReadTimeoutError",
    "ProxyError",
    "Connection refused",
    "Network is unreachable",
    "Temporary failure in name resolution",
)


def fingerprint(requirements: tuple[str, ...], version: str, root: Path = ROOT) -> str:
    """A digest of a Python version and the contents of requirement files, in order."""
    digest = hashlib.sha256(version.encode())
    for name in requirements:
        content = (root / name).read_bytes()
        digest.update(f"\0{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def stamp(requirements: tuple[str, ...], venv: Path = VENV) -> Path:
    """The file in the environment that holds the fingerprint of what was installed."""
    return venv / f"installed-{'development' if requirements == DEVELOPMENT else 'product'}"


def ensure_environment(requirements: tuple[str, ...]) -> None:
    """Make ``.venv`` hold what ``requirements`` pin; does nothing when it already does."""
    _ensure_venv()
    version = ".".join(map(str, version_of(str(PYTHON)) or ()))
    wanted = fingerprint(requirements, version)
    done = stamp(requirements)
    if done.exists() and done.read_text() == wanted:
        return
    say("Installing packages into .venv (a minute or two)", "تثبيت الحزم في ‎.venv (دقيقة أو اثنتان)")
    _install(requirements[-1])
    for satisfied in {PRODUCT, requirements}:
        stamp(satisfied).write_text(fingerprint(satisfied, version))


def _ensure_venv() -> None:
    version = version_of(str(PYTHON))
    explicit = child_environment().get("PYTHON")
    same = version == sys.version_info[:2] or not explicit
    if version and is_supported(version) and same and _has_pip():
        return
    current = ".".join(map(str, sys.version_info[:2]))
    say(f"Making .venv with Python {current}", f"إنشاء ‎.venv ببايثون {current}")
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)],
        env=child_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    output = made.stdout + made.stderr
    log_file("venv").write_text(output, encoding="utf-8")
    if made.returncode == 0:
        return
    if "ensurepip" in output or "No module named venv" in output:
        raise BootstrapError(
            f"This Python cannot make virtual environments: install python{current}-venv"
            f" (on Debian: apt-get install python{current}-venv) and try again.",
            f"لا يستطيع بايثون هذا إنشاء بيئة افتراضية: ثبّت python{current}-venv"
            f" (في دبيان: apt-get install python{current}-venv) ثم أعد المحاولة.",
        )
    raise BootstrapError(
        f"The folder {VENV} cannot be made; {log_file('venv')} says why.",
        f"تعذّر إنشاء المجلد {VENV}، والسبب في {log_file('venv')}.",
    )


def _has_pip() -> bool:
    probe = [str(PYTHON), "-c", "import pip"]
    return subprocess.run(probe, env=child_environment(), capture_output=True, check=False).returncode == 0


def _install(requirements: str) -> None:
    log = log_file("pip")
    log.unlink(missing_ok=True)
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--no-input", "--retries", "2"]
    command += ["--disable-pip-version-check", "--log", str(log), "--requirement", str(ROOT / requirements)]
    installed = subprocess.run(
        command, cwd=ROOT, env=child_environment(), capture_output=True, text=True, check=False
    )
    if installed.returncode == 0:
        return
    if any(sign in installed.stdout + installed.stderr for sign in _NO_NETWORK):
        raise BootstrapError(
            "The packages could not be downloaded: there is no connection to the package index."
            f" Connect and try again (details: {log}).",
            f"تعذّر تنزيل الحزم: لا اتصال بفهرس الحزم. اتصل بالشبكة ثم أعد المحاولة (التفاصيل: {log}).",
        )
    raise BootstrapError(
        f"The packages of {requirements} could not be installed; {log} says why.",
        f"تعذّر تثبيت حزم {requirements}، والسبب في {log}.",
    )


def compile_catalogs() -> None:
    """Compile the translations that are newer than their compiled form."""
    for source in sorted(CATALOGS.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        command = [str(PYTHON), "-m", "babel.messages.frontend", "--quiet", "compile"]
        command += ["-i", str(source), "-o", str(target), "-l", source.parent.parent.name]
        compiled = subprocess.run(
            command, cwd=ROOT, env=child_environment(), capture_output=True, text=True, check=False
        )
        if compiled.returncode:
            log_file("catalogs").write_text(compiled.stdout + compiled.stderr, encoding="utf-8")
            raise BootstrapError(
                f"The translations in {source} could not be compiled; {log_file('catalogs')} says why.",
                f"تعذّر تجميع الترجمات في {source}، والسبب في {log_file('catalogs')}.",
            )
