from interview_platform.execution.languages.base import SelfTest, limits
from interview_platform.execution.languages.simple import Interpreted
from interview_platform.execution.sandbox.spec import MB


class R(Interpreted):
    id = "r"
    name = "R"
    monaco = "r"
    file_name = "solution.R"
    packages = ("r-base-core",)
    megabytes = 186
    limits = limits(384 * MB)  # R itself takes 60
    out_of_memory = ("cannot allocate", "vector memory exhausted")
    command = ("Rscript",)
    needs = ("/etc/R",)
    options = ("--vanilla",)
    self_test = SelfTest(
        'numbers <- scan(file("stdin"), quiet = TRUE)\n'
        'cat(sprintf("sum %d %s\\n", as.integer(sum(numbers)), intToUtf8(0x2713)))\n'
    )
