from interview_platform.execution.languages.base import SelfTest, limits
from interview_platform.execution.languages.simple import Interpreted
from interview_platform.execution.sandbox.spec import MB


class Lua(Interpreted):
    id = "lua"
    name = "Lua"
    monaco = "lua"
    file_name = "solution.lua"
    packages = ("lua5.4",)
    megabytes = 27
    limits = limits(256 * MB)
    out_of_memory = ("not enough memory",)
    command = ("lua5.4", "lua5.3", "lua")
    asks_version = ("-v",)
    writes_by_stdio = True
    self_test = SelfTest(
        'local a, b = io.read("n", "n")\nprint(string.format("sum %d %s", math.tointeger(a + b), utf8.char(0x2713)))\n'
    )
