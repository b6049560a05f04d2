"""Which of Piston's runtimes are languages of ours, and how each wants its files."""

import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from interview_platform.execution.languages.all import known_languages
from interview_platform.execution.model import File
from interview_platform.execution.piston_api.names import names_of
from interview_platform.execution.ports import LanguageInfo
from interview_platform.providers.piston.answers import Runtime
from interview_platform.providers.piston.java import one_file

_USUAL = (None, "node", "gcc")  # packages; Deno or PyPy, whose version numbers mean nothing beside these, come after
_VERSION = re.compile(r"(\d{1,9})\.(\d{1,9})\.(\d{1,9})(-)?")

# Piston's TypeScript package is `tsc *.ts` with nothing else installed: it aims at ES5 and does not know Node, so that
# no program of ours compiles, which all begin with `import { readFileSync } from "node:fs"`. What tsc is to know goes
# along in files that its pattern finds. As base64, because Piston takes every plain one for source and renames it.
# `@.o.ts` matches the pattern and tells tsc to read options from `.o.ts`, which does not match.
_ES2022_SINCE = (4, 6)
_NODE = b"""declare module "*";
declare const process: any, require: any, module: any, exports: any, Buffer: any, global: any;
declare const __dirname: string, __filename: string;
declare function setImmediate(callback: (...given: any[]) => void, ...given: any[]): any;
"""


@dataclass(frozen=True, slots=True)
class Offered:
    """A language of ours with the runtime that stands for it."""

    info: LanguageInfo
    language: str
    version: str
    options: bytes = b""
    """For tsc."""

    def files(self, source: str, beside: Iterable[File] = (), *, together: bool = True) -> list[dict[str, str]]:
        """The first is the program. What lies beside it goes as base64, which Piston neither compiles nor renames.

        `together`: the server runs a Java program as one file.
        """
        beside = list(beside)
        if self.info.id == "java" and together:
            source, beside = one_file(source, beside)
        if self.options and beside:  # a generated driver asks for names that need not be there: it is no type error
            source = f"// @ts-nocheck\n{source}"
        files = [{"name": self.info.file_name, "content": source}]
        files += [_encoded(file.name, file.content) for file in beside]
        if self.options:
            files += [_encoded("@.o.ts", b""), _encoded(".o.ts", self.options), _encoded("node.d.ts", _NODE)]
        return files


def offered(runtimes: Iterable[Runtime]) -> dict[str, Offered]:
    """The best runtime for each of our languages that has one, in our order."""
    runtimes = list(runtimes)
    found: dict[str, Offered] = {}
    for info in known_languages():
        known = names_of(info.id)
        names = (known.language, *known.aliases, info.id)
        fitting = [one for one in runtimes if one.language in names or not set(names).isdisjoint(one.aliases)]
        if fitting:
            best = max(fitting, key=lambda one: (one.language == names[0], one.runtime in _USUAL, _order(one.version)))
            own = replace(info, version=best.version[:40])
            found[info.id] = Offered(own, best.language, best.version, _options(info, best))
    return found


def _order(version: str) -> tuple[int, int, int, bool]:
    """Newer is greater; 3.10.0-alpha.7 comes before 3.10.0."""
    parts = _VERSION.match(version)
    return (int(parts[1]), int(parts[2]), int(parts[3]), parts[4] is None) if parts else (0, 0, 0, False)


def _options(info: LanguageInfo, runtime: Runtime) -> bytes:
    if info.id != "typescript" or runtime.runtime is not None:
        return b""
    target = "es2022" if _order(runtime.version)[:2] >= _ES2022_SINCE else "es2020"
    return f"--target {target} --module commonjs".encode()


def _encoded(name: str, content: bytes) -> dict[str, str]:
    return {"name": name, "content": base64.b64encode(content).decode(), "encoding": "base64"}
