"""Archives in folders of their own, copied from one that was made once."""

import random
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults.children import run
from tests.faults.examining import examine


@dataclass
class Case:
    """An archive to be ill-treated; ``chance`` decides how, ``saved`` is what was told to be committed."""

    folder: Path
    seed: int
    saved: dict[int, str | None] = field(default_factory=dict)
    unsure: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)

    @property
    def index(self) -> Path:
        return self.folder / "index"

    def note(self, reports: list[Any]) -> None:
        """Take note of what a child that edits has told; what it had only begun may be old or new."""
        begun = None
        for report in reports:
            if report[0] == "began":
                begun = report[1]
            elif report[0] == "saved":
                self.saved[report[1]] = report[2]
                begun = None
        if begun:
            self.unsure.add(begun)

    def assert_sound(self, *, rebuilt: bool = False) -> None:
        """Fail unless everything committed is found, once, and ``check_index`` is clean."""
        certain = {key: text for key, text in self.saved.items() if key not in self.unsure}
        wrong = run(examine, self.folder, saved=certain, rebuilt=rebuilt)
        assert not wrong, f"seed {self.seed}, folder {self.folder}:\n" + "\n".join(wrong)


def copy_archive(template: Path, folder: Path, seed: int) -> Case:
    """A case that begins with the archive in ``template``."""
    shutil.copytree(template, folder)
    return Case(folder, seed)
