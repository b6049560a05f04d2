from interview_platform.execution.languages.base import SelfTest, limits
from interview_platform.execution.languages.simple import Interpreted
from interview_platform.execution.sandbox.spec import CODE, MB

# There is no option for it.
_AT_ONCE = {"at_once.rb": "$stdout.sync = true\n"}


class Ruby(Interpreted):
    id = "ruby"
    name = "Ruby"
    monaco = "ruby"
    file_name = "solution.rb"
    packages = ("ruby",)
    megabytes = 54
    limits = limits(256 * MB)  # the interpreter takes 20
    out_of_memory = ("NoMemoryError", "[FATAL] failed to allocate memory")
    command = ("ruby",)
    asks_version = ("--disable-gems", "--version")
    beside = _AT_ONCE
    live_options = (f"-r{CODE}/at_once.rb",)
    self_test = SelfTest('require "set"\na, b = gets.split.map(&:to_i)\nputs "sum #{Set[a, b].sum} \\u2713"\n')
