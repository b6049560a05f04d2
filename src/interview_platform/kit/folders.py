"""Folders that others may pass through and not look into."""

from pathlib import Path

_PASSABLE = 0o711


def make_passable(folder: Path) -> None:
    """Make `folder` and what is missing above it, whatever the umask. What is there already stays as it is.

    For the data folder: sandboxes of a server that is root run as other users, and read their code below it.
    """
    if folder.is_dir():
        return
    make_passable(folder.parent)
    folder.mkdir(exist_ok=True)
    folder.chmod(_PASSABLE)
