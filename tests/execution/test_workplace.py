"""The weak sandbox's folder: what is in it is counted and removed, whatever a program has made of it."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from interview_platform.execution.sandbox import workplace
from interview_platform.execution.sandbox.workplace import Workplace

KB = 1024
SIZE = 1024 * KB  # 256 files


@pytest.fixture
def work(tmp_path: Path) -> Path:
    folder = tmp_path / "work"
    folder.mkdir()
    return folder


def is_crowded(work: Path) -> bool:
    return Workplace(str(work)).disk(os.getpid(), SIZE).is_crowded(SIZE)


def test_bytes(work: Path) -> None:
    (work / "a").write_bytes(os.urandom(SIZE - 64 * KB))
    assert not is_crowded(work)
    (work / "b").write_bytes(os.urandom(72 * KB))
    assert is_crowded(work)


def test_files(work: Path) -> None:
    for number in range(256):
        (work / str(number)).touch()
    assert not is_crowded(work)
    (work / "one more").touch()
    assert is_crowded(work)


def test_what_is_deleted_and_open(work: Path) -> None:
    with (work / "x").open("wb", buffering=0) as file:
        file.write(os.urandom(2 * SIZE))
        (work / "x").unlink()
        assert is_crowded(work)
    assert not is_crowded(work)


def test_what_is_deleted_and_mapped(work: Path) -> None:
    script = f"""
import mmap, os
file = os.open("x", os.O_CREAT | os.O_RDWR)
os.truncate(file, {2 * SIZE})
m = mmap.mmap(file, {2 * SIZE})
os.unlink("x")
os.close(file)
print(flush=True)
input()
"""
    pipe = subprocess.PIPE
    with subprocess.Popen(["/usr/bin/python3", "-c", script], cwd=work, stdin=pipe, stdout=pipe) as process:
        assert process.stdout
        process.stdout.readline()
        assert is_crowded(work)
        process.communicate(b"\n")
    assert not is_crowded(work)


def test_what_is_closed_to_its_owner(work: Path) -> None:
    (work / "a").mkdir()
    (work / "a" / "b").write_bytes(os.urandom(2 * SIZE))
    (work / "a").chmod(0)
    assert is_crowded(work)


def deep(folder: Path, levels: int) -> None:
    """Deeper than a path may be long."""
    there = os.open(folder, os.O_RDONLY)
    for _ in range(levels):
        os.mkdir("d" * 200, 0o700, dir_fd=there)
        below = os.open("d" * 200, os.O_RDONLY, dir_fd=there)
        os.close(there)
        there = below
    file = os.open("file", os.O_CREAT | os.O_WRONLY, dir_fd=there)
    os.write(file, os.urandom(2 * SIZE))
    os.close(file)
    os.close(there)


def test_deep(work: Path) -> None:
    deep(work, 100)
    assert is_crowded(work)
    Workplace(str(work)).empty()
    assert not is_crowded(work)


def test_links_are_not_followed(work: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").write_bytes(os.urandom(2 * SIZE))
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "kept").touch()
    targets = (str(tmp_path / "outside"), str(tmp_path / "folder"), "/proc/1/root", ".", "..", "/none")
    for number, target in enumerate(targets):
        (work / str(number)).symlink_to(target)
    assert not is_crowded(work)
    Workplace(str(work)).empty()
    assert list(work.iterdir()) == []
    assert (tmp_path / "folder" / "kept").exists()


def test_empty(work: Path) -> None:
    for name in ("-rf", "a\nb", "x" * 255, "*", ".0", ".1", " "):
        (work / name / "in" / ".0").mkdir(parents=True)
        (work / name / "in" / "file").touch()
        (work / name / "in").chmod(0)
        (work / name).chmod(0)
    os.mkfifo(work / "fifo")
    deep(work, 1100)  # deeper than Python's stack, and more than files may be open
    Workplace(str(work)).empty()
    assert list(work.iterdir()) == []


def test_removed_by_somebody_else_meanwhile(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b"):
        (work / name / "in").mkdir(parents=True)
    listed = workplace._without_files

    def too_late(folder: Path | str) -> list[Path]:
        found = listed(folder)
        if folder == work / "a":
            shutil.rmtree(work / "a")
        if folder == work / "b":
            shutil.rmtree(work)
        return found

    monkeypatch.setattr(workplace, "_without_files", too_late)
    Workplace(str(work)).empty()
    assert not work.exists()


def test_what_has_our_names_for_what_is_moved_up(work: Path) -> None:
    (work / ".0" / "a" / "b").mkdir(parents=True)
    (work / ".1" / "a" / "b").mkdir(parents=True)
    (work / ".2").write_text("")
    Workplace(str(work)).empty()
    assert list(work.iterdir()) == []
