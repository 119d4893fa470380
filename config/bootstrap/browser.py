"""The browser of the browser tests: Debian's Chromium, never a download of Playwright's own."""

import os
import shutil
import subprocess

from config.bootstrap.folders import child_environment, log_file
from config.bootstrap.sentences import BootstrapError, say

NAMES = ("chromium", "chromium-browser", "google-chrome")


def ensure_browser() -> None:
    """Install Chromium when it is missing and this user may; else ``BootstrapError`` says how to."""
    if any(map(shutil.which, NAMES)):
        return
    log = log_file("apt")
    if shutil.which("apt-get") and os.geteuid() == 0:
        say("Installing Chromium for the browser tests", "تثبيت كروميوم لاختبارات المتصفح")
        environment = child_environment(DEBIAN_FRONTEND="noninteractive")
        with log.open("w", encoding="utf-8") as output:
            for step in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
                subprocess.run(
                    ["apt-get", *step],
                    env=environment,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                    check=False,
                )
        if any(map(shutil.which, NAMES)):
            return
        raise BootstrapError(
            f"Chromium, which the browser tests need, could not be installed; {log} says why.",
            f"تعذّر تثبيت كروميوم الذي تحتاجه اختبارات المتصفح، والسبب في {log}.",
        )
    raise BootstrapError(
        "The browser tests need Chromium: install it (on Debian: sudo apt-get install chromium).",
        "تحتاج اختبارات المتصفح إلى كروميوم: ثبّته (في دبيان: sudo apt-get install chromium).",
    )
