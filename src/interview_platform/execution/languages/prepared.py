"""What is made once on a machine so that every run is quicker: classes of ours, a precompiled header, build caches.

Made from our own sources by the machine's tool chain, so without a sandbox, but at the lowest priority (preparing.py).
It lies in a folder of the language's own, which sandboxes see read-only, and appears there whole or not at all.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from interview_platform.execution.languages.base import Step, Toolchain
from interview_platform.execution.sandbox.spec import Mount

_INSIDE = "/opt/prepared"


@dataclass(frozen=True, slots=True)
class Preparation:
    name: str
    """Of the folder to be made, below the language's own; see `stamp`."""
    make: Callable[[Path], Sequence[Step]]
    """Gets the new folder, empty; may write to it. What it answers is run there, outside of any sandbox."""
    tools: Toolchain
    """That makes use of it, once it is there."""


def mount(language: str, folder: Path) -> Mount:
    """`folder`: that of this language, on the host."""
    return Mount(folder, f"{_INSIDE}/{language}")


def inside(language: str, name: str) -> str:
    return f"{_INSIDE}/{language}/{name}"


def stamp(files: Sequence[Path], *facts: Any) -> str:
    """Tells one thing to be made from the next: by the tool chain's files, and all else that it depends on."""
    known = [(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in files if path.exists()]
    return hashlib.sha256(json.dumps([known, facts], default=str).encode()).hexdigest()[:16]
