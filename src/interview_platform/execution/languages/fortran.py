from dataclasses import replace

from interview_platform.execution.languages import gcc
from interview_platform.execution.languages.base import SelfTest, Toolchain
from interview_platform.execution.languages.simple import Compiled
from interview_platform.execution.sandbox.spec import WORK

_LIVE = {"GFORTRAN_UNBUFFERED_PRECONNECTED": "y"}


class Fortran(Compiled):
    id = "fortran"
    name = "Fortran"
    monaco = "fortran"
    file_name = "solution.f90"
    packages = ("gfortran",)
    megabytes = 245
    limits = gcc.LIMITS
    stack_bytes = gcc.STACK_BYTES
    out_of_memory = ("Allocation would exceed memory limit", "Error allocating")
    command = ("gfortran",)
    options = ("-O1", "-Wall", "-fcheck=bounds", "-fdiagnostics-color=never", "-J", WORK)
    live_environment = _LIVE
    self_test = SelfTest(
        "program solution\n  implicit none\n  integer :: n(2)\n  read (*, *) n\n"
        "  print '(a, i0, a)', 'sum ', sum(n), ' \u2713'\nend program solution\n"
    )

    def find(self) -> Toolchain | None:
        tools = gcc.find_compiler("gfortran", "f951")
        return replace(tools, programs={"command": tools.programs["compiler"]}) if tools else None
