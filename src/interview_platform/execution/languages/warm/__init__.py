"""The programs of ours that wait inside a sandbox for a candidate's program to come; each is a file of its own here."""

from pathlib import Path

from interview_platform.execution.sandbox.spec import Mount

FOLDER = Path(__file__).parent
INSIDE = "/opt/warm"
"""Where a sandbox sees this folder."""

MOUNT = Mount(FOLDER, INSIDE)
