"""A server that is root gives its sandboxes to users of their own. They must be able to read what they run.

Not so in two common places: Docker's default set of capabilities has no right to mount, so nothing can be bound where
those users may look; and with a strict umask whatever the server makes is closed to them.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import interview_platform

# What `docker run` gives (moby, profiles/caps): everything that mounts is left out.
DOCKER = (
    "-all,+chown,+dac_override,+fsetid,+fowner,+mknod,+net_raw,+setgid,+setuid,+setfcap,+setpcap"
    ",+net_bind_service,+sys_chroot,+kill,+audit_write"
)
# What `compose` does with a data folder, without the compilers, which take their time.
OPENS = """
import asyncio, json, sys
from pathlib import Path
from interview_platform.execution import embedded
from interview_platform.execution.languages import finding
from interview_platform.execution.languages.python import Python
from interview_platform.storage.open import open_database

async def main(data):
    finding.LANGUAGES = (Python(),)
    database = await open_database(None, data)
    runner = embedded.EmbeddedRunner(data / "runner", slots=1)
    await runner.start()
    await runner.ready()
    print(json.dumps([runner.unavailable(), [language.id for language in runner.languages()]]))
    await runner.close()
    await database.close()

asyncio.run(main(Path(sys.argv[1])))
"""

pytestmark = [
    pytest.mark.sandbox,
    pytest.mark.skipif(os.geteuid() != 0 or shutil.which("setpriv") is None, reason="is about root"),
]


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder of root's that everybody may look into, as /app and /srv are; pytest's own are closed."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def what_runs(data: Path, *, umask: int, prefix: tuple[str, ...] = ()) -> tuple[str | None, list[str]]:
    """Why nothing can be run, and which languages can."""
    packages = [path for path in sys.path if path.endswith("site-packages")]
    source = Path(interview_platform.__file__).parents[1]
    done = subprocess.run(
        [*prefix, sys.executable, "-c", OPENS, str(data)],
        umask=umask,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": os.pathsep.join([str(source), *packages])},
        stdout=subprocess.PIPE,
        text=True,
        timeout=100,
        check=True,
    )
    unavailable, languages = json.loads(done.stdout.splitlines()[-1])
    return unavailable, languages


@pytest.mark.parametrize("umask", [0o022, 0o077], ids=oct)
def test_in_docker(home: Path, umask: int) -> None:
    in_docker = ("setpriv", f"--bounding-set={DOCKER}", "--")
    assert what_runs(home / "deep" / "data", umask=umask, prefix=in_docker) == (None, ["python"])


@pytest.mark.parametrize("umask", [0o027, 0o077], ids=oct)
def test_with_a_strict_umask(home: Path, umask: int) -> None:
    assert what_runs(home / "data", umask=umask) == (None, ["python"])
