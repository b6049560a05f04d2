from interview_platform.execution.languages import gcc
from interview_platform.execution.languages.base import Language, SelfTest, Step, Toolchain


class C(Language):
    id = "c"
    name = "C"
    monaco = "c"
    file_name = "solution.c"
    packages = ("gcc", "libc6-dev")
    megabytes = 198
    limits = gcc.LIMITS
    stack_bytes = gcc.STACK_BYTES
    artifact = gcc.PROGRAM
    self_test = SelfTest(
        "#include <stdio.h>\n#include <math.h>\n"
        'int main(void) {\n    int a, b;\n    if (scanf("%d %d", &a, &b) != 2) return 1;\n'
        '    printf("sum %d \\u2713\\n", (int)round(a + b));\n    return 0;\n}\n'
    )

    def find(self) -> Toolchain | None:
        return gcc.find_compiler("gcc", "cc1")

    def compile(self, tools: Toolchain) -> Step:
        return gcc.compile_step(tools, self.path, *gcc.options("c17"))

    def run(self, tools: Toolchain, *, live: bool) -> Step:
        del tools
        return gcc.run_step(live=live)
