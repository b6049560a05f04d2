"""How long "Run" takes, over HTTP, beside the bare commands of the same machine in the same minutes.

    make bench-execution             (or: python -m benchmarks.execution.run [--quick])

The real server in a process of its own, people signed in, POST /api/runs until the answer is there. In every round each
program runs once with us and once bare, one after the other, so that whatever the machine does falls on both; medians.
Then 50 Python programs at once, beside Piston's way of doing it (piston_like.cjs: a reproduction); PISTON_URL measures
a real Piston as well. Exit status 1 when a target is missed.
"""

import argparse
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from benchmarks.execution import bare
from benchmarks.execution.piston import Piston, piston_like
from benchmarks.execution.product import Product, served
from benchmarks.execution.programs import PROGRAMS, Program
from benchmarks.execution.quiet import quiet

ROUNDS, QUICK_ROUNDS = 15, 3
BURSTS, QUICK_BURSTS = 5, 3
AT_ONCE = 50
BURST_TARGET = 2.5  # times the runs a second of Piston's way
READY_SECONDS = 60.0  # precompiled headers, classes and caches of a first start, at low priority
QUIET_SECONDS = 1.5  # after a run at most; a JVM that boots ahead takes one

TARGETS = {
    ("python", "hello"): 1.0,
    ("javascript", "hello"): 0.4,
    ("typescript", "hello"): 0.03,
    ("typescript", "real"): 0.03,
    ("java", "hello"): 0.15,
    ("java", "real"): 0.25,
    ("cpp", "real"): 0.7,
}


class Side(Protocol):
    def milliseconds(self, program: Program) -> float: ...

    def burst(self, program: Program, count: int) -> float: ...


@dataclass
class Row:
    program: Program
    node: str
    label: str
    ours: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        return statistics.median(self.ours) / statistics.median(self.bare)

    @property
    def target(self) -> float | None:
        return TARGETS.get((self.program.language, self.program.name))

    @property
    def missed(self) -> bool:
        return self.target is not None and self.ratio > self.target

    def shown(self) -> str:
        said = "" if self.target is None else f"≤ {self.target:g}: {'**missed**' if self.missed else 'met'}"
        ours, bare = statistics.median(self.ours), statistics.median(self.bare)
        name = f"{self.program.language} {self.program.name}"
        return f"| {name} | `{self.label}` | {bare:.1f} | {ours:.1f} | {self.ratio:.3f} | {said} |"


def rows(languages: set[str]) -> Iterator[Row]:
    """One for each program and bare command. A `node` of the machine's own is another command than our Node."""
    nodes = [bare.our_node()]
    system = shutil.which("node", path="/usr/local/bin:/usr/bin")
    for program in PROGRAMS:
        if program.language not in languages or bare.commands(program.language, nodes[0]) is None:
            continue
        several = program.language == "javascript" and system is not None
        for node in (nodes[0], system) if several else nodes[:1]:
            whose = f" ({'ours' if node == nodes[0] else node})" if several else ""
            yield Row(program, str(node), bare.label(program.language, str(node)) + whose)


def measure(product: Product, table: Sequence[Row], rounds: int, folder: Path) -> int:
    """Fills the table. Answers how often the machine was not quiet."""
    noisy = 0
    for number in range(rounds + 1):
        for row in table:
            ours = product.milliseconds(row.program)
            noisy += not quiet(QUIET_SECONDS)  # it boots the next one ahead; a bare command leaves nothing behind
            other = bare.milliseconds(row.program, row.node, folder)
            if number > 0:  # the first round fills caches, for both
                row.ours.append(ours)
                row.bare.append(other)
    return noisy


def bursts(product: Product, pistons: dict[str, Piston], rounds: int) -> bool:
    """Prints runs a second; True when the target is missed."""
    program = next(one for one in PROGRAMS if one.language == "python")
    sides: dict[str, Side] = {"ours": product, **pistons}
    rates: dict[str, list[float]] = {name: [] for name in sides}
    single: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(rounds):
        for name, side in sides.items():
            quiet(QUIET_SECONDS)
            rates[name].append(side.burst(program, AT_ONCE))
            quiet(QUIET_SECONDS)
            single[name].append(side.milliseconds(program))
    print(f"\n| python hello | runs/s, {AT_ONCE} at once | ours / theirs | one alone, ms |\n|---|---:|---:|---:|")
    ours = statistics.median(rates["ours"])
    missed = False
    for name in sides:
        rate = statistics.median(rates[name])
        verdict = ""
        if name != "ours":
            below = ours / rate < BURST_TARGET
            missed = missed or below
            verdict = f"{ours / rate:.1f} (≥ {BURST_TARGET}: {'**missed**' if below else 'met'})"
        print(f"| {name} | {rate:.0f} | {verdict} | {statistics.median(single[name]):.1f} |")
    return missed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_ROUNDS} rounds instead of {ROUNDS}")
    quick = parser.parse_args().quick
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.chmod(0o755)  # sandboxes look from another user
        (folder / "bare").mkdir()
        product = stack.enter_context(served(folder))
        pistons = {"Piston's way (reproduction)": stack.enter_context(piston_like(folder))}
        if url := os.environ.get("PISTON_URL"):
            pistons[f"Piston at {url}"] = Piston(url.rstrip("/") + "/execute")
        table = list(rows(product.languages()))
        for row in table:
            product.milliseconds(row.program)  # tells the product what is in use, as a first visitor would
        quiet(READY_SECONDS)
        noisy = measure(product, table, QUICK_ROUNDS if quick else ROUNDS, folder / "bare")
        print(
            "| program | bare command | bare, ms | ours over HTTP, ms | ratio | target |\n|---|---|---:|---:|---:|---|"
        )
        for row in table:
            print(row.shown())
        missed = bursts(product, pistons, QUICK_BURSTS if quick else BURSTS)
        print(f"\nMedians of {len(table[0].ours)} rounds; {os.cpu_count()} cores; the machine was busy {noisy} times.")
    sys.exit(1 if missed or any(row.missed for row in table) else 0)


if __name__ == "__main__":
    main()
