"""Kotlin for the JVM. Its compiler is started without its script, which would start two virtual machines."""

import zipfile
from pathlib import Path

from interview_platform.execution.languages.base import OUT, SelfTest, Step, Toolchain
from interview_platform.execution.languages.jvm import OnJvm

_HOME = "/usr/share/kotlin/kotlinc"
_COMPILER = "org.jetbrains.kotlin.cli.jvm.K2JVMCompiler"


class Kotlin(OnJvm):
    id = "kotlin"
    name = "Kotlin"
    monaco = "kotlin"
    file_name = "Main.kt"
    packages = ("kotlin", "default-jdk-headless")
    megabytes = 646
    artifact = "MainKt.class"
    main = "MainKt"
    folder = f"{_HOME}/lib"
    libraries = ("kotlin-stdlib.jar", "kotlin-stdlib-jdk7.jar", "kotlin-stdlib-jdk8.jar")
    self_test = SelfTest(
        'fun main() {\n    val numbers = readLine()!!.split(" ").map { it.toInt() }\n'
        '    println("sum ${numbers.sum()} \\u2713")\n}\n'
    )

    def version(self, jar: Path) -> str:
        with zipfile.ZipFile(jar) as archive:
            manifest = archive.read("META-INF/MANIFEST.MF").decode(errors="replace")
        said = dict(line.split(": ", 1) for line in manifest.splitlines() if ": " in line)
        return said.get("Implementation-Version", "unknown").split("-")[0]

    def compile(self, tools: Toolchain) -> Step:
        options = ("-no-stdlib", "-no-reflect", "-cp", tools.programs["libraries"], "-d", OUT)
        return self.java(tools, "-Xmx512m", "-cp", f"{_HOME}/lib/*", _COMPILER, *options, self.path)

    def hint(self, compiler_said: str) -> str:
        return "" if compiler_said.strip() else "Put 'fun main()' at the top level of the file."
