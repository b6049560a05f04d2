"""`interview-platform languages`, with an apt-get that only says what it was asked and what apt would say."""

import io
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from interview_platform.app import cli
from interview_platform.app.apt import CannotInstall, Progress, install
from interview_platform.app.languages_command import chosen_languages
from interview_platform.app.settings import Settings
from interview_platform.execution.languages.all import LANGUAGES

pytestmark = pytest.mark.usefixtures("data")

INSTALLS = """
case "$1" in update) exit 0 ;; esac
echo "Reading package lists..."
echo "dlstatus:1:20.5000:Retrieving file 1 of 2"
echo "pmstatus:lua5.4:40.0000:Unpacking lua5.4 (amd64)"
echo "pmstatus:lua5.4:80.0000:Installed lua5.4 (amd64)"
"""
FAILS = '[ "$1" = update ] || { echo "E: Unable to locate package lua5.4"; exit 100; }'


@pytest.fixture
def data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(cli, "configure_logging", lambda _: None)  # it would outlive this test and its stderr
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Puts a command on a PATH that holds no others but these."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    for name in ("env", "sh", "cat"):
        (folder / name).symlink_to(f"/usr/bin/{name}")

    def put(name: str, script: str) -> None:
        path = folder / name
        path.write_text(f'#!/bin/sh\necho "{name} $*" >>{tmp_path}/asked\n{script}\n')
        path.chmod(0o755)

    return put


@pytest.fixture
def root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.usefixtures("root")
class TestInstalling:
    def test_says_every_step_once(self, command: Callable[[str, str], None], tmp_path: Path) -> None:
        command("apt-get", INSTALLS)
        out = io.StringIO()
        install(["lua5.4"], out)
        assert out.getvalue().splitlines()[1:] == [
            " 20 %  Downloading: Retrieving file 1 of 2",
            " 40 %  Unpacking lua5.4 (amd64)",
            " 80 %  Installed lua5.4 (amd64)",
        ]
        asked = (tmp_path / "asked").read_text().splitlines()
        assert asked[0] == "apt-get update -qq"
        assert asked[1].startswith("apt-get install -y --no-install-recommends")
        assert asked[1].endswith("-- lua5.4")

    def test_is_one_line_on_a_terminal(self, command: Callable[[str, str], None]) -> None:
        command("apt-get", INSTALLS)
        out = Terminal()
        install(["lua5.4"], out)
        assert out.getvalue().count("\n") == 1, "only what comes before"
        assert out.getvalue().endswith("\r\x1b[K"), "the line is free for what comes next"

    def test_what_apt_said_is_the_reason(self, command: Callable[[str, str], None]) -> None:
        command("apt-get", FAILS)
        with pytest.raises(CannotInstall, match=r"Unable to locate package lua5\.4"):
            install(["lua5.4"], io.StringIO())

    def test_elsewhere_the_packages_are_named(self, command: Callable[[str, str], None]) -> None:
        del command  # the empty PATH
        with pytest.raises(CannotInstall, match=r"no apt-get here.*lua5\.4"):
            install(["lua5.4"], io.StringIO())


@pytest.mark.usefixtures("nobody")
class TestNotRoot:
    def test_sudo_does_it(self, command: Callable[[str, str], None], tmp_path: Path) -> None:
        command("apt-get", INSTALLS)
        command("sudo", '[ "$1" = -n ] && exit 0\n"$@"')
        install(["lua5.4"], io.StringIO())
        asked = (tmp_path / "asked").read_text()
        assert "sudo env DEBIAN_FRONTEND=noninteractive" in asked
        assert "\napt-get install" in asked

    @pytest.mark.parametrize("sudo", [None, "exit 1"])
    def test_without_sudo_the_command_is_said(self, command: Callable[[str, str], None], sudo: str | None) -> None:
        command("apt-get", INSTALLS)
        if sudo is not None:
            command("sudo", sudo)
        with pytest.raises(CannotInstall, match=r"As root: apt-get install lua5\.4 ruby"):
            install(["lua5.4", "ruby"], io.StringIO())


def test_a_long_step_does_not_wrap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    out = Terminal()
    Progress(out).step(5, "x" * 200)
    assert len(out.getvalue().removeprefix("\r\x1b[K")) == 39


class TestNames:
    def test_as_people_write_them(self) -> None:
        wanted, unknown = chosen_languages(["Rust", "golang", "C#", "c++"])
        assert ([one.id for one in wanted], unknown) == (["cpp", "go", "csharp", "rust"], [])

    def test_all(self) -> None:
        assert chosen_languages(["all"]) == (LANGUAGES, ())

    def test_unknown_ones_are_named_with_what_is_like_them(self) -> None:
        wanted, unknown = chosen_languages(["ruby", "haskel", "cobol57"])
        assert [one.id for one in wanted] == ["ruby"]
        assert unknown[0] == "There is no language called haskel. Did you mean haskell?"
        assert "cobol57" in unknown[1]

    def test_nothing_is_installed_when_one_is_unknown(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr("interview_platform.app.languages_command.install", pytest.fail)
        with pytest.raises(SystemExit) as ended:
            cli.main(["languages", "install", "go", "haskel"])
        assert ended.value.code == 2
        assert "Did you mean haskell?" in capsys.readouterr().out


@pytest.mark.sandbox
def test_lists_what_can_be_run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """And what cannot: with a tool chain whose command is not here."""
    few = [one for one in LANGUAGES if one.id in {"python", "javascript", "nim"}]
    monkeypatch.setattr("interview_platform.app.languages_command.LANGUAGES", few)
    monkeypatch.setattr("interview_platform.execution.languages.finding.LANGUAGES", few)
    monkeypatch.setattr(type(few[2]), "command", ("no-such-command",))
    with pytest.raises(SystemExit) as ended:
        cli.main(["languages"])
    assert ended.value.code == 0
    lines = [line.split(maxsplit=3) for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == ["ID", "LANGUAGE", "VERSION", "STATE"]
    assert [line[0] for line in lines[1:4]] == ["python", "javascript", "nim"]
    assert lines[1][3] == "ready"
    assert " ".join(lines[3][2:]) == "not installed: about 215 MB: nim gcc libc6-dev"
    with pytest.raises(SystemExit):
        cli.main(["languages", "--json"])
    told = json.loads(capsys.readouterr().out)
    assert [one["state"] for one in told["languages"]] == ["ready", "ready", "missing"]
    assert told["unavailable"] is None
