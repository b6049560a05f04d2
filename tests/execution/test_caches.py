"""Go's prepared build cache: is used, is not needed, and stays as it is."""

import asyncio
import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from interview_platform.execution.languages import caches
from interview_platform.execution.languages.base import Installed, Toolchain
from interview_platform.execution.languages.c import C
from interview_platform.execution.languages.prepared import Preparation
from interview_platform.execution.preparing import prepare, with_places

GO = os.environ.get("TEST_GO") or shutil.which("go")
ENVIRONMENT = {"GO111MODULE": "off", "GOFLAGS": "-buildvcs=false", "CGO_ENABLED": "0", "GOTOOLCHAIN": "local"}

pytestmark = [
    pytest.mark.skipif(GO is None, reason="there is no Go on this machine"),
    pytest.mark.sandbox,
]


class Go(C):
    id = "go"
    prepares = True

    def prepare(self, tools: Toolchain) -> Preparation:
        return caches.go(self.id, tools, str(GO), ENVIRONMENT)


def contents(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.timeout(600)
def test_a_run_works_on_links_to_it_and_leaves_it_as_it_is(tmp_path: Path) -> None:
    [found] = with_places({"go": Installed(Go(), Toolchain("1", [Path(str(GO))]))}, tmp_path).values()
    ready = asyncio.run(prepare(found, tmp_path))
    assert ready is not None
    [mount] = ready.tools.mounts
    [made] = mount.source.iterdir()
    before = contents(made)
    source = tmp_path / "main.go"
    # text/template is none of those that are prepared.
    source.write_text(
        'package main\n\nimport (\n\t"fmt"\n\t"os"\n\t"text/template"\n)\n\nfunc main() {\n'
        '\tt := template.Must(template.New("t").Parse("{{.}}\\n"))\n\tt.Execute(os.Stdout, fmt.Sprint("sum ", 42))\n}\n'
    )
    layer = caches.go_layer(ready.tools).replace(mount.target, str(mount.source))
    work = tmp_path / "work"
    work.mkdir()
    sandbox = ["bwrap", "--dev-bind", "/", "/", "--ro-bind", str(made), str(made), "--chdir", str(work)]
    done = subprocess.run(
        [*sandbox, "/bin/sh", "-c", layer + f'"{GO}" build -o {work}/program {source} && {work}/program'],
        env={"PATH": "/usr/bin:/bin", "HOME": str(work), "GOCACHE": str(work / "cache"), "TMPDIR": str(work)}
        | ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr, done.returncode) == ("sum 42\n", "", 0)
    assert contents(made) == before


def test_without_it_nothing_is_put_before() -> None:
    assert caches.go_layer(Toolchain("1", [])) == ""
