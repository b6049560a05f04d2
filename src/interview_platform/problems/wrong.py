"""Solutions that must fail: `wrong/` of a package. For `problems check` and the tests; the server never reads them."""

import re
from dataclasses import dataclass
from pathlib import Path

from interview_platform.problems import package
from interview_platform.problems.folder import BadPackage, Fault, PackageFolder

_LANGUAGE_OF = {Path(name).suffix: language for language, name in package.SOURCE_FILES.items()}
_VERDICT = re.compile(r"\W+verdict: (?P<verdict>[a-z_]+)\W*")
FAILING = ("wrong_answer", "runtime_error", "time_limit", "memory_limit", "output_limit", "compile_error")


@dataclass(frozen=True, slots=True)
class WrongSolution:
    name: str
    """Of the file."""
    language: str
    source: str
    verdict: str
    """What a run of all tests has to end with, by the first comment: `# verdict: time_limit`."""


def read_wrong(package_folder: Path) -> list[WrongSolution]:
    """Raises BadPackage."""
    faults: list[Fault] = []
    folder = PackageFolder(package_folder, faults)
    found = [_read(folder, path) for path in folder.entries("wrong")]
    if faults:
        raise BadPackage(package_folder.parent, faults)
    return [one for one in found if one is not None]


def _read(folder: PackageFolder, path: Path) -> WrongSolution | None:
    name = f"wrong/{path.name}"
    language = _LANGUAGE_OF.get(path.suffix)
    if language is None:
        folder.fault(name, f"does not end like a language's file ({', '.join(_LANGUAGE_OF)})")
        return None
    source = folder.text(name, package.SOURCE_BYTES_MAX)
    if source is None:
        return None
    said = _VERDICT.fullmatch(source.split("\n", 1)[0])
    if said is None or said["verdict"] not in FAILING:
        folder.fault(name, f"the first line is not a comment like `# verdict: …` with one of: {', '.join(FAILING)}")
        return None
    return WrongSolution(path.name, language, source, said["verdict"])
