from interview_platform.execution.languages import caches
from interview_platform.execution.languages.base import OUT, SelfTest, Step, Toolchain, limits
from interview_platform.execution.languages.prepared import Preparation
from interview_platform.execution.languages.simple import PROGRAM, Compiled
from interview_platform.execution.sandbox.spec import CODE, MB, WORK

# No modules, so nothing is looked for in the network; the cache lives and dies with the sandbox.
_ENVIRONMENT = {
    "GO111MODULE": "off",
    "GOCACHE": f"{WORK}/cache",
    "GOPATH": f"{WORK}/go",
    "GOFLAGS": "-buildvcs=false",
    "GOTOOLCHAIN": "local",
    "CGO_ENABLED": "0",
}


class Go(Compiled):
    id = "go"
    name = "Go"
    monaco = "go"
    file_name = "main.go"
    packages = ("golang-go",)
    megabytes = 478
    limits = limits(256 * MB)  # the runtime takes 5
    out_of_memory = ("fatal error: runtime: out of memory", "runtime: cannot allocate memory")
    command = ("go",)
    asks_version = ("version",)
    compile_environment = _ENVIRONMENT
    prepares = True
    self_test = SelfTest(
        'package main\n\nimport (\n\t"fmt"\n\t"sort"\n)\n\nfunc main() {\n\tn := make([]int, 2)\n'
        "\tfmt.Scan(&n[0], &n[1])\n\tsort.Sort(sort.Reverse(sort.IntSlice(n)))\n"
        '\tfmt.Println("sum", n[0]+n[1], "\\u2713")\n}\n'
    )

    def prepare(self, tools: Toolchain) -> Preparation:
        return caches.go(self.id, tools, tools.programs["command"], self.compile_environment)

    def compile(self, tools: Toolchain) -> Step:
        # All of the folder: what lies beside the source belongs to the program.
        build = ["/bin/sh", "-c", f'{caches.go_layer(tools)}cd "$1" && exec "$2" build -o "$3" .', "sh"]
        return Step([*build, CODE, tools.programs["command"], f"{OUT}/{PROGRAM}"], self.compile_environment)
