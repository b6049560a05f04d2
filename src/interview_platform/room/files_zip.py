"""The files of a session as an archive to download. Paths are whatever somebody's program wrote: none leads outside."""

import io
import re
import zipfile
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath

from interview_platform.kit.errors import Kind, Refusal

ZIP_BYTES_MAX = 5_000_000
"""Of all texts together: what a document may have."""
PART_MAX = 100
"""Characters of one folder's or file's name: at most 4 bytes each, and file systems take 255 to 400."""
DEPTH_MAX = 16
"""Folders in folders; a path of 1,600 characters is too long for Windows, but for nobody's unzip."""

_FORBIDDEN = re.compile(r'[<>:"|?*]')
# Names that open a device on Windows, whatever comes after the dot.
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def zipped(files: Iterable[tuple[str, str]]) -> bytes:
    """`files`: paths and texts. Raises Refusal files_too_large."""
    contents = [(path, text.encode(errors="replace")) for path, text in files]
    if sum(len(content) for _, content in contents) > ZIP_BYTES_MAX:
        told = f"The files are larger than {ZIP_BYTES_MAX // 1_000_000} MB together."
        raise Refusal(Kind.TOO_LARGE, "files_too_large", told)
    packed = io.BytesIO()
    names = Names()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in contents:
            archive.writestr(names.given(path), content)
    return packed.getvalue()


class Names:
    """Gives each path a name that no other has, also where capitals make no difference, and that stays inside."""

    def __init__(self) -> None:
        self._files: set[str] = set()
        self._folders: set[str] = set()

    def given(self, path: str) -> str:
        name = free(clean(path), self._taken)
        self._files.add(name.casefold())
        self._folders.update(str(folder).casefold() for folder in PurePosixPath(name).parents)
        return name

    def _taken(self, name: str) -> bool:
        folded = name.casefold()
        folders = (str(folder).casefold() for folder in PurePosixPath(name).parents)
        return folded in self._files or folded in self._folders or any(folder in self._files for folder in folders)


def free(name: str, taken: Callable[[str], bool]) -> str:
    """`name`, or the first of "name 2", "name 3"… that is not taken; of all its parts the first counts up."""
    first, *rest = name.split("/")
    stem, dot, ending = (first, "", "") if rest else _split(first)
    number = 1
    while taken(name):
        number += 1
        name = "/".join([f"{stem} {number}{dot}{ending}", *rest])
    return name


def _split(name: str) -> tuple[str, str, str]:
    stem, dot, ending = name.rpartition(".")
    return (stem, dot, ending) if stem else (name, "", "")


def clean(path: str) -> str:
    """A relative path of plain names: no "..", no root, no drive, nothing that is not seen."""
    parts = [_part(part) for part in re.split(r"[/\\]", path)]
    return "/".join([part for part in parts if part][-DEPTH_MAX:]) or "unnamed"


def _part(part: str) -> str:
    seen = "".join(character for character in part if character.isprintable())
    plain = _FORBIDDEN.sub("_", seen)[:PART_MAX].strip(" ").rstrip(". ")  # Windows drops dots and spaces at the end
    return f"{plain}_" if _DEVICE.fullmatch(plain) else plain
