from interview_platform.execution.languages import gcc
from interview_platform.execution.languages.base import Language, SelfTest, Step, Toolchain


class Cpp(Language):
    id = "cpp"
    name = "C++"
    monaco = "cpp"
    file_name = "solution.cpp"
    packages = ("g++",)
    megabytes = 286
    limits = gcc.LIMITS
    stack_bytes = gcc.STACK_BYTES
    out_of_memory = ("std::bad_alloc",)
    artifact = gcc.PROGRAM
    self_test = SelfTest(
        "#include <iostream>\n#include <vector>\n#include <numeric>\n"
        "int main() {\n    std::vector<int> v(2);\n    for (auto& x : v) std::cin >> x;\n"
        '    std::cout << "sum " << std::accumulate(v.begin(), v.end(), 0) << " \\u2713\\n";\n}\n'
    )

    def find(self) -> Toolchain | None:
        return gcc.find_compiler("g++", "cc1plus")

    def compile(self, tools: Toolchain) -> Step:
        return gcc.compile_step(tools, self.path, *gcc.options("c++20"))

    def run(self, tools: Toolchain, *, live: bool) -> Step:
        del tools
        return gcc.run_step(live=live)
