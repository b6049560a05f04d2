"""SQL by SQLite: the script runs from an empty database in memory, and each query's rows are printed as a table."""

from interview_platform.execution.languages.base import SelfTest, Step, Toolchain, limits
from interview_platform.execution.languages.simple import Simple
from interview_platform.execution.sandbox.spec import MB

# Stops at the first statement that is wrong. A table of plain characters: a test's expected output can be typed.
_OPTIONS = ("-batch", "-bail", "-table", "-nullvalue", "NULL")


class Sql(Simple):
    id = "sql"
    name = "SQL (SQLite)"
    monaco = "sql"
    file_name = "solution.sql"
    packages = ("sqlite3",)
    megabytes = 29
    limits = limits(256 * MB)
    out_of_memory = ("out of memory",)
    command = ("sqlite3",)
    writes_by_stdio = True
    self_test = SelfTest(
        "CREATE TABLE numbers (n INTEGER);\nINSERT INTO numbers VALUES (2), (40);\n"
        "SELECT printf('sum %d %s', sum(n), char(10003)) AS answer FROM numbers;\n",
        stdin="",
        expected="+----------+\n|  answer  |\n+----------+\n| sum 42 \u2713 |\n+----------+\n",
    )

    def run(self, tools: Toolchain, *, live: bool) -> Step:
        command = [tools.programs["command"], *_OPTIONS, ":memory:", f".read {self.path}"]
        return self.running(command, live=live)
