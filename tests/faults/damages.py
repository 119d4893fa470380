"""Ways in which a file is damaged."""

import os
import random
from collections.abc import Callable
from pathlib import Path

Damage = Callable[[Path, random.Random], None]


def truncate(path: Path, chance: random.Random) -> None:
    """Cut the file short, to nothing once in a while."""
    size = path.stat().st_size
    os.truncate(path, chance.randrange(size) if size else 0)


def overwrite_with_zeros(path: Path, _chance: random.Random) -> None:
    """Keep the length and lose every byte."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.write(bytes(size))


def flip_bit(path: Path, chance: random.Random) -> None:
    """Alter one bit, and leave the times of the file as they were: a disk that forgets tells nobody."""
    status = path.stat()
    if not status.st_size:
        return
    with path.open("r+b") as file:
        place = chance.randrange(status.st_size)
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ 1 << chance.randrange(8)]))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def alter_bit(path: Path, chance: random.Random) -> None:
    """Alter one bit as a program does that writes to the file."""
    flip_bit(path, chance)
    os.utime(path)


def delete(path: Path, _chance: random.Random) -> None:
    path.unlink()


DAMAGES: dict[str, Damage] = {
    "truncated": truncate,
    "zeroed": overwrite_with_zeros,
    "flipped": flip_bit,
    "altered": alter_bit,
    "deleted": delete,
}


def damageable(index: Path) -> list[Path]:
    """The files of an index folder, locks aside, in an order that is the same for every index like it."""
    files = [path for path in index.rglob("*") if path.is_file() and "lock" not in path.name.lower()]
    return sorted(files, key=lambda path: (path.parent.name, path.suffix, path.stat().st_size))
