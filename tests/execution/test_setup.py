"""What `scripts/setup` does to a machine, on made-up ones: commands that only say what they were asked."""

import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[2] / "scripts"
TOOLS = ("bash", "cat", "cp", "dirname", "env", "mkdir", "tail")


class Machine:
    def __init__(self, folder: Path) -> None:
        self.commands, self.checkout = folder / "bin", folder / "checkout"
        self.etc, self.setting = folder / "apparmor.d", folder / "restricted"
        for made in (self.commands, self.checkout, self.etc):
            made.mkdir()
        shutil.copytree(SCRIPTS, self.checkout / "scripts")
        for tool in TOOLS:
            (self.commands / tool).symlink_to(str(shutil.which(tool)))
        self.has("id", "echo 0")

    def has(self, command: str, script: str = "exit 0") -> None:
        path = self.commands / command
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def profiles(self) -> list[str]:
        return [path.name for path in self.etc.iterdir()]

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        environment = {
            "PATH": str(self.commands),
            "ALLOW_BWRAP_ETC": str(self.etc),
            "ALLOW_BWRAP_SETTING": str(self.setting),
        }
        return subprocess.run(
            [self.checkout / "scripts" / words[0], *words[1:]],
            cwd=self.checkout,
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_what_apt_said_stays_in_the_checkout(machine: Machine) -> None:
    """A name in /tmp that another user has taken already made this a false "apt-get could not install"."""
    for command in ("gcc", "g++", "javac", "python3"):
        machine.has(command)
    machine.has("apt-get", '[ "$1" = update ] || { echo "no space left for $5"; exit 1; }')
    done = machine.run("setup", "run")
    assert done.returncode == 1
    assert "no space left for bubblewrap" in done.stderr
    assert (machine.checkout / "build/setup-apt.log").read_text() == "no space left for bubblewrap\n"


class TestAppArmor:
    def test_the_profile_is_installed_where_it_is_needed(self, machine: Machine) -> None:
        machine.setting.write_text("1\n")
        machine.has("apparmor_parser", f'echo "$@" >>{machine.checkout}/asked')
        assert "allowed it" in machine.run("allow-bwrap").stdout
        assert (machine.etc / "bwrap").read_text() == (SCRIPTS / "bwrap.apparmor").read_text()
        assert machine.run("allow-bwrap").stdout == ""
        assert (machine.checkout / "asked").read_text() == "-r bwrap.apparmor\n"

    @pytest.mark.parametrize("setting", ["0\n", None])
    def test_elsewhere_nothing_is_touched(self, machine: Machine, setting: str | None) -> None:
        if setting is not None:
            machine.setting.write_text(setting)
        machine.has("apparmor_parser")
        assert machine.run("allow-bwrap").stdout == ""
        assert machine.profiles() == []

    def test_the_distributions_own_profile_stays(self, machine: Machine) -> None:
        machine.setting.write_text("1\n")
        (machine.etc / "bwrap-userns-restrict").write_text("theirs")
        machine.has("apparmor_parser")
        assert machine.run("allow-bwrap").stdout == ""
        assert machine.profiles() == ["bwrap-userns-restrict"]

    @pytest.mark.parametrize(("words", "parser"), [(["none"], "exit 0"), ([], None), ([], "exit 1")])
    def test_who_may_not_is_told_what_to_do(self, machine: Machine, words: list[str], parser: str | None) -> None:
        machine.setting.write_text("1\n")
        if parser is not None:
            machine.has("apparmor_parser", parser)
        done = machine.run("allow-bwrap", *words)
        assert done.returncode == 0
        assert f"apparmor_parser -r {machine.etc}/bwrap" in done.stdout
        assert machine.profiles() == []

    def test_setup_asks_for_it_with_its_own_rights(self, machine: Machine) -> None:
        machine.setting.write_text("1\n")
        for command in ("bwrap", "gcc", "g++", "javac", "python3"):
            machine.has(command)
        machine.has("id", "echo 1000")
        machine.has("sudo", '[ "$1" = -n ] && shift; "$@"')
        machine.has("true")
        machine.has("apparmor_parser")
        assert "allowed it" in machine.run("setup", "run").stdout
        assert (machine.etc / "bwrap").exists()
