"""TypeScript by Node itself: types are taken out, not checked (tsc takes 1.4 s where this takes 0.05).

What a checker of types says comes after the run. It is the compiler of the package that also checks our own web app:
`make run` has it in web/node_modules. Where that is missing, programs run all the same.
"""

from dataclasses import replace
from pathlib import Path

from interview_platform.execution.languages import warm
from interview_platform.execution.languages.base import Language, SelfTest, Step, Toolchain, Warm
from interview_platform.execution.languages.node import LIMITS, OUT_OF_MEMORY, find_node, node, waiting
from interview_platform.execution.sandbox.spec import MB, Mount

# Transform, not only strip: enums, namespaces and parameter properties are TypeScript that people write.
_TRANSFORM = "--experimental-transform-types"

_WAITING_BYTES = 24 * MB  # measured: 20, with the transformer loaded

_PACKAGES = Path(__file__).resolve().parents[4] / "web" / "node_modules"
_COMPILER = Mount(_PACKAGES / "typescript", "/opt/typescript")
_TYPES = Mount(_PACKAGES / "@types" / "node", "/opt/types/node")


class TypeScript(Language):
    id = "typescript"
    name = "TypeScript"
    monaco = "typescript"
    file_name = "solution.ts"
    limits = LIMITS
    out_of_memory = OUT_OF_MEMORY
    self_test = SelfTest(
        'import { readFileSync } from "node:fs";\n'
        'enum Mark { Check = "\\u2713" }\n'
        'const [a, b]: number[] = readFileSync(0, "utf8").split(" ").map(Number);\n'
        'console.log("sum", a! + b!, Mark.Check);\n'
    )

    def find(self) -> Toolchain | None:
        tools = find_node()
        compiler = _COMPILER.source / "lib" / "typescript.js"
        if tools is None or not compiler.exists() or not _TYPES.source.exists():
            return tools
        mounts = [Mount(mount.source.resolve(), mount.target) for mount in (_COMPILER, _TYPES)]
        return replace(
            tools,
            files=[*tools.files, compiler],
            programs={**tools.programs, "checker": _COMPILER.target},
            mounts=[*tools.mounts, *mounts],
        )

    def run(self, tools: Toolchain, *, live: bool) -> Step:
        del live
        return Step(node(tools, _TRANSFORM, self.path))

    def warm(self, tools: Toolchain) -> Warm:
        return waiting(tools, _WAITING_BYTES, _TRANSFORM, self.path)

    def check(self, tools: Toolchain) -> Step | None:
        checker = tools.programs.get("checker")
        if checker is None:
            return None
        types = str(Path(_TYPES.target).parent)
        return Step(node(tools, f"{warm.INSIDE}/check.cjs", checker, types, self.path))

    def note(self, tools: Toolchain) -> str:
        if self.check(tools) is not None:
            return ""
        return (
            "Types are not checked after a run: web/node_modules has no package typescript (`make run` puts it there)."
        )
