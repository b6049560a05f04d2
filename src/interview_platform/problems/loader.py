"""Reads problem packages. Whatever is wrong with them is told at once, by file, in one exception."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from interview_platform.problems import package
from interview_platform.problems.model import Example, Problem, TestCase
from interview_platform.problems.package import BadManifest, Manifest, read_manifest

_PARTS = {"problem.yaml", "statement.md", "starters", "solutions", "tests"}
_TITLE = re.compile(r"^# ", re.MULTILINE)


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


def load_packages(folder: Path) -> list[Problem]:
    """Every package under `folder`, by slug. Raises BadPackage."""
    if not folder.is_dir():
        raise BadPackage(folder, [Fault(".", "there is no such folder")])
    faults: list[Fault] = []
    problems = []
    titles: dict[str, str] = {}
    for path in _entries(folder):
        if not path.is_dir():
            continue  # a README, say
        reader = _PackageReader(path, faults)
        problem = reader.problem()
        if problem is None:
            continue
        other = titles.setdefault(problem.title.casefold(), problem.slug)
        if other != problem.slug:
            faults.append(Fault(f"{problem.slug}/problem.yaml", f"title: is the title of {other} already"))
        problems.append(problem)
    if not problems and not faults:
        faults.append(Fault(".", "there is no package in this folder"))
    if faults:
        raise BadPackage(folder, faults)
    return problems


def _entries(folder: Path) -> Iterator[Path]:
    """What is in `folder`, by name. Hidden files are the editor's or the system's."""
    yield from (path for path in sorted(folder.iterdir()) if not path.name.startswith("."))


class _PackageReader:
    """Reads one package and adds what is wrong with it to `faults`."""

    def __init__(self, folder: Path, faults: list[Fault]) -> None:
        self._folder = folder
        self._faults = faults

    def problem(self) -> Problem | None:
        """None when something is wrong."""
        before = len(self._faults)
        self._check_folder()
        manifest = self._manifest()
        statement = self._statement()
        starters, references = self._sources()
        tests = self._tests()
        if manifest is not None:
            self._check_examples(manifest, tests)
        if manifest is None or statement is None or len(self._faults) > before:
            return None
        return Problem(
            slug=self._folder.name,
            title=manifest.title,
            difficulty=manifest.difficulty,
            tags=manifest.tags,
            statement=statement,
            examples=tuple(Example(one.input, one.output, one.explanation) for one in manifest.examples),
            constraints=manifest.constraints,
            starters=starters,
            tests=tuple(tests),
            references=references,
        )

    def _check_folder(self) -> None:
        name = self._folder.name
        if not package.SLUG.fullmatch(name) or len(name) > package.SLUG_LENGTH_MAX:
            self._fault(
                "",
                f"the folder's name has to be made of lower-case words with hyphens, like two-sum, "
                f"of at most {package.SLUG_LENGTH_MAX} characters",
            )
        for path in _entries(self._folder):
            if path.name not in _PARTS:
                self._fault(path.name, "is not part of a package")

    def _manifest(self) -> Manifest | None:
        text = self._text("problem.yaml", package.MANIFEST_BYTES_MAX)
        if text is None:
            return None
        try:
            return read_manifest(text)
        except BadManifest as error:
            for fault in error.faults:
                self._fault("problem.yaml", fault)
            return None

    def _statement(self) -> str | None:
        text = self._text("statement.md", package.STATEMENT_BYTES_MAX)
        if text is None:
            return None
        lines = text.split("\n")
        for section in package.STATEMENT_SECTIONS:
            if section not in lines:
                self._fault("statement.md", f"has no section `{section}`")
        if _TITLE.search(text):
            self._fault("statement.md", "has a heading of level 1; the title stands in problem.yaml")
        return text

    def _sources(self) -> tuple[dict[str, str], dict[str, str]]:
        starters, references = self._source_folder("starters"), self._source_folder("solutions")
        if not starters and not references:
            self._fault("starters", "there is no starter in any language")
        for language, name in package.SOURCE_FILES.items():
            if language in starters and language not in references:
                self._fault(f"solutions/{name}", "is missing: every starter needs a solution")
            if language in references and language not in starters:
                self._fault(f"starters/{name}", "is missing: every solution needs a starter")
        return starters, references

    def _source_folder(self, part: str) -> dict[str, str]:
        """Language id -> text, of the files that are there; unreadable ones as an empty text."""
        folder = self._folder / part
        found = {path.name for path in _entries(folder)} if folder.is_dir() else set()
        for name in sorted(found - set(package.SOURCE_FILES.values())):
            expected = ", ".join(package.SOURCE_FILES.values())
            self._fault(f"{part}/{name}", f"is not the file of a language ({expected})")
        return {
            language: self._text(f"{part}/{name}", package.SOURCE_BYTES_MAX) or ""
            for language, name in package.SOURCE_FILES.items()
            if name in found
        }

    def _tests(self) -> list[TestCase]:
        """Visible ones first, both in the order of their numbers."""
        tests_folder = self._folder / "tests"
        for path in _entries(tests_folder) if tests_folder.is_dir() else ():
            if path.name not in ("visible", "hidden"):
                self._fault(f"tests/{path.name}", "is neither in tests/visible nor in tests/hidden")
        tests = [*self._test_folder("visible"), *self._test_folder("hidden")]
        names: set[str] = set()
        for test in tests:
            if test.name in names:
                self._fault("tests", f"two tests have the name {test.name!r}")
            names.add(test.name)
        if len(tests) > package.TESTS_MAX:
            self._fault("tests", f"there are {len(tests)} tests; {package.TESTS_MAX} are allowed")
        return tests

    def _test_folder(self, kind: str) -> Iterator[TestCase]:
        folder = self._folder / "tests" / kind
        stems = set()
        for path in _entries(folder) if folder.is_dir() else ():
            if package.TEST_FILE.fullmatch(path.name):
                stems.add(path.stem)
            else:
                self._fault(f"tests/{kind}/{path.name}", "is not named like 01-some-words.in or 01-some-words.out")
        if not stems:
            self._fault(f"tests/{kind}", "there is no test; at least one is needed")
        for stem in sorted(stems):
            given, expected = (
                self._text(f"tests/{kind}/{stem}.{end}", package.TEST_BYTES_MAX) for end in ("in", "out")
            )
            if given is not None and expected is not None:
                name = stem.split("-", 1)[1].replace("-", " ").capitalize()
                yield TestCase(name, given, expected, hidden=kind == "hidden")

    def _check_examples(self, manifest: Manifest, tests: list[TestCase]) -> None:
        visible = {test.input: test for test in tests if not test.hidden}
        for number, example in enumerate(manifest.examples):
            test = visible.get(example.input)
            if test is None:
                self._fault("problem.yaml", f"examples[{number}].input: is not the input of a visible test")
            elif test.expected != example.output:
                self._fault("problem.yaml", f"examples[{number}].output: the test {test.name!r} expects something else")

    def _text(self, name: str, bytes_max: int) -> str | None:
        """The text of a file, as it has to be: there, small enough, UTF-8, a plain newline after every line."""
        path = self._folder / name
        if not path.is_file():
            self._fault(name, "is missing")
            return None
        size = path.stat().st_size
        if size > bytes_max:
            self._fault(name, f"has {size:,} bytes; {bytes_max:,} are allowed")
            return None
        try:
            text = path.read_bytes().decode()
        except UnicodeDecodeError as error:
            self._fault(name, f"is not UTF-8 (byte {error.start})")
            return None
        except OSError as error:
            self._fault(name, f"cannot be read: {error.strerror}")
            return None
        if "\r" in text:
            self._fault(name, f"line {text[: text.index(chr(13))].count(chr(10)) + 1} does not end with a plain \\n")
        elif "\0" in text:
            self._fault(name, "has a zero byte")
        elif not text.endswith("\n"):
            self._fault(name, "the last line does not end with \\n" if text else "is empty")
        else:
            return text
        return None

    def _fault(self, name: str, what: str) -> None:
        place = f"{self._folder.name}/{name}" if name else self._folder.name
        self._faults.append(Fault(place, what))
