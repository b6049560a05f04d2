"""Java: the system's JDK."""

import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from interview_platform.execution.languages import prepared, warm
from interview_platform.execution.languages.base import (
    OUT,
    Language,
    SelfTest,
    Step,
    Toolchain,
    Warm,
    command_on_path,
    limits,
)
from interview_platform.execution.languages.prepared import Preparation
from interview_platform.execution.sandbox.spec import CODE, MB, Mount

# Short programs: quick to start beats quick later. One collector thread, first compiler only, shared class archive.
_QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-XX:-UsePerfData")

# The JVM's own remarks go to standard output otherwise, into the program's.
_QUIET = ("-XX:+DisplayVMOutputToStderr", "-Xlog:disable", "-Xlog:all=warning:stderr")

_HEAP = ("-Xms32m", "-Xmx320m", "-XX:ErrorFile=/dev/null")
_ENCODING = ("-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8")

# For descriptors by number: ours, and where there is no /proc a driver's.
_OPEN = ("--add-opens", "java.base/java.io=ALL-UNNAMED")

# With a class loader of its own a JVM does without part of its class archive, and would say so. Without that archive,
# and with one of our own (AppCDS), a JVM that waits has taken 1.0 and 0.85 s of processor time: not worth another file.
_LOADER = ("-XX:-PrintWarnings", "-Djava.system.class.loader=waiting.Loader")
_WAITING_SOURCES = warm.FOLDER / "java"
_WAITING_BYTES = 64 * MB  # measured: 58, and 30 of the JDK's files that all share

_WRONG_FILE = re.compile(r"class (\S+) is public, should be declared in a file named")
_RELEASE = re.compile(r'JAVA_VERSION="([^"]+)"')


class Java(Language):
    id = "java"
    name = "Java"
    monaco = "java"
    file_name = "Main.java"
    packages = ("default-jdk-headless",)
    megabytes = 348
    limits = limits(512 * MB, processes=128)  # a JVM does not start in less; programs with thread pools are honest
    out_of_memory = ("java.lang.OutOfMemoryError",)
    artifact = "Main.class"
    self_test = SelfTest(
        "import java.util.*;\n\npublic class Main {\n    public static void main(String[] args) {\n"
        "        Scanner in = new Scanner(System.in);\n"
        '        System.out.println("sum " + List.of(in.nextInt(), in.nextInt()).stream().mapToInt(x -> x).sum()'
        ' + " \\u2713");\n    }\n}\n'
    )

    def find(self) -> Toolchain | None:
        javac = command_on_path("javac")
        if javac is None:
            return None
        home = javac.resolve().parents[1]
        release = home / "release"
        found = _RELEASE.search(release.read_text()) if release.exists() else None
        programs = {name: str(home / "bin" / name) for name in ("java", "javac")}
        version = found.group(1) if found else "unknown"
        return Toolchain(version, [javac.resolve(), release], programs, _settings(home))

    def compile(self, tools: Toolchain) -> Step:
        quick = [f"-J{flag}" for flag in _QUICK]
        # No annotation processors: they would be the program's own code running inside the compiler.
        options = ["-J-Xmx384m", "-proc:none", "-encoding", "UTF-8", "-cp", CODE, "-d", OUT]
        command = [tools.programs["javac"], *quick, *options]
        return Step(["/bin/sh", "-c", f'exec "$@" {CODE}/*.java', "sh", *command], _libraries(tools))

    def run(self, tools: Toolchain, *, live: bool) -> Step:
        del live  # System.out is flushed with every line
        return Step([*_jvm(tools), "-cp", CODE, "Main"], _libraries(tools))

    prepares = True

    def prepare(self, tools: Toolchain) -> Preparation:
        name = prepared.stamp([*tools.files, *sorted(_WAITING_SOURCES.rglob("*.*"))])
        waiting = replace(tools, programs={**tools.programs, "waiting": prepared.inside(self.id, name)})
        return Preparation(name, lambda new: _compile_waiting(tools, new), waiting)

    def warm(self, tools: Toolchain) -> Warm | None:
        classes = tools.programs.get("waiting")
        if classes is None:
            return None
        command = [*_jvm(tools), *_LOADER, "-cp", classes, "Main"]
        return Warm(command, _libraries(tools), memory_bytes=_WAITING_BYTES)

    def hint(self, compiler_said: str) -> str:
        wrong = _WRONG_FILE.search(compiler_said)
        if wrong:
            return (
                f"The file is called Main.java: rename the class {wrong.group(1)} to Main, or leave out its 'public'."
            )
        if not compiler_said.strip():
            return "Put 'public static void main(String[] args)' into a class called Main (without a package)."
        return ""


def _jvm(tools: Toolchain) -> Sequence[str]:
    return [tools.programs["java"], *_QUICK, *_QUIET, *_HEAP, *_ENCODING, *_OPEN]


def _compile_waiting(tools: Toolchain, folder: Path) -> Sequence[Step]:
    javac = [tools.programs["javac"], "-proc:none", "-encoding", "UTF-8", "-cp", str(folder)]
    (folder / "waiting").mkdir()
    shutil.copy(_WAITING_SOURCES / "waiting" / "Dummy.txt", folder / "waiting")
    # The stub is a class Main, so it is put where the class path does not lead.
    return [
        Step([*javac, "-d", str(into), *map(str, sorted((_WAITING_SOURCES / name).glob("*.java")))], _libraries(tools))
        for name, into in (("waiting", folder), ("stub", folder / "stub"))
    ]


def _libraries(tools: Toolchain) -> Mapping[str, str]:
    """A JVM finds its libraries by /proc/self/exe, which is not there where no fresh /proc can be mounted."""
    return {"LD_LIBRARY_PATH": str(Path(tools.programs["java"]).parents[1] / "lib")}


def _settings(home: Path) -> Sequence[Mount]:
    """Debian keeps a JDK's settings in /etc and links to them."""
    links = [home / "lib" / "jvm.cfg", home / "conf" / "security" / "java.security", home / "conf" / "net.properties"]
    folders = {Path(*link.resolve().parts[:3]) for link in links if link.is_symlink()}
    return [Mount(folder, str(folder)) for folder in sorted(folders) if folder.is_relative_to("/etc")]
