"""What is made once on a machine so that every run is quicker: classes of ours, a precompiled header, build caches.

Made from our own sources by the machine's tool chain, so without a sandbox, but at the lowest priority. It lies in a
folder of the language's own, which sandboxes see read-only from their start on, and appears there whole or not at all.
"""

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from interview_platform.execution.sandbox.spec import Mount

INSIDE = "/opt/prepared"
_SECONDS = 600  # building a standard library at the lowest priority, on a busy machine


def mount(language: str, folder: Path) -> Mount:
    """`folder`: that of this language, on the host."""
    return Mount(folder, inside(language))


def inside(language: str) -> str:
    return f"{INSIDE}/{language}"


def stamp(files: Sequence[Path], *facts: Any) -> str:
    """Tells one thing to be made from the next: by the tool chain's files, and all else that it depends on."""
    known = [(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in files if path.exists()]
    return hashlib.sha256(json.dumps([known, facts], default=str).encode()).hexdigest()[:16]


def made(folder: Path, name: str, make: Callable[[Path], None]) -> None:
    """See to it that `folder`/`name` is there, made by `make` in a folder that becomes it. Others are removed."""
    wanted = folder / name
    if wanted.exists():
        return
    new = Path(tempfile.mkdtemp(prefix=".new-", dir=folder))
    try:
        make(new)
        _readable(new)
        with suppress(OSError):  # another server on this folder was quicker
            new.rename(wanted)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    for old in folder.iterdir():
        if old != wanted and not old.name.startswith(".new-"):
            shutil.rmtree(old, ignore_errors=True)


def run(command: Sequence[str | Path], folder: Path, environment: Mapping[str, str] | None = None) -> None:
    """At the lowest priority. Raises CalledProcessError with what it said, OSError, TimeoutExpired."""
    subprocess.run(  # noqa: S603 - found by us
        ["nice", "-n", "19", *command],  # noqa: S607 - coreutils
        cwd=folder,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=True,
    )


def _readable(folder: Path) -> None:
    """For the users that sandboxes run as, whatever the umask."""
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        path.chmod(path.stat().st_mode | (0o555 if path.is_dir() else 0o444))
