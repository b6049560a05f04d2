"""Opening a database: where it is, who may read it, and one clear sentence when it cannot be."""

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from interview_platform.kit.errors import CannotOpen
from interview_platform.storage.open import SQLITE_FILE, open_database


async def test_others_may_pass_through_the_folder_and_read_nothing(tmp_path: Path) -> None:
    """Pass through: to the code that sandboxes run, as users of their own. Also with a backup's mode and umask 077."""
    folder = tmp_path / "deep" / "data"
    before = os.umask(0o077)
    try:
        await (await open_database(None, folder)).close()
    finally:
        os.umask(before)
    (folder / SQLITE_FILE).chmod(0o644)
    database = await open_database(None, folder)
    await database.write(lambda c: c.execute(text("UPDATE people SET name = name")))
    assert modes(folder) == {"data": 0o711, "interview.db": 0o600, "interview.db-wal": 0o600, "interview.db-shm": 0o600}
    assert folder.parent.stat().st_mode & 0o777 == 0o711
    await database.close()


async def test_a_folder_that_is_there_keeps_its_mode(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o750)
    await (await open_database(None, folder)).close()
    assert modes(folder)["data"] == 0o750


def modes(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mode & 0o777 for path in [folder, *folder.iterdir()]}


async def test_data_dir_that_is_a_file(tmp_path: Path) -> None:
    path = tmp_path / "data"
    path.write_text("")
    with pytest.raises(CannotOpen, match=r"Cannot use the database .*interview\.db: .* DATA_DIR must be writable"):
        await open_database(None, path)


async def test_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / SQLITE_FILE).write_bytes(b"Once upon a time" * 1000)
    with pytest.raises(CannotOpen, match="file is not a database"):
        await open_database(None, tmp_path)


async def test_database_that_somebody_keeps_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("interview_platform.storage.sqlite.SqliteDatabase.__init__.__kwdefaults__", {"busy_ms": 50})
    with closing(sqlite3.connect(tmp_path / SQLITE_FILE)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(CannotOpen, match="database is locked"):
            await open_database(None, tmp_path)


@pytest.mark.parametrize("url", ["mysql://x/y", "mongodb://x", "interview.db", ""])
async def test_other_addresses_are_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(CannotOpen, match="must be postgresql://"):
        await open_database(url, tmp_path)


async def test_starting_again_is_quick(tmp_path: Path) -> None:
    await (await open_database(None, tmp_path)).close()
    start = time.process_time()
    await (await open_database(None, tmp_path)).close()
    assert time.process_time() - start < 0.2
