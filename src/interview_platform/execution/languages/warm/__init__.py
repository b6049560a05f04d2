"""Programs that boot inside a sandbox ahead of the run they are for: docs/execution.md, "Warm"."""

from pathlib import Path

from interview_platform.execution.sandbox.spec import Mount

FOLDER = Path(__file__).parent
INSIDE = "/opt/warm"
"""Where a sandbox sees this folder."""

MOUNT = Mount(FOLDER, INSIDE)
