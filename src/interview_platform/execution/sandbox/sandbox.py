"""All slots of this server: who gets one, and that everything is cleaned up."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path

from interview_platform.execution.sandbox import command
from interview_platform.execution.sandbox.cgroups import make_groups
from interview_platform.execution.sandbox.command import Host
from interview_platform.execution.sandbox.home import empty, in_memory, make_home, workplace_of
from interview_platform.execution.sandbox.janitor import Janitor
from interview_platform.execution.sandbox.ladder import WEAK, strongest
from interview_platform.execution.sandbox.protocol import WORKPLACE, Base, Cause, Ended, Setup
from interview_platform.execution.sandbox.requirements import Means, NoSandbox, advice
from interview_platform.execution.sandbox.slot import Slot, SlotLost
from interview_platform.execution.sandbox.spec import CODE, MB, Forker, Mount, Spec
from interview_platform.execution.sandbox.supervisors import find_supervisor, in_sight
from interview_platform.execution.sandbox.users import slot_users
from interview_platform.kit.ids import new_id

_TRUE = Spec(("/usr/bin/true",), 5, 5, 64 * MB, 8, MB)
_TRUE_FROM_NOTHING = replace(_TRUE, from_nothing=True)


class Sandbox:
    """Use `Sandbox.open`."""

    def __init__(
        self,
        slots: Sequence[Slot],
        spare: Sequence[Slot],
        host: Host,
        control: str,
        *,
        janitor: Janitor,
        filter_fd: int,
        wants_forks: bool,
    ) -> None:
        self.host = host
        self.wants_forks = wants_forks
        self.control = control
        """What holds the limits of memory and processes: "cgroup v2", "cgroup v1" or "watchdog"."""
        self.forks = False
        """Sandboxes of runs come out of fork servers. They can here: one has."""
        self.warning = ""
        """For the operator, loud: this one is weak, and why. Else empty."""
        self.on_spare: Callable[[], None] = lambda: None
        """Called when a spare slot has come back."""
        self._shown: list[Mount] = []
        self._slots = slots
        self._all = [*slots, *spare]
        self._spare = list(spare)
        self._free: asyncio.LifoQueue[Slot] = asyncio.LifoQueue()  # the warmest first
        for slot in slots:
            self._free.put_nowait(slot)
        self._janitor = janitor
        self._filter_fd = filter_fd
        self._releasing: set[asyncio.Task[None]] = set()

    @classmethod
    async def open(
        cls,
        folder: Path,
        slots: int,
        mounts: Sequence[Mount] = (),
        *,
        spare: int = 0,
        groups: bool = True,
        new_proc: bool = True,
        forker: Forker | None = None,
        weak: bool = False,
    ) -> "Sandbox":
        """`folder`: a place for source and artifacts while they run; it is made, and removed at the end.

        `spare`: so many more slots, which cost nothing until they are first used.

        `groups`, `new_proc`: False does without control groups or /proc even where they are to be had.

        `forker`: for fork servers in the first `slots`; without it every sandbox is made from nothing.

        `weak`: rather one without namespaces (confined.py) than none.

        Raises NoSandbox.
        """
        users = slot_users(slots + spare)

        def open_with(means: Means) -> Awaitable["Sandbox"]:
            return cls._open_with(
                *(means, folder, slots, mounts),
                users=users,
                groups=groups,
                new_proc=new_proc and not means.confined,
                forker=forker if means.own_users else None,
            )

        sandbox, complaint = await strongest(open_with, weak=weak, own_users=None not in users)
        sandbox.warning = f"{WEAK} Nothing stronger, because: {complaint}" if sandbox.host.confined else ""
        return sandbox

    @classmethod
    async def _open_with(
        cls,
        means: Means,
        folder: Path,
        slots: int,
        mounts: Sequence[Mount],
        *,
        users: Sequence[int | None],
        groups: bool,
        new_proc: bool,
        forker: Forker | None,
    ) -> "Sandbox":
        home = await asyncio.to_thread(make_home, folder / new_id(8), users, workplaces=means.confined)
        own = make_groups(len(users)) if groups else None
        janitor = Janitor(home, own.folders if own else ())
        supervisor = in_sight(find_supervisor()) if means.set_user_id else find_supervisor()
        host = Host(
            *(supervisor, home / "passwd", new_proc, own is not None),
            own_users=means.own_users,
            landlock=means.landlock,
        )
        filter_fd = in_memory(means.policy)
        shared = _stage(mounts, host)
        shown = list(mounts)

        def base(code: str, staged: Mapping[str, str]) -> Base:
            assert forker is not None
            return command.base(forker, shown, host, code, staged)

        all_slots = []
        for number, uid in enumerate(users):
            code = home / str(number)
            stage = {**shared, CODE.strip("/"): str(code)}
            if means.confined:
                stage[WORKPLACE] = str(workplace_of(code))
            makes = base if forker and new_proc and number < slots else None  # what waits in a spare one is booted
            setup = Setup(means.bwrap, filter_fd, uid, stage, own.slots[number] if own else None)
            setup = replace(setup, unsized=means.set_user_id, confined=means.confined)
            all_slots.append(Slot(code, setup, makes))
        control = own.name if own else "watchdog"
        sandbox = cls(
            *(all_slots[:slots], all_slots[slots:], host, control),
            janitor=janitor,
            filter_fd=filter_fd,
            wants_forks=forker is not None,
        )
        sandbox._shown = shown
        try:
            await sandbox._try_out()
        except BaseException:
            await sandbox.close()
            raise
        return sandbox

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[Slot]:
        """Wait for a slot and have it. Its folder is empty; what is in it afterwards is removed."""
        slot = await self._free.get()
        try:
            yield slot
        finally:
            self._let_go(slot, self._free.put_nowait)

    def take_spare(self) -> Slot | None:
        """A slot for something that is not a run yet; None when there is none. To be given back."""
        return self._spare.pop() if self._spare else None

    def give_back(self, slot: Slot) -> None:
        """What runs there must have been killed; what is in its folder is removed."""

        def put(slot: Slot) -> None:
            self._spare.append(slot)
            self.on_spare()

        self._let_go(slot, put)

    def show(self, mounts: Sequence[Mount]) -> None:
        """From the next run of each slot on, `mounts` are what there is to be seen."""
        self._shown[:] = mounts
        for slot in self._all:
            slot.renew(_stage(mounts, self.host))

    async def rest(self) -> None:
        """End the processes of spare slots that nobody has, and the memory they hold."""
        if self._releasing:  # who gave one back a moment ago has no more to do with it, but it is not there yet
            await asyncio.wait(self._releasing)
        for _ in range(len(self._spare)):
            slot = self._spare.pop(0)  # so that nobody takes it meanwhile
            try:
                await slot.stop()
            finally:
                self._spare.append(slot)

    async def close(self) -> None:
        """Kill what runs and remove every trace."""
        for slot in self._all:
            slot.kill()
            await slot.idle()
            await slot.stop()
        if self._releasing:
            await asyncio.wait(self._releasing)
        with suppress(OSError):
            os.close(self._filter_fd)
        await self._janitor.clean()

    def _let_go(self, slot: Slot, put: Callable[[Slot], None]) -> None:
        # Not awaited: a caller that was cancelled does not wait for the kill.
        task = asyncio.create_task(self._release(slot, put))
        self._releasing.add(task)
        task.add_done_callback(self._releasing.discard)

    async def _release(self, slot: Slot, put: Callable[[Slot], None]) -> None:
        await slot.idle()
        if any(slot.code.iterdir()):
            await asyncio.to_thread(empty, slot.code)
        put(slot)

    async def _try_out(self) -> None:
        """Start every slot and one sandbox. Without a fresh /proc if there can be none."""
        try:
            await asyncio.gather(*(slot.start() for slot in self._slots))
        except SlotLost as error:
            raise NoSandbox("The process that starts sandboxes could not be started; the log says why.") from error
        complaint = await self._complaint()
        if complaint and "proc" in complaint and self.host.new_proc:
            # Inside containers /proc is masked, and then the kernel lets nobody mount a fresh one.
            self.host = replace(self.host, new_proc=False)
            complaint = await self._complaint()
        if complaint:
            raise NoSandbox(f"{complaint} {advice(complaint)}".strip())
        async with self.slot() as slot:
            with suppress(SlotLost):  # the next run says so
                ended = await slot.run(_TRUE, self.host, b"", lambda _: None, lambda _: None)
                self.forks = ended.forked and _has_worked(ended)
        if not self.forks:
            for slot in self._slots:
                slot.give_up_forks()

    async def _complaint(self) -> str:
        """What bubblewrap says when it cannot; empty when it can."""
        said = bytearray()
        async with self.slot() as slot:
            try:
                ended = await slot.run(_TRUE_FROM_NOTHING, self.host, b"", lambda _: None, said.extend)
            except SlotLost:
                return "The process that starts sandboxes died."
        if _has_worked(ended):
            return ""
        return said.decode(errors="replace").strip() or f"A trial run ended with {ended.cause} ({ended.status})."


def _has_worked(ended: Ended) -> bool:
    return ended.cause is Cause.ITSELF and ended.status == 0


def _stage(mounts: Sequence[Mount], host: Host) -> dict[str, str]:
    """What sandboxes see of this machine besides /usr, and must be able to read: name -> path."""
    sources = {mount.name: str(mount.source) for mount in (*mounts, *host.supervisor.mounts)}
    return {**sources, "passwd": str(host.accounts)}
