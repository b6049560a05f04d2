"""A JVM that waited compiles and runs a program as javac and java do: same output, same status, same traces."""

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from interview_platform.execution.languages.base import OUT, Installed, Toolchain
from interview_platform.execution.languages.java import Java
from interview_platform.execution.preparing import prepare, with_places
from tests.execution.warm.waiting import Ended, Waiting, cold, outside, warm_step

STDIN = "3 4\nzwei Wörter\n"
JAVA = Java()

BODIES = {
    "input": "var in = new java.util.Scanner(System.in); System.out.println(in.nextInt() * in.nextInt());"
    ' System.out.println("<" + in.nextLine() + in.nextLine() + "> ✓");',
    "arguments": 'System.out.println(String.join("|", args));',
    "exit": 'Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));'
    ' System.out.print("before"); System.exit(3);',
    "throws": 'throw new IllegalStateException("broken");',
    "throws with causes": 'try { Integer.parseInt("x"); } catch (NumberFormatException e) {'
    ' var t = new RuntimeException("outer", e); t.addSuppressed(new Exception("beside")); throw t; }',
    "exception in a thread": 'new Thread(() -> { throw new RuntimeException("in a thread"); }).start();',
    "stack of main": "new Exception().printStackTrace(); System.out.println(Thread.currentThread());",
    "threads that go on": "new Thread(() -> { try { Thread.sleep(50); } catch (InterruptedException e) { }"
    ' System.out.println("later"); }).start(); System.out.println("main ends");',
    "daemon threads": "var t = new Thread(() -> { while (true) ; }); t.setDaemon(true); t.start();"
    " System.out.println(t.getName());",
    "deep recursion": "System.out.println(depth(8000)); try { depth(1 << 30); } catch (StackOverflowError e) {"
    ' System.out.println("too deep"); } }\n    static int depth(int n) { return n == 0 ? 0 : 1 + depth(n - 1);',
    "class loading": 'Class<?> c = Class.forName("Helper"); System.out.println(c.getName()'
    ' + Main.class.getPackageName() + c.getDeclaredMethod("twice", int.class).invoke(null, 21));',
    "resources": 'System.out.println(new String(Main.class.getResourceAsStream("data.txt").readAllBytes())'
    " + Main.class.getProtectionDomain().getCodeSource().getLocation());",
    "generic warnings": "java.util.List l = new java.util.ArrayList(); l.add(1); System.out.println(l);",
    "lambdas and records": "record P(int x, String y) {} System.out.println(java.util.stream.IntStream.range(0, 5)"
    '.mapToObj(i -> new P(i, "p" + i)).toList());',
    "out of memory": "var l = new java.util.ArrayList<long[]>(); while (true) l.add(new long[1 << 20]);",
    "static initialiser": "System.out.println(Broken.x); }\n"
    '    static class Broken { static int x = 1 / Integer.parseInt("0");',
}

PROGRAMS = {
    **{
        name: f"public class Main {{\n    public static void main(String[] args) throws Exception {{\n        {body}\n"
        "    }\n}\n"
        for name, body in BODIES.items()
    },
    "several classes": "interface A { int f(); }\nclass B implements A { public int f() { return 7; } }\n"
    "class Main { public static void main(String[] a) { System.out.println(new B().f() + new Helper().toString()); } }",
    "private main": "public class Main { private static void main(String[] a) { } }",
    "no main": "public class Main { }",
}

NOT_COMPILING = {
    "unknown name": 'public class Main {\n    public static void main(String[] a) { nonsense(); int x = "ä"; }\n}\n',
    "syntax": "public class Main { void f( { }",
    "another file's name": "public class Solution { public static void main(String[] a) { } }",
}


@pytest.fixture(scope="session")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Toolchain:
    found = JAVA.find()
    assert found is not None
    folder = tmp_path_factory.mktemp("runner")
    [placed] = with_places({JAVA.id: Installed(JAVA, found)}, folder).values()
    ready = asyncio.run(prepare(placed, folder))
    assert ready is not None
    return ready.tools


@pytest.fixture
def code(tmp_path: Path) -> Path:
    folder = tmp_path / "code"
    folder.mkdir()
    (folder / "Helper.java").write_text(
        "class Helper { static int twice(int n) { return 2 * n; }\n"
        '    @Override public String toString() { return "help"; } }'
    )
    (folder / "data.txt").write_text("lies beside")
    return folder


def went(tools: Toolchain, code: Path, source: str, *arguments: str) -> tuple[Mapping[str, Any], Ended]:
    """What was reported, and how it ended."""
    waiting = Waiting(outside(warm_step(JAVA, tools), tools, code), code.parent)
    (code / JAVA.file_name).write_text(source)
    waiting.go(code / JAVA.file_name, *arguments)
    report: Mapping[str, Any] = json.loads(waiting.heard.readline())
    return report, waiting.end(STDIN)


def compiled(tools: Toolchain, code: Path) -> Ended:
    step = JAVA.compile(tools)
    words = [word.replace(OUT, str(code)).replace("/code/", f"{code}/") for word in step.command]
    return cold(outside(type(step)(words, step.environment), tools, code), code.parent)


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_same_as_javac_and_java(tools: Toolchain, code: Path, name: str) -> None:
    report, ended = went(tools, code, PROGRAMS[name])
    by_javac = compiled(tools, code)
    assert (report["compiled"], report["output"]) == (True, by_javac.stderr)
    by_java = cold(outside(JAVA.run(tools, live=False), tools, code), code.parent, stdin=STDIN)
    assert ended == by_java


@pytest.mark.parametrize("name", NOT_COMPILING)
def test_the_errors_of_javac(tools: Toolchain, code: Path, name: str) -> None:
    report, ended = went(tools, code, NOT_COMPILING[name])
    by_javac = compiled(tools, code)
    assert not report["compiled"]
    assert report["ms"] > 0
    assert ended == Ended("", "", 0)
    assert report["output"] == by_javac.stderr


def test_a_compiler_that_gives_up(tools: Toolchain, code: Path) -> None:
    source = "class Main { int x = " + "(" * 9000 + "1" + ")" * 9000 + "; }"
    report, ended = went(tools, code, source)
    assert (report["compiled"], "nested very deeply" in report["output"]) == (False, True)
    assert ended == Ended("", "", 0)


@pytest.mark.parametrize("name", ["arguments", "throws", "throws with causes", "exit", "threads that go on"])
def test_arguments(tools: Toolchain, code: Path, name: str) -> None:
    report, ended = went(tools, code, PROGRAMS[name], "one", 'two "ä"\n\\', "")
    assert report["compiled"]
    compiled(tools, code)
    run = outside(JAVA.run(tools, live=False), tools, code)
    assert ended == cold(run, code.parent, "one", 'two "ä"\n\\', "", stdin=STDIN)


def test_no_code_runs_before_the_report(tools: Toolchain, code: Path) -> None:
    """An annotation processor, found by the compiler on its class path, would."""
    (code / "META-INF" / "services").mkdir(parents=True)
    (code / "META-INF" / "services" / "javax.annotation.processing.Processor").write_text("Main")
    source = (
        "import java.util.Set;\nimport javax.annotation.processing.*;\nimport javax.lang.model.element.TypeElement;\n"
        '@SupportedAnnotationTypes("*")\npublic class Main extends AbstractProcessor {\n'
        '    static { System.err.println("running in the compiler"); }\n'
        "    public boolean process(Set<? extends TypeElement> a, RoundEnvironment r) { return false; }\n"
        "    void broken() { nonsense(); }\n}\n"
    )
    report, ended = went(tools, code, source)
    assert not report["compiled"]
    assert "nonsense" in report["output"]
    assert ended == Ended("", "", 0)


def test_the_channel_is_closed_without_exchange(tools: Toolchain, code: Path) -> None:
    source = (
        "public class Main { public static void main(String[] a) throws Exception {\n"
        '    for (String n : new String[] {"5", "6"}) {\n'
        '        var p = java.nio.file.Path.of("/proc/self/fd/" + n);\n'
        "        System.out.println(java.nio.file.Files.exists(p, java.nio.file.LinkOption.NOFOLLOW_LINKS)); } } }"
    )
    assert went(tools, code, source)[1] == Ended("false\nfalse\n", "", 0)


def test_exchange_keeps_the_channel_and_what_is_in_it(tools: Toolchain, code: Path) -> None:
    source = (
        "import java.io.*;\npublic class Main { public static void main(String[] a) throws Exception {\n"
        '    var in = new BufferedReader(new InputStreamReader(new FileInputStream("/proc/self/fd/5")));\n'
        '    var out = new FileOutputStream("/proc/self/fd/6");\n'
        '    out.write((in.readLine() + in.readLine() + in.readLine() + "\\n").getBytes()); } }'
    )
    waiting = Waiting(outside(warm_step(JAVA, tools), tools, code), code.parent)
    (code / JAVA.file_name).write_text(source)
    waiting.go(code / JAVA.file_name, exchange=True)
    waiting.say("hello\n[1]\n")
    waiting.hang_up()
    assert json.loads(waiting.heard.readline())["compiled"]
    assert waiting.heard.readline() == b"hello[1]null\n"
    assert waiting.end() == Ended("", "", 0)


def test_end_of_file_while_waiting(tools: Toolchain, code: Path) -> None:
    waiting = Waiting(outside(warm_step(JAVA, tools), tools, code), code.parent)
    waiting.hang_up()
    assert waiting.end() == Ended("", "", 0)
