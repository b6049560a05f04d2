from interview_platform.execution.languages.base import SelfTest, limits
from interview_platform.execution.languages.simple import Interpreted
from interview_platform.execution.sandbox.spec import MB

# Two schedulers instead of one for every core of a large machine; no dump of everything when memory ends.
_ENVIRONMENT = {"ELIXIR_ERL_OPTIONS": "+S 2:2 +SDcpu 1:1 +SDio 1 +A 1", "ERL_CRASH_DUMP_BYTES": "0"}


class Elixir(Interpreted):
    id = "elixir"
    name = "Elixir"
    monaco = "elixir"
    file_name = "solution.exs"
    packages = ("elixir",)
    megabytes = 140
    limits = limits(384 * MB)  # the virtual machine takes 60
    out_of_memory = ("Cannot allocate", "Cannot reallocate")
    command = ("elixir",)
    environment = _ENVIRONMENT
    asks_version = ("--short-version",)
    self_test = SelfTest(
        'numbers = IO.gets("") |> String.split() |> Enum.map(&String.to_integer/1)\n'
        'IO.puts("sum #{Enum.sum(numbers)} \\u2713")\n'
    )
