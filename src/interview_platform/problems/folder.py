"""One package's folder: its files as texts, and a list of what is wrong with them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Fault:
    place: str
    """The file or folder, seen from the folder that holds all packages."""
    what: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}"


class BadPackage(Exception):
    """The message lists every fault, for the person at the terminal."""

    def __init__(self, folder: Path, faults: list[Fault]) -> None:
        lines = "".join(f"\n  {fault}" for fault in faults)
        super().__init__(f"The problem packages in {folder} cannot be used:{lines}")
        self.faults = tuple(faults)


def entries(folder: Path) -> Iterator[Path]:
    """What is in `folder`, by name. Hidden files are the editor's or the system's, `__pycache__` is Python's."""
    yield from (path for path in sorted(folder.iterdir()) if path.name[0] != "." and path.name != "__pycache__")


class PackageFolder:
    """Adds what is wrong with the package to `faults`."""

    def __init__(self, path: Path, faults: list[Fault]) -> None:
        self.path = path
        self._faults = faults

    @property
    def slug(self) -> str:
        return self.path.name

    def entries(self, part: str = "") -> list[Path]:
        """What is in this folder of the package; nothing when it is not there."""
        folder = self.path / part
        return list(entries(folder)) if folder.is_dir() else []

    def fault(self, name: str, what: str) -> None:
        self._faults.append(Fault(f"{self.slug}/{name}" if name else self.slug, what))

    def text(self, name: str, bytes_max: int) -> str | None:
        """The text of a file, as it has to be: there, small enough, UTF-8, a plain newline after every line."""
        path = self.path / name
        if not path.is_file():
            self.fault(name, "is missing")
            return None
        size = path.stat().st_size
        if size > bytes_max:
            self.fault(name, f"has {size:,} bytes; {bytes_max:,} are allowed")
            return None
        try:
            text = path.read_bytes().decode()
        except UnicodeDecodeError as error:
            self.fault(name, f"is not UTF-8 (byte {error.start})")
            return None
        except OSError as error:
            self.fault(name, f"cannot be read: {error.strerror}")
            return None
        if "\r" in text:
            self.fault(name, f"line {text[: text.index(chr(13))].count(chr(10)) + 1} does not end with a plain \\n")
        elif "\0" in text:
            self.fault(name, "has a zero byte")
        elif not text.endswith("\n"):
            self.fault(name, "the last line does not end with \\n" if text else "is empty")
        else:
            return text
        return None
