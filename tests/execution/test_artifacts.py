"""What comes out of a compiler's sandbox is a stranger's archive."""

import io
import tarfile
from pathlib import Path

import pytest

from interview_platform.execution.artifacts import unpack


def archive(*members: tarfile.TarInfo, content: bytes = b"x") -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        for member in members:
            member.size = len(content) if member.isreg() else 0
            tar.addfile(member, io.BytesIO(content) if member.isreg() else None)
    return buffer.getvalue()


def member(name: str, kind: bytes = tarfile.REGTYPE, target: str = "") -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.type, made.linkname, made.mode = kind, target, 0o4777
    return made


def test_plain_files_are_taken(tmp_path: Path) -> None:
    unpack(archive(member(".", tarfile.DIRTYPE), member("./Main.class"), member("Main$Ünï.class")), tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"Main.class", "Main$Ünï.class"}
    assert (tmp_path / "Main.class").stat().st_mode & 0o7777 == 0o755


@pytest.mark.parametrize(
    "evil",
    [
        member("../outside"),
        member("/tmp/outside"),
        member("a/../../outside"),
        member(".."),
        member("."),
        member("link", tarfile.SYMTYPE, "/etc/passwd"),
        member("hard", tarfile.LNKTYPE, "/etc/passwd"),
        member("device", tarfile.CHRTYPE),
        member("pipe", tarfile.FIFOTYPE),
        member("folder", tarfile.DIRTYPE),
    ],
    ids=lambda evil: str(evil.name),
)
def test_nothing_else_is(tmp_path: Path, evil: tarfile.TarInfo) -> None:
    folder = tmp_path / "slot"
    folder.mkdir()
    unpack(archive(evil, member("program")), folder)
    assert [path.name for path in tmp_path.rglob("*")] == ["slot", "program"]


def test_link_and_then_a_file_of_its_name(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_text("as it was")
    folder = tmp_path / "slot"
    folder.mkdir()
    unpack(archive(member("a", tarfile.SYMTYPE, str(target)), member("a")), folder)
    assert target.read_text() == "as it was"


@pytest.mark.parametrize("broken", [b"", b"not a tar" * 100, archive(member("a"), content=b"y" * 2000)[:700]])
def test_what_is_no_archive_is_said_so(tmp_path: Path, broken: bytes) -> None:
    with pytest.raises(ValueError):
        unpack(broken, tmp_path)


def test_too_many_files(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="files"):
        unpack(archive(*(member(f"C{n}.class") for n in range(2500))), tmp_path)
