"""A Python that a sandbox can run: the system's where there is one, else the one that the server itself runs on."""

import sys
from dataclasses import dataclass
from pathlib import Path

from interview_platform.execution.sandbox.spec import Mount

_SYSTEM = Path("/usr/bin/python3")
_HOME = "/opt/python"


@dataclass(frozen=True, slots=True)
class Python:
    program: str
    """Inside the sandbox."""
    binary: Path
    """Outside, links resolved."""
    mounts: tuple[Mount, ...] = ()


def find_python() -> Python:
    if _SYSTEM.exists():
        return Python(str(_SYSTEM), _SYSTEM.resolve())
    # Built from source or by pyenv, uv, ...: such an installation finds its library relative to where it is seen.
    home = Path(sys.base_prefix)
    name = f"python{sys.version_info.major}.{sys.version_info.minor}"
    return Python(f"{_HOME}/bin/{name}", home / "bin" / name, (Mount(home, _HOME),))
