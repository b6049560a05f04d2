"""What the tool chains of this machine have passed: two dozen self-tests for each server that a test starts take long.

Kept in the checkout, as a server keeps it in its data folder; the product tests again what has changed since.
"""

import os
import shutil
from contextlib import suppress
from pathlib import Path

from interview_platform.kit.folders import make_passable

_MEMORY = Path(__file__).parents[1] / "build" / "self-tests"
_FILES = ("self-tests.json", "versions.json")


def recall(folder: Path) -> None:
    """`folder` is a runner's."""
    make_passable(folder)
    _copy(_MEMORY, folder)


def keep(folder: Path) -> None:
    with suppress(PermissionError):  # tests that run as somebody else
        _MEMORY.mkdir(parents=True, exist_ok=True)
        _copy(folder, _MEMORY)


def _copy(source: Path, target: Path) -> None:
    for name in _FILES:
        whole = target / f"{name}.{os.getpid()}"  # another process may be reading at this moment
        with suppress(FileNotFoundError):
            shutil.copyfile(source / name, whole)
            whole.replace(target / name)
