"""The package format, version 1: which files a problem consists of, what they may hold, and how large they may be.

For people who write problems: `docs/problems.md`.
"""

import re
from typing import Annotated, Any, Literal

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationError

from interview_platform.problems.model import Difficulty

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
}
"""Language id -> what its starter and its reference solution are called. In the order in which languages are listed."""

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SLUG_LENGTH_MAX = 60
TEST_FILE = re.compile(r"\d\d-(?P<name>[a-z0-9]+(?:-[a-z0-9]+)*)\.(?:in|out)")
STATEMENT_SECTIONS = ("## Input", "## Output")

# People read these in one go, and the room seeds its document with all the starters.
MANIFEST_BYTES_MAX = 64_000
STATEMENT_BYTES_MAX = 32_000
SOURCE_BYTES_MAX = 32_000
# Enough for a list that separates n log n from n². Tests stay in memory and travel into a sandbox with every run.
TEST_BYTES_MAX = 200_000
# A run works through all of them while people wait.
TESTS_MAX = 40


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


class Manifest(_Part):
    """`problem.yaml`."""

    format: Literal[1]
    title: Annotated[Line, StringConstraints(max_length=80)]
    difficulty: Difficulty
    tags: Annotated[tuple[Tag, ...], _up_to(6), AfterValidator(_distinct)]
    constraints: Annotated[tuple[Line, ...], _up_to(20)]
    examples: Annotated[tuple[ManifestExample, ...], _up_to(5)]


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
        raise BadManifest(["has to be a list of `key: value`, beginning with `format: 1`"])
    try:
        return Manifest.model_validate(found)
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
    return f"{place}: {said}"


class _NoKeyTwice(_SafeLoader):
    """YAML would let the last one win without a word."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key in (key for key, _ in node.value if isinstance(key, yaml.ScalarNode)):
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key.value} stands twice", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)
