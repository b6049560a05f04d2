"""Which runtimes we tell of, and which one a request means."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from interview_platform.execution.languages.all import LANGUAGES
from interview_platform.execution.languages.base import Language
from interview_platform.execution.piston_api.names import Names, names_of
from interview_platform.execution.piston_api.semver import Version, satisfies, version_of
from interview_platform.execution.ports import LanguageInfo

_LANGUAGES: Mapping[str, Language] = {language.id: language for language in LANGUAGES}


@dataclass(frozen=True, slots=True)
class Runtime:
    """A language of ours under its name there."""

    known: Language
    names: Names
    number: Version

    @property
    def version(self) -> str:
        return ".".join(map(str, self.number))

    @property
    def compiled(self) -> bool:
        return self.known.artifact is not None

    def called(self, name: str) -> bool:
        return name == self.names.language or name in self.names.aliases or name == self.known.id

    def told(self) -> dict[str, object]:
        """As /runtimes has it."""
        told: dict[str, object] = {
            "language": self.names.language,
            "version": self.version,
            "aliases": list(self.names.aliases),
        }
        return told if self.names.runtime is None else {**told, "runtime": self.names.runtime}


def runtimes_of(languages: Iterable[LanguageInfo]) -> list[Runtime]:
    return [
        Runtime(_LANGUAGES[one.id], names_of(one.id), version_of(one.version))
        for one in languages
        if one.id in _LANGUAGES
    ]


def runtime_for(runtimes: Iterable[Runtime], name: str, wanted: str) -> Runtime | None:
    """The newest that is called so and has such a version."""
    fitting = [one for one in runtimes if one.called(name) and satisfies(one.number, wanted)]
    return max(fitting, key=lambda one: one.number, default=None)
