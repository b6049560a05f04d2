"""Files beside the source of a run: what they may be called, how many, how large. No I/O."""

from collections.abc import Iterable
from dataclasses import replace

from interview_platform.execution.model import File
from interview_platform.execution.work import Work
from interview_platform.kit.errors import Kind, Refusal, invalid

FILES_MAX = 50
"""A folder with more is no longer looked at in an interview; each is written to a disk in memory before the run."""
FILES_BYTES_MAX = 1_000_000
"""Together; a program may write 16 MB to that disk, and these come off it."""


def beside(given: Iterable[tuple[str, str]]) -> tuple[File, ...]:
    """Names and texts. Raises Refusal bad_file, too_many_files, files_too_large."""
    files = tuple(_file(name, content) for name, content in given)
    if len(files) > FILES_MAX:
        told = f"At most {FILES_MAX} files can lie beside the one that is run."
        raise invalid(told, "too_many_files", files=f"at most {FILES_MAX}")
    if len({file.name for file in files}) < len(files):
        raise invalid("Two of the files have one name.", "bad_file", files="names must differ")
    if sum(len(file.content) for file in files) > FILES_BYTES_MAX:
        told = f"The files beside the one that is run may have {FILES_BYTES_MAX // 1_000_000} MB together."
        raise Refusal(Kind.TOO_LARGE, "files_too_large", told)
    return files


def put_beside(work: Work, files: tuple[File, ...], source_name: str) -> None:
    """Give them to the program itself; what judges it never sees them. Raises Refusal bad_file."""
    taken = {source_name, *(file.name for file in work.job.files)}
    clash = next((file.name for file in files if file.name in taken), None)
    if clash is not None:
        raise invalid(f"A file beside the source cannot be called {clash}.", "bad_file", files=f"{clash} is taken")
    if files:
        work.job = replace(work.job, files=(*work.job.files, *files))


def _file(name: str, content: str) -> File:
    try:
        return File(name, content.encode())
    except ValueError:
        told = "Files beside the source have plain names, without a folder."
        raise invalid(told, "bad_file", files=f"{name[:80]!r} is no plain name") from None
