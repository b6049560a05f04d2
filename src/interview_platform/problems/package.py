"""The package format, versions 1 and 2: which files a problem consists of, what they may hold, how large they may be.

For people who write problems: `docs/problems.md`.
"""

import re
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal, Self

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from interview_platform.problems.model import Checker, CheckerKind, Difficulty
from interview_platform.problems.signatures.model import Kind, Signature

try:
    from yaml import CSafeLoader as _SafeLoader  # five times as fast
except ImportError:  # PyYAML built without libyaml
    from yaml import SafeLoader as _SafeLoader  # type: ignore[assignment]

SOURCE_FILES = {
    "python": "solution.py",
    "javascript": "solution.js",
    "typescript": "solution.ts",
    "java": "Main.java",
    "c": "solution.c",
    "cpp": "solution.cpp",
    "go": "main.go",
}
"""Language id -> what its starter and its reference solution are called. In the order in which languages are listed."""
FUNCTION_FILES = {language: name for language, name in SOURCE_FILES.items() if language != "c"} | {
    "java": "Solution.java",
    "go": "solution.go",
}
"""The same for a problem with a signature: `main` is not in it. Nothing can call a function in C."""

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SLUG_LENGTH_MAX = 60
TEST_FILE = re.compile(r"\d\d-(?P<name>[a-z0-9]+(?:-[a-z0-9]+)*)\.(?:in|out)")
STATEMENT_SECTIONS = ("## Input", "## Output")
"""Of a problem whose programs read and print."""

# People read these in one go, and the room seeds its document with all the starters.
MANIFEST_BYTES_MAX = 64_000
STATEMENT_BYTES_MAX = 32_000
HINTS_BYTES_MAX = 32_000
SOURCE_BYTES_MAX = 32_000
# Enough for a list that separates n log n from n². Tests stay in memory and travel into a sandbox with every run.
TEST_BYTES_MAX = 200_000
# A run works through all of them while people wait.
TESTS_MAX = 40
# Who presses "Run tests" waits for it at every test of a program that never ends.
TIME_LIMIT_MAX = 10.0
# Of a signature: it has to fit into one line of the editor.
PARAMETERS_MAX = 6
# Of the sentence above the function in every starter: likewise.
SUMMARY_LENGTH_MAX = 100
# What double-precision arithmetic in another order is allowed to lose.
TOLERANCE = 1e-6


def _distinct(values: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(values)) < len(values):
        raise ValueError("names something twice")
    return values


def _up_to(most: int) -> AfterValidator:
    """One to `most` of them. (pydantic's own limits would complain of bad items a second time.)"""

    def checked(values: tuple[Any, ...]) -> tuple[Any, ...]:
        if not 1 <= len(values) <= most:
            raise ValueError(f"has {len(values)} items; 1 to {most} are allowed")
        return values

    return AfterValidator(checked)


Line = Annotated[str, StringConstraints(min_length=1, max_length=400, pattern=r"^\S(?:[^\n]*\S)?$")]
Tag = Annotated[str, StringConstraints(max_length=30, pattern=rf"^{SLUG.pattern}$")]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ManifestExample(_Part):
    input: Annotated[str, StringConstraints(min_length=1)]
    output: Annotated[str, StringConstraints(min_length=1)]
    explanation: Line


class _ManifestParameter(_Part):
    name: str
    type: str


class _ManifestSignature(_Part):
    name: str
    summary: Annotated[Line, StringConstraints(max_length=SUMMARY_LENGTH_MAX)]
    parameters: Annotated[tuple[_ManifestParameter, ...], _up_to(PARAMETERS_MAX)]
    returns: str


class _Manifest(_Part):
    format: Literal[1, 2]
    title: Annotated[Line, StringConstraints(max_length=80)]
    difficulty: Difficulty
    tags: Annotated[tuple[Tag, ...], _up_to(6), AfterValidator(_distinct)]
    constraints: Annotated[tuple[Line, ...], _up_to(20)]
    examples: Annotated[tuple[ManifestExample, ...], _up_to(5)]


class Manifest1(_Manifest):
    """`problem.yaml` of format 1: programs that read and print, compared line by line."""

    signature: ClassVar[Signature | None] = None
    summary: ClassVar[str] = ""
    time_limit: ClassVar[float | None] = None
    answers: ClassVar[Checker] = Checker()


class Manifest2(_Manifest):
    given: Annotated[_ManifestSignature | None, Field(alias="signature")] = None
    checker: CheckerKind | None = None
    """None: `exact` with a signature, `lines` without."""
    tolerance: Annotated[float, Field(gt=0, le=1)] | None = None
    nested: bool = False
    time_limit: Annotated[float, Field(gt=0, le=TIME_LIMIT_MAX)] | None = None

    @model_validator(mode="after")
    def _fit(self) -> Self:
        fault = self._misfit()
        if fault:
            raise ValueError(fault)
        return self

    @cached_property
    def signature(self) -> Signature | None:
        given = self.given
        if given is None:
            return None
        try:
            return Signature.parse(given.name, [(one.name, one.type) for one in given.parameters], given.returns)
        except ValueError as error:
            raise ValueError(f"signature: {error}") from None

    @property
    def summary(self) -> str:
        return self.given.summary if self.given else ""

    @property
    def answers(self) -> Checker:
        """How they are compared; of a package's own checker without its source."""
        kind = self.checker or (CheckerKind.EXACT if self.signature else CheckerKind.LINES)
        return Checker(kind, self.tolerance or TOLERANCE if kind is CheckerKind.FLOAT else 0.0, self.nested)

    def _misfit(self) -> str | None:
        """What does not go together."""
        signature, kind = self.signature, self.answers.kind
        if self.tolerance is not None and kind is not CheckerKind.FLOAT:
            return "tolerance: goes with `checker: float` only"
        if self.nested and kind is not CheckerKind.UNORDERED:
            return "nested: goes with `checker: unordered` only"
        return None if signature is None else _unfit(kind, signature)


def _unfit(kind: CheckerKind, signature: Signature) -> str | None:
    """Why answers of a function cannot be compared so."""
    returned = signature.returns
    if kind in (CheckerKind.LINES, CheckerKind.TOKENS):
        return f"checker: {kind} compares texts; with a signature answers are values"
    if kind is CheckerKind.UNORDERED and returned.kind is not Kind.LIST:
        return f"checker: unordered compares lists; {signature.name} returns {returned}"
    if kind in (CheckerKind.EXACT, CheckerKind.UNORDERED) and Kind.FLOAT in str(returned):
        return f"checker: {kind} does not do for floats, which differ in their last digits: take float or custom"
    return None


Manifest = Manifest1 | Manifest2


class BadManifest(Exception):
    """`faults`: one sentence each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


def read_manifest(text: str) -> Manifest:
    """Raises BadManifest with everything that is wrong."""
    try:
        found = yaml.load(text, _NoKeyTwice)  # noqa: S506 - a safe loader
    except yaml.MarkedYAMLError as error:
        line = f"line {error.problem_mark.line + 1}: " if error.problem_mark else ""
        raise BadManifest([f"{line}{error.problem}"]) from error
    except yaml.YAMLError as error:
        raise BadManifest([f"is not YAML: {error}"]) from error
    if not isinstance(found, dict):
        raise BadManifest(["has to be a list of `key: value`, beginning with `format: 2`"])
    try:
        return (Manifest2 if found.get("format") == 2 else Manifest1).model_validate(found)
    except ValidationError as error:
        raise BadManifest([_sentence(fault) for fault in error.errors(include_url=False)]) from error


def _sentence(fault: Any) -> str:
    place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in fault["loc"]).lstrip(".")
    match fault["type"]:
        case "missing":
            said = "is missing"
        case "extra_forbidden":
            said = "is not a key of this format"
        case "string_pattern_mismatch" if place.startswith("tags"):
            said = "is not made of lower-case words with hyphens, like hash-map"
        case "string_pattern_mismatch":
            said = "has to be one line without spaces around it"
        case _:
            said = str(fault["msg"]).removeprefix("Value error, ")
            said = said[:1].lower() + said[1:]
    return f"{place}: {said}" if place else said


class _NoKeyTwice(_SafeLoader):
    """YAML would let the last one win without a word."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key in (key for key, _ in node.value if isinstance(key, yaml.ScalarNode)):
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key.value} stands twice", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)
