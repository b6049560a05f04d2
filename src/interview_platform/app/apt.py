"""apt-get for `languages install`: what it installs, how far it is, and what it said when it fails."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from typing import TextIO

# dlstatus:<which>:<percent>:<what>, pmstatus:<package>:<percent>:<what>; docs: apt's README.progress-reporting.
_STATUS = re.compile(r"(dl|pm)status:([^:]*):([\d.]+):(.*)")

_WAIT_SECONDS = 120  # for another apt: a machine that looks for updates by itself is done by then
_TAIL = 20  # lines of what it said; the reason stands in the last


class CannotInstall(Exception):
    """The message is for the person at the terminal: what to type instead, or what apt said."""


def install(packages: Sequence[str], out: TextIO = sys.stdout) -> None:
    """Raises CannotInstall. May ask for a password, when sudo does."""
    root = as_root(packages)
    show = Progress(out)
    show.line("Reading the distribution's lists of packages")
    subprocess.run(  # noqa: S603 - our own words
        [*root, "apt-get", "update", "-qq"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )  # not checked: without network the lists that are there may do
    said = _followed([*root, *_command(packages)], show)
    show.end()
    if said is not None:
        raise CannotInstall("apt-get could not install them:\n" + "\n".join(said[-_TAIL:]))


def as_root(packages: Sequence[str]) -> Sequence[str]:
    """What to put before a command so that root does it. Raises CannotInstall."""
    if shutil.which("apt-get") is None:
        raise CannotInstall(
            "There is no apt-get here. Install with this system's own means what Debian calls: " + " ".join(packages)
        )
    if os.geteuid() == 0:
        return ()
    sudo = shutil.which("sudo")
    if sudo is not None and (sys.stdin.isatty() or _without_password(sudo)):
        return (sudo,)
    raise CannotInstall("Only root can install packages. As root: apt-get install " + " ".join(packages))


def _without_password(sudo: str) -> bool:
    return subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0  # noqa: S603


def _command(packages: Sequence[str]) -> Sequence[str]:
    # The status goes to standard output, among the rest: sudo closes every other descriptor.
    options = ("APT::Status-Fd=1", "Dpkg::Use-Pty=0", f"DPkg::Lock::Timeout={_WAIT_SECONDS}")
    words = [word for option in options for word in ("-o", option)]
    quiet = ("env", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C")
    return [*quiet, "apt-get", "install", "-y", "--no-install-recommends", *words, "--", *packages]


def _followed(command: Sequence[str], show: "Progress") -> list[str] | None:
    """None when it went well, else what it said."""
    with subprocess.Popen(  # noqa: S603 - our own words, names of packages that we know
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as process:
        assert process.stdout is not None
        said = _shown(process.stdout, show)
    return None if process.returncode == 0 else said


def _shown(lines: Iterable[str], show: "Progress") -> list[str]:
    """Shows the status lines; the others."""
    said = []
    for line in lines:
        status = _STATUS.match(line)
        if status is None:
            said.append(line.rstrip())
            continue
        kind, _, percent, what = status.groups()
        show.step(float(percent), what if kind == "pm" else f"Downloading: {what}")
    return said


class Progress:
    """One line that changes on a terminal; elsewhere (a log) a line for each new step."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._terminal = out.isatty()
        self._last = ""
        self._open = False

    def step(self, percent: float, what: str) -> None:
        if self._terminal:
            width = shutil.get_terminal_size().columns - 1
            self._out.write("\r\x1b[K" + f"{percent:3.0f} %  {what}"[:width])
            self._out.flush()
            self._open = True
        elif what != self._last:
            self.line(f"{percent:3.0f} %  {what}")
        self._last = what

    def line(self, text: str) -> None:
        self.end()
        self._out.write(f"{text}\n")
        self._out.flush()

    def end(self) -> None:
        """A line that is complete, so that the next text begins a new one."""
        if self._open:
            self._out.write("\r\x1b[K")
            self._open = False
