"""Running our tests and programs as an ordinary user, from tests that root runs."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

import interview_platform

UID = 63_017  # nobody's
ROOT = Path(__file__).parents[2]


def environment_of_user() -> Mapping[str, str]:
    packages = [path for path in sys.path if path.endswith("site-packages")]
    source = Path(interview_platform.__file__).parents[1]
    return {
        "PATH": "/usr/bin:/bin",
        "HOME": "/nonexistent",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(source), *packages]),
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def python_for_user() -> str:
    """A Python that this user can start and that finds everything: ours may lie where only root can look."""
    if os.geteuid() != 0:
        return sys.executable
    for python in (sys.executable, "/usr/bin/python3"):
        try:
            tried = subprocess.run(
                [python, "-c", "import interview_platform.execution.embedded, pytest_asyncio"],
                user=UID,
                env=environment_of_user(),
                capture_output=True,
                check=False,
            )
        except OSError:
            continue
        if tried.returncode == 0:
            return python
    pytest.skip("an ordinary user cannot read this checkout (it lies below /root?)")


@contextmanager
def folder_of_user(uid: int = UID) -> Iterator[Path]:
    """A folder that the user owns and can reach: pytest's own are closed to others."""
    with tempfile.TemporaryDirectory() as folder:
        os.chown(folder, uid, uid)
        yield Path(folder)
