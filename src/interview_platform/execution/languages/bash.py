from interview_platform.execution.languages.base import SelfTest, limits
from interview_platform.execution.languages.simple import Interpreted
from interview_platform.execution.sandbox.spec import MB


class Bash(Interpreted):
    id = "bash"
    name = "Bash"
    monaco = "shell"
    file_name = "solution.sh"
    packages = ("bash",)
    megabytes = 7
    limits = limits(256 * MB)
    out_of_memory = ("cannot allocate",)
    command = ("bash",)
    self_test = SelfTest(
        'read -r a b\nsum=$(printf "%s\\n" "$a" "$b" | sort -n | paste -sd+)\necho "sum $((sum)) \u2713"\n'
    )
