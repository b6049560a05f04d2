from interview_platform.execution.languages.base import SelfTest, Step, Toolchain, limits
from interview_platform.execution.languages.simple import Simple
from interview_platform.execution.sandbox.spec import MB


class Prolog(Simple):
    id = "prolog"
    name = "Prolog"
    monaco = "prolog"
    file_name = "solution.prolog"
    packages = ("swi-prolog-nox",)
    megabytes = 30
    limits = limits(256 * MB)
    out_of_memory = ("Not enough resources: memory", "Stack limit", "global stack", "resource_error")
    command = ("swipl",)
    self_test = SelfTest(
        ":- initialization(main, main).\n\nmain :-\n    read_line_to_string(user_input, Line),\n"
        '    split_string(Line, " ", "", Words),\n    maplist(number_string, Numbers, Words),\n'
        "    sum_list(Numbers, Sum),\n    format('sum ~d \\u2713~n', [Sum]).\n"
    )

    def run(self, tools: Toolchain, *, live: bool) -> Step:
        at_once = ["-g", "set_stream(user_output, buffer(line))"] if live else []
        return self.running([tools.programs["command"], "--stack-limit=160m", *at_once, self.path], live=live)
