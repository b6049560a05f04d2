from interview_platform.execution.languages.base import OUT, SelfTest, Step, Toolchain
from interview_platform.execution.languages.jvm import OnJvm

_COMPILER = ("scala-compiler.jar", "scala-reflect.jar", "scala-library.jar", "scala-xml_2.11.jar")


class Scala(OnJvm):
    id = "scala"
    name = "Scala"
    monaco = "scala"
    file_name = "Main.scala"
    packages = ("scala", "default-jdk-headless")
    megabytes = 298
    artifact = "Main.class"
    main = "Main"
    libraries = ("scala-library.jar",)
    self_test = SelfTest(
        'object Main extends App {\n  val numbers = io.StdIn.readLine().split(" ").map(_.toInt)\n'
        '  println(s"sum ${numbers.sum} \\u2713")\n}\n'
    )

    def compile(self, tools: Toolchain) -> Step:
        compiler = ":".join(f"{self.folder}/{name}" for name in _COMPILER)
        options = ("-usejavacp", "-nobootcp", "-d", OUT)
        return self.java(tools, "-Xmx512m", "-Xss8m", "-cp", compiler, "scala.tools.nsc.Main", *options, self.path)

    def hint(self, compiler_said: str) -> str:
        return "" if compiler_said.strip() else "Put what is to be run into 'object Main extends App { … }'."
