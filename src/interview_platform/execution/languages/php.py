"""PHP without the machine's own settings, which may hold a web site's secrets."""

from pathlib import Path

from interview_platform.execution.languages.asking import ANSWERS
from interview_platform.execution.languages.base import SelfTest, Step, Toolchain, command_on_path, limits
from interview_platform.execution.languages.simple import Interpreted
from interview_platform.execution.sandbox.spec import MB

_QUESTION = 'echo PHP_VERSION, "\n", PHP_EXTENSION_DIR;'

# Modules that the distribution's settings would load, where they are installed.
_MODULES = ("ctype", "iconv", "tokenizer", "mbstring", "bcmath", "gmp", "intl")


class Php(Interpreted):
    id = "php"
    name = "PHP"
    monaco = "php"
    file_name = "solution.php"
    packages = ("php-cli",)
    megabytes = 93
    limits = limits(256 * MB)
    out_of_memory = ("Allowed memory size of", "Out of memory")
    command = ("php",)
    options = ("-n", "-dmemory_limit=224M", "-ddisplay_errors=stderr", "-dlog_errors=0", "-derror_reporting=-1")
    self_test = SelfTest(
        '<?php\n[$a, $b] = array_map("intval", explode(" ", trim(fgets(STDIN))));\n'
        'printf("sum %d %s\\n", array_sum([$a, $b]), ctype_digit("1") ? json_decode(\'"\\u2713"\') : "");\n'
    )

    def find(self) -> Toolchain | None:
        program = command_on_path(*self.command)
        if program is None:
            return None
        version, _, folder = (ANSWERS.of(program, "-n", "-r", _QUESTION) or "").partition("\n")
        if not version:
            return None
        modules = [name for name in _MODULES if Path(folder, f"{name}.so").exists()]
        return Toolchain(version, [program.resolve()], {"command": str(program), "modules": " ".join(modules)})

    def run(self, tools: Toolchain, *, live: bool) -> Step:
        modules = [f"-dextension={name}" for name in tools.programs["modules"].split()]
        return self.running([tools.programs["command"], *self.options, *modules, self.path], live=live)
