from interview_platform.execution.languages.base import SelfTest, limits
from interview_platform.execution.languages.simple import Interpreted
from interview_platform.execution.sandbox.spec import MB


class Perl(Interpreted):
    id = "perl"
    name = "Perl"
    monaco = "perl"
    file_name = "solution.pl"
    packages = ("perl",)
    megabytes = 85
    limits = limits(256 * MB)
    out_of_memory = ("Out of memory",)
    command = ("perl",)
    live_options = ("-Mstrict;no strict;$|=1",)  # what stands behind -M is Perl: after the module comes what we want
    self_test = SelfTest(
        'use strict;\nuse warnings;\nuse List::Util qw(sum);\n\nprintf "sum %d \u2713\\n", sum(split " ", <STDIN>);\n'
    )
