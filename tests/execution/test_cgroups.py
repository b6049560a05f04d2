"""Finding and making control groups, on a file system made to look like /proc and /sys/fs/cgroup."""

import os
from pathlib import Path

import pytest

from interview_platform.execution.sandbox.cgroups import Groups, make_groups
from interview_platform.execution.sandbox.users import slot_users


class Machine:
    """Files as the kernel shows them; `groups` is where control groups are mounted."""

    def __init__(self, folder: Path) -> None:
        self.proc, self.groups = folder / "proc", folder / "cgroup"
        (self.proc / "self").mkdir(parents=True)
        self.groups.mkdir()

    def has(self, cgroup: str, mounts: str) -> None:
        (self.proc / "self/cgroup").write_text(cgroup)
        (self.proc / "self/mountinfo").write_text(mounts.replace("@", str(self.groups)))

    def make(self, slots: int = 2) -> Groups | None:
        return make_groups(slots, self.proc)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_version_2_where_it_is_delegated(machine: Machine) -> None:
    machine.has("0::/app.service\n", "30 20 0:26 / @ rw,relatime - cgroup2 cgroup2 rw\n")
    home = machine.groups / "app.service"
    home.mkdir()
    (home / "cgroup.controllers").write_text("cpu memory pids")
    (home / "cgroup.subtree_control").write_text("")
    made = machine.make()
    assert made is not None
    assert made.name == "cgroup v2"
    assert (home / "cgroup.subtree_control").read_text() == "+cpu"  # a file keeps the last write; a kernel all of them
    assert (home / "interview-platform-server/cgroup.procs").read_text() == str(os.getpid())
    [base] = [path for path in home.iterdir() if path.name.startswith(f"interview-platform-{os.getpid()}-")]
    first, second = made.slots
    assert first.memory_limit == f"{base}/slot-0/memory.max"
    assert (first.join, second.processes_events) == ([f"{base}/slot-0/cgroup.procs"], f"{base}/slot-1/pids.events")
    assert (base / "slot-0/memory.swap.max").read_text() == "0"
    assert list(made.folders) == [base / "slot-1", base / "slot-0", base]


def test_version_2_below_a_container_mount(machine: Machine) -> None:
    """In a container the mount shows the container's own group as its root."""
    machine.has("0::/docker/abc\n", "30 20 0:26 /docker/abc @ rw - cgroup2 cgroup2 rw\n")
    (machine.groups / "cgroup.controllers").write_text("memory pids")
    (machine.groups / "cgroup.subtree_control").write_text("memory pids")
    made = machine.make(1)
    assert made is not None
    assert Path(made.slots[0].memory_limit).parents[2] == machine.groups


@pytest.mark.parametrize("controllers", ["", "cpu io", "memory", "hugetlb"])
def test_version_2_without_the_controllers(machine: Machine, controllers: str) -> None:
    machine.has("0::/\n", "30 20 0:26 / @ rw - cgroup2 cgroup2 rw\n")
    (machine.groups / "cgroup.controllers").write_text(controllers)
    assert machine.make() is None
    assert [path.name for path in machine.groups.iterdir()] == ["cgroup.controllers"]


def test_version_2_that_is_not_delegated_leaves_no_trace(machine: Machine) -> None:
    machine.has("0::/session.scope\n", "30 20 0:26 / @ rw - cgroup2 cgroup2 rw\n")
    home = machine.groups / "session.scope"
    home.mkdir()
    (home / "cgroup.controllers").write_text("memory pids")
    (
        home / "cgroup.subtree_control"
    ).mkdir()  # whatever is tried with it fails, as it does when others are in the group
    assert machine.make() is None
    assert {path.name for path in home.iterdir()} == {"cgroup.controllers", "cgroup.subtree_control"}


def test_version_1(machine: Machine) -> None:
    machine.has(
        "8:pids:/\n4:memory:/jobs/one\n1:cpu,cpuacct:/\n0::/\n",
        "1 2 0:1 / @/memory rw - cgroup cgroup rw,memory\n"
        "2 2 0:2 / @/pids rw - cgroup cgroup rw,pids\n"
        "3 2 0:3 / @/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct\n",
    )
    for name in ("memory/jobs/one", "pids", "cpu,cpuacct"):
        (machine.groups / name).mkdir(parents=True)
    made = machine.make(1)
    assert made is not None
    assert made.name == "cgroup v1"
    [slot] = made.slots
    assert Path(slot.memory_limit).parents[2] == machine.groups / "memory/jobs/one"
    assert Path(slot.processes_limit).parents[2] == machine.groups / "pids"
    assert len(slot.join) == 3
    assert len(made.folders) == 6
    assert all(folder.is_dir() for folder in made.folders)


def test_version_1_that_may_not_be_written(machine: Machine) -> None:
    machine.has(
        "8:pids:/\n4:memory:/\n",
        "1 2 0:1 / @/memory rw - cgroup cgroup rw,memory\n2 2 0:2 / @/pids rw - cgroup cgroup rw,pids\n",
    )
    (machine.groups / "memory").mkdir()
    (machine.groups / "pids").write_text("not a folder: nothing can be made in it")
    assert machine.make() is None
    assert list((machine.groups / "memory").iterdir()) == []


def test_no_control_groups_at_all(machine: Machine) -> None:
    assert machine.make() is None


def test_every_slot_of_root_has_a_user_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    mapped = tmp_path / "uid_map"
    mapped.write_text("         0          0 4294967295\n")
    wide = slot_users(4, mapped)
    assert len(set(wide)) == 4
    assert all(uid is not None and uid > 1_879_048_192 for uid in wide)
    mapped.write_text("         0     100000      65536\n")  # a container without root's rights outside
    narrow = slot_users(4, mapped)
    assert len(set(narrow)) == 4
    assert all(uid is not None and 60_000 <= uid < 65_000 for uid in narrow)
    mapped.write_text("         0       1000          1\n")
    assert slot_users(2, mapped) == [None, None]


def test_an_ordinary_server_stays_who_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert slot_users(2) == [None, None]
