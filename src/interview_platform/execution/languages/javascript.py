from interview_platform.execution.languages.base import Language, SelfTest, Step, Toolchain, Warm
from interview_platform.execution.languages.node import LIMITS, OUT_OF_MEMORY, find_node, node, waiting
from interview_platform.execution.sandbox.spec import MB

_WAITING_BYTES = 10 * MB  # measured; the pages of the binary are shared by all


class JavaScript(Language):
    id = "javascript"
    name = "JavaScript"
    monaco = "javascript"
    file_name = "solution.js"
    limits = LIMITS
    out_of_memory = OUT_OF_MEMORY
    self_test = SelfTest(
        'const [a, b] = require("fs").readFileSync(0, "utf8").split(" ").map(Number);\n'
        'console.log("sum", a + b, "\\u2713");\n'
    )

    def find(self) -> Toolchain | None:
        return find_node()

    def run(self, tools: Toolchain, *, live: bool) -> Step:
        del live
        return Step(node(tools, self.path))

    def warm(self, tools: Toolchain) -> Warm:
        return waiting(tools, _WAITING_BYTES, self.path)
