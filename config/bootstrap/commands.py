"""What each target of the Makefile does."""

import os
import subprocess
from collections.abc import Callable, Sequence

from config.bootstrap.browser import ensure_browser
from config.bootstrap.environment import DEVELOPMENT, PRODUCT, compile_catalogs, ensure_environment
from config.bootstrap.folders import PYTHON, ROOT, child_environment, runtime_folder
from config.bootstrap.sentences import say
from config.bootstrap.serving import check_port, port_number, serve, site_variables

FUZZED = 100_000
KILLED = 200
LINTERS = (
    ("-m", "ruff", "format", "--check", "."),
    ("-m", "ruff", "check", "."),
    ("-m", "mypy"),
    ("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()", "--no-logo"),
)


def setup(_arguments: Sequence[str]) -> int:
    """Make the environment that the product runs in."""
    runtime_folder()
    ensure_environment(PRODUCT)
    compile_catalogs()
    return 0


def run(_arguments: Sequence[str]) -> int:
    """Prepare the archive and serve it."""
    port = port_number(os.environ.get("PORT", ""))
    check_port(port)
    setup(())
    environment = child_environment(**site_variables(runtime_folder()))
    say("Preparing the archive", "تهيئة الأرشيف")
    prepared = _python("-m", "config.preparation", environment=environment)
    if prepared:
        return prepared
    check_port(port)
    return serve(port, environment)


def test(arguments: Sequence[str]) -> int:
    """Run pytest, with all that it needs."""
    runtime_folder()
    ensure_environment(DEVELOPMENT)
    compile_catalogs()
    ensure_browser()
    return _python("-m", "pytest", *arguments)


def fuzz(arguments: Sequence[str]) -> int:
    """Ask the search ``FUZZED`` random and adversarial queries, or as many as ``MAHDAR_FUZZ`` says."""
    runtime_folder()
    ensure_environment(DEVELOPMENT)
    compile_catalogs()
    environment = child_environment(MAHDAR_FUZZ=os.environ.get("MAHDAR_FUZZ") or str(FUZZED))
    return _python(
        "-m", "pytest", "-q", "tests/search/test_any_query.py", *arguments, environment=environment
    )


def test_faults(arguments: Sequence[str]) -> int:
    """Run all fault tests, with ``KILLED`` processes killed or as many as ``MAHDAR_FAULTS`` says."""
    runtime_folder()
    ensure_environment(DEVELOPMENT)
    compile_catalogs()
    environment = child_environment(MAHDAR_FAULTS=os.environ.get("MAHDAR_FAULTS") or str(KILLED))
    return _python("-m", "pytest", "-q", "tests/faults", *arguments, environment=environment)


def lint(_arguments: Sequence[str]) -> int:
    """Run every linter, the later ones too when one finds something; returns the worst status."""
    runtime_folder()
    ensure_environment(DEVELOPMENT)
    return max([_python(*linter) for linter in LINTERS])


def bench(arguments: Sequence[str]) -> int:
    """Run the benchmarks."""
    runtime_folder()
    ensure_environment(DEVELOPMENT)
    compile_catalogs()
    return _python("-m", "benchmarks", *arguments)


def _python(*arguments: str, environment: dict[str, str] | None = None) -> int:
    command = [str(PYTHON), *arguments]
    status = subprocess.run(command, cwd=ROOT, env=environment or child_environment(), check=False).returncode
    return status if status >= 0 else 128 - status


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "setup": setup,
    "run": run,
    "test": test,
    "fuzz": fuzz,
    "test-faults": test_faults,
    "lint": lint,
    "bench": bench,
}
