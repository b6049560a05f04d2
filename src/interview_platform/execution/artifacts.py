"""What compiling leaves, on its way from one sandbox to the next.

The compiler worked on input of a stranger, so its output is taken as a stranger's too: it comes as a tar stream over a
pipe, with a size, and of that only regular files with plain names are written, by us.
"""

import io
import tarfile
from pathlib import Path

from interview_platform.execution.sandbox.spec import MB

ARTIFACT_BYTES = 32 * MB  # a C++ program with every header is 3; Java's classes are kilobytes
_FILES_MAX = 2000  # classes of one source file

# Compiles with standard output put away, then sends what is in OUT ($1).
SCRIPT = 'mkdir "$1" && out="$1" && shift && "$@" >&2 && exec tar -C "$out" -cf - .'


def unpack(archive: bytes, folder: Path) -> None:
    """Raises ValueError when it is not what a compiler leaves."""
    try:
        with tarfile.open(fileobj=io.BytesIO(archive), mode="r:") as tar:
            for number, member in enumerate(tar):
                if number > _FILES_MAX:
                    raise ValueError(f"more than {_FILES_MAX} files")
                name = member.name.removeprefix("./")
                content = tar.extractfile(member) if member.isreg() else None
                if content is None or "/" in name or name in {"", ".", ".."}:
                    continue
                path = folder / name
                path.write_bytes(content.read())
                path.chmod(0o755)
    except (tarfile.TarError, OSError) as error:
        raise ValueError(str(error)) from error
