"""Reads problem packages. Whatever is wrong with them is told at once, by file, in one exception."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from interview_platform.problems import package
from interview_platform.problems.folder import BadPackage, Fault, PackageFolder, entries
from interview_platform.problems.hints import read_hints
from interview_platform.problems.model import Checker, CheckerKind, Example, Hint, Problem, TestCase
from interview_platform.problems.package import BadManifest, Manifest, read_manifest
from interview_platform.problems.signatures import drivers
from interview_platform.problems.signatures.model import Signature
from interview_platform.problems.values import BadValue, read_answer, read_arguments

__all__ = ["BadPackage", "Fault", "load_packages"]

_TEXTS = {"problem.yaml", "statement.md", "hints.md"}
_PARTS = _TEXTS | {"starters", "solutions", "tests", "wrong", "generate.py", "checker.py"}
_TITLE = re.compile(r"^# ", re.MULTILINE)


def load_packages(folder: Path) -> list[Problem]:
    """Every package under `folder`, by slug. Raises BadPackage."""
    if not folder.is_dir():
        raise BadPackage(folder, [Fault(".", "there is no such folder")])
    faults: list[Fault] = []
    problems = []
    titles: dict[str, str] = {}
    for path in entries(folder):
        if not path.is_dir():
            continue  # a README, say
        problem = _PackageReader(path, faults).problem()
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


@dataclass(frozen=True, slots=True)
class _Sources:
    starters: Mapping[str, str]
    references: Mapping[str, str]


class _PackageReader:
    """Reads one package and adds what is wrong with it to `faults`."""

    def __init__(self, path: Path, faults: list[Fault]) -> None:
        self._folder = PackageFolder(path, faults)
        self._fault = self._folder.fault
        self._faults = faults

    def problem(self) -> Problem | None:
        """None when something is wrong."""
        before = len(self._faults)
        self._check_folder()
        manifest = self._manifest()
        signature = manifest.signature if manifest else None
        # What kind of problem it is decides what else has to be there.
        statement = self._statement(sections=manifest is not None and signature is None)
        sources = self._sources(manifest) if manifest else _Sources({}, {})
        tests = self._tests(signature)
        checker = self._checker(manifest) if manifest else Checker()
        hints = self._hints()
        if manifest is not None:
            self._check_examples(manifest, tests)
        if manifest is None or statement is None or len(self._faults) > before:
            return None
        return Problem(
            slug=self._folder.slug,
            title=manifest.title,
            difficulty=manifest.difficulty,
            tags=manifest.tags,
            statement=statement,
            examples=tuple(Example(one.input, one.output, one.explanation) for one in manifest.examples),
            constraints=manifest.constraints,
            starters=sources.starters,
            tests=tuple(tests),
            references=sources.references,
            signature=signature,
            checker=checker,
            time_limit_seconds=manifest.time_limit,
            hints=hints,
        )

    def _check_folder(self) -> None:
        name = self._folder.slug
        if not package.SLUG.fullmatch(name) or len(name) > package.SLUG_LENGTH_MAX:
            self._fault(
                "",
                f"the folder's name has to be made of lower-case words with hyphens, like two-sum, "
                f"of at most {package.SLUG_LENGTH_MAX} characters",
            )
        for path in self._folder.entries():
            if path.name not in _PARTS:
                self._fault(path.name, "is not part of a package")

    def _manifest(self) -> Manifest | None:
        text = self._folder.text("problem.yaml", package.MANIFEST_BYTES_MAX)
        if text is None:
            return None
        try:
            return read_manifest(text)
        except BadManifest as error:
            for fault in error.faults:
                self._fault("problem.yaml", fault)
            return None

    def _statement(self, *, sections: bool) -> str | None:
        text = self._folder.text("statement.md", package.STATEMENT_BYTES_MAX)
        if text is None:
            return None
        lines = text.split("\n")
        for section in package.STATEMENT_SECTIONS:
            if sections and section not in lines:
                self._fault("statement.md", f"has no section `{section}`")
        if _TITLE.search(text):
            self._fault("statement.md", "has a heading of level 1; the title stands in problem.yaml")
        return text

    def _hints(self) -> tuple[Hint, ...]:
        if not (self._folder.path / "hints.md").exists():
            return ()
        text = self._folder.text("hints.md", package.HINTS_BYTES_MAX)
        hints, faults = read_hints(text) if text is not None else ((), ())
        for fault in faults:
            self._fault("hints.md", fault)
        return hints

    def _sources(self, manifest: Manifest) -> _Sources:
        if manifest.signature is not None:
            return self._function_sources(manifest.signature, manifest.summary)
        starters = self._source_folder("starters", package.SOURCE_FILES)
        references = self._source_folder("solutions", package.SOURCE_FILES)
        if not starters and not references:
            self._fault("starters", "there is no starter in any language")
        for language, name in package.SOURCE_FILES.items():
            if language in starters and language not in references:
                self._fault(f"solutions/{name}", "is missing: every starter needs a solution")
            if language in references and language not in starters:
                self._fault(f"starters/{name}", "is missing: every solution needs a starter")
        return _Sources(starters, references)

    def _function_sources(self, signature: Signature, summary: str) -> _Sources:
        if self._folder.entries("starters"):
            self._fault("starters", "has nothing to hold: starters are made from the signature")
        starters = {
            language: drivers.starter(language, signature, summary) for language in drivers.LANGUAGES_WITH_DRIVERS
        }
        references = self._source_folder("solutions", package.FUNCTION_FILES)
        if not references:
            self._fault("solutions", "there is no solution in any language")
        return _Sources(starters, references)

    def _source_folder(self, part: str, files: Mapping[str, str]) -> dict[str, str]:
        """Language id -> text, of the files that are there; unreadable ones as an empty text."""
        found = {path.name for path in self._folder.entries(part)}
        for name in sorted(found - set(files.values())):
            self._fault(f"{part}/{name}", f"is not the file of a language ({', '.join(files.values())})")
        return {
            language: self._folder.text(f"{part}/{name}", package.SOURCE_BYTES_MAX) or ""
            for language, name in files.items()
            if name in found
        }

    def _tests(self, signature: Signature | None) -> list[TestCase]:
        """Visible ones first, both in the order of their numbers."""
        for path in self._folder.entries("tests"):
            if path.name not in ("visible", "hidden"):
                self._fault(f"tests/{path.name}", "is neither in tests/visible nor in tests/hidden")
        tests = [*self._test_folder("visible", signature), *self._test_folder("hidden", signature)]
        names: set[str] = set()
        for test in tests:
            if test.name in names:
                self._fault("tests", f"two tests have the name {test.name!r}")
            names.add(test.name)
        if len(tests) > package.TESTS_MAX:
            self._fault("tests", f"there are {len(tests)} tests; {package.TESTS_MAX} are allowed")
        return tests

    def _test_folder(self, kind: str, signature: Signature | None) -> Iterator[TestCase]:
        stems = set()
        for path in self._folder.entries(f"tests/{kind}"):
            if package.TEST_FILE.fullmatch(path.name):
                stems.add(path.stem)
            else:
                self._fault(f"tests/{kind}/{path.name}", "is not named like 01-some-words.in or 01-some-words.out")
        if not stems:
            self._fault(f"tests/{kind}", "there is no test; at least one is needed")
        for stem in sorted(stems):
            given, expected = (
                self._folder.text(f"tests/{kind}/{stem}.{end}", package.TEST_BYTES_MAX) for end in ("in", "out")
            )
            if given is not None and expected is not None:
                if signature is not None:
                    self._check_values(f"tests/{kind}/{stem}", signature, given, expected)
                name = stem.split("-", 1)[1].replace("-", " ").capitalize()
                yield TestCase(name, given, expected, hidden=kind == "hidden")

    def _check_values(self, place: str, signature: Signature, given: str, expected: str) -> None:
        try:
            read_arguments(signature, given)
        except BadValue as error:
            self._fault(f"{place}.in", str(error))
        try:
            read_answer(signature, expected)
        except BadValue as error:
            self._fault(f"{place}.out", str(error))

    def _check_examples(self, manifest: Manifest, tests: list[TestCase]) -> None:
        visible = {test.input: test for test in tests if not test.hidden}
        for number, example in enumerate(manifest.examples):
            test = visible.get(example.input)
            if test is None:
                self._fault("problem.yaml", f"examples[{number}].input: is not the input of a visible test")
            elif test.expected != example.output:
                self._fault("problem.yaml", f"examples[{number}].output: the test {test.name!r} expects something else")

    def _checker(self, manifest: Manifest) -> Checker:
        checker = manifest.answers
        there = (self._folder.path / "checker.py").exists()
        if checker.kind is not CheckerKind.CUSTOM:
            if there:
                self._fault("checker.py", "is used only with `checker: custom` in problem.yaml")
            return checker
        return Checker(CheckerKind.CUSTOM, source=self._folder.text("checker.py", package.SOURCE_BYTES_MAX) or "")
