"""TypeScript by Node itself: types are taken out, not checked (tsc takes 1.4 s where this takes 0.05)."""

from interview_platform.execution.languages.base import Language, SelfTest, Step, Toolchain, Warm
from interview_platform.execution.languages.node import LIMITS, OUT_OF_MEMORY, find_node, node, waiting
from interview_platform.execution.sandbox.spec import MB

# Transform, not only strip: enums, namespaces and parameter properties are TypeScript that people write.
_TRANSFORM = "--experimental-transform-types"

_WAITING_BYTES = 24 * MB  # measured: 20, with the transformer loaded


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
        return find_node()

    def run(self, tools: Toolchain, *, live: bool) -> Step:
        del live
        return Step(node(tools, _TRANSFORM, self.path))

    def warm(self, tools: Toolchain) -> Warm:
        return waiting(tools, _WAITING_BYTES, _TRANSFORM, self.path)
