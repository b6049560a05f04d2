"""The events a client was sent, applied to its hello, are the hello of now (Zulip's `verify_action`)."""

import asyncio
import random
from contextlib import AsyncExitStack, suppress
from dataclasses import replace
from typing import Any

import pytest

from interview_platform.chat.model import EMOJI
from interview_platform.execution.views import RunView
from interview_platform.sessions.changes import SeatsTaken, Wish
from interview_platform.sessions.model import Role, Session, SessionId
from interview_platform.sessions.policy import Access, Action
from interview_platform.sessions.settings import Settings
from interview_platform.sessions.staffing import StaffingService
from tests.room.events import EventClient, events
from tests.room.world import Somebody, World

STEPS = 40
OTHERS = (Role.INTERVIEWER, Role.CANDIDATE, Role.OBSERVER)


class Party:
    """People who do things in a room at random."""

    def __init__(self, world: World, session: Session, host: Somebody, chance: random.Random) -> None:
        self.world, self.session, self.chance = world, session, chance
        self.people = {"Ada": host}
        self.inside: dict[EventClient, tuple[Somebody, AsyncExitStack]] = {}
        self.running: list[str] = []
        self.counter = 0
        self.staffing = StaffingService(world.api.sessions, world.rooms.seats.away)

    async def enter(self, who: Somebody) -> EventClient:
        stack = AsyncExitStack()
        client = await stack.enter_async_context(events(self.world.url(self.session, "events"), who.headers))
        self.inside[client] = (who, stack)
        return client

    async def go(self, client: EventClient) -> None:
        _, stack = self.inside.pop(client)
        await stack.aclose()

    async def act(self) -> None:
        self.counter += 1
        await getattr(self, self.chance.choice([name for name in dir(self) if name.startswith("do_")]))()

    async def do_admit(self) -> None:
        if len(self.people) < 6:
            name = f"P{self.counter}"
            role = Role.OBSERVER if len(self.people) > 3 else self.chance.choice((Role.CANDIDATE, Role.INTERVIEWER))
            self.people[name] = await self.world.admit(self.session, name, role)

    async def do_enter(self) -> None:
        await self.enter(self.chance.choice(list(self.people.values())))

    do_enter_again = do_enter

    async def do_go(self) -> None:
        if len(self.inside) > 1:
            await self.go(self.chance.choice(list(self.inside)))

    async def do_part(self) -> None:
        """Somebody leaves the session, or is removed."""
        name = self.chance.choice(list(self.people))
        if name == "Ada":
            return
        sessions, who = self.world.api.sessions, self.people.pop(name)
        if self.chance.random() < 0.5:
            await sessions.leave(self.session.id, who.person)
        else:
            await sessions.remove(self.session.id, who.person.id, self.people["Ada"].person)
        for client in [client for client, (inside, _) in self.inside.items() if inside is who]:
            assert await client.closed() == 4403
            await self.go(client)

    async def do_role(self) -> None:
        name = self.chance.choice(list(self.people))
        person, role = self.people[name].person.id, self.chance.choice(OTHERS)

        def changed(session: Session) -> Session:
            return replace(
                session, members=tuple(replace(m, role=role) if m.person == person else m for m in session.members)
            )

        await self.world.api.sessions.change(self.session.id, changed)

    async def do_hand_over(self) -> None:
        """And back: the others' names for things are the host's doing."""
        session = await self.world.api.sessions.looked_at(self.session.id, self.people["Ada"].person)
        heirs = [m.person for m in session.members if m.present and m.role is Role.INTERVIEWER]
        if heirs:
            ada, heir = self.people["Ada"].person, self.chance.choice(heirs)
            [other] = [one.person for one in self.people.values() if one.person.id == heir]
            await self.staffing.hand_over(self.session.id, heir, ada)
            await self.staffing.hand_over(self.session.id, ada.id, other)

    async def do_settings(self) -> None:
        wish = Wish(frozenset({"quiet_minutes", "capacity"}), quiet_minutes=self.counter, capacity=4)
        with suppress(SeatsTaken):
            await self.staffing.direct(self.session.id, wish, self.people["Ada"].person)

    async def do_read(self) -> None:
        """Over HTTP: whoever is not here is shown as reading."""
        reader = self.chance.choice(list(self.people.values()))
        await self.world.chat.history(self.session.id, reader.person)

    async def do_lock(self) -> None:
        locked = Settings(locked=self.chance.random() < 0.5)
        await self.world.api.sessions.change(self.session.id, lambda session: replace(session, settings=locked))

    async def do_record(self) -> None:
        tell = self.chance.choice((self.world.recordings.started, self.world.recordings.ended))
        await tell(self.session, str(self.counter))

    async def do_chat(self) -> None:
        writer = self.people["Ada"].person
        await self.world.chat.post(self.session.id, writer, f"message {self.counter}")

    async def do_change(self) -> None:
        """A message is edited, deleted, answered, or an answer taken back."""
        messages, _ = await self.world.chat.newest(Access(self.session, self.people["Ada"].person))
        there = [message for message in messages if message.deleted_at is None]
        if there:
            await self.change(self.chance.choice(there).id)

    do_change_again = do_change

    async def change(self, message: str) -> None:
        changes, session, ada = self.world.changes, self.session.id, self.people["Ada"].person
        what = self.chance.randrange(6)
        if what == 0:
            await changes.delete(session, ada, message)
        elif what == 1:
            await changes.edit(session, ada, message, f"edited {self.counter}")
        else:
            whose = self.chance.choice(await self.who_may(Action.CHAT))
            await changes.react(session, whose.person, message, self.chance.choice(EMOJI[:3]), given=what > 2)

    async def who_may(self, action: Action) -> list[Somebody]:
        session = (await self.world.api.sessions.access(self.session.id, None)).session
        return [one for one in self.people.values() if Access(session, one.person).may(action)]

    async def do_paste(self) -> None:
        """A candidate's browser tells of something; whether they are one still the server knows."""
        candidates = [client for client in self.inside if client.role == "candidate"]
        if not candidates:
            return
        client = self.chance.choice(candidates)
        heard = len(client.of("activity") + client.of("error"))
        acts: list[dict[str, Any]] = [
            {"kind": "paste", "chars": self.counter, "lines": 1, "from": "outside", "path": "solution.py"},
            {"kind": "focus", "away": False, "ms": self.counter},
            {"kind": "copy", "what": "statement", "chars": self.counter},
        ]
        await client.send(type="activity", act=self.chance.choice(acts))
        await client.until(lambda: len(client.of("activity") + client.of("error")) > heard)

    do_paste_again = do_paste

    async def do_run(self) -> None:
        self.running.append(self.world.runs.start(self.session.id, "p", "Ada"))

    async def do_begin(self) -> None:
        if self.running:
            self.world.runs.begin(self.session.id, self.chance.choice(self.running))

    async def do_queue(self) -> None:
        if self.running:
            self.world.runs.queue(self.session.id, self.chance.choice(self.running), self.counter)

    async def do_type(self) -> None:
        client = self.chance.choice(list(self.inside)) if self.inside else None
        if client and self.running:
            kind = self.chance.choice(("run.input", "run.input_end"))
            await client.send(type=kind, runId=self.chance.choice(self.running), text=f"{self.counter}\n")

    async def do_output(self) -> None:
        for run in self.running:
            self.world.runs.output(self.session.id, run, f"{self.counter}\n")

    async def do_finish(self) -> None:
        if self.running:
            self.world.runs.finish(self.session.id, self.running.pop(0))

    async def do_call(self) -> None:
        client = self.chance.choice(list(self.inside)) if self.inside else None
        if client:
            kind = self.chance.choice(("call.join", "call.media", "call.leave", "chat.typing"))
            frame: dict[str, Any] = {"type": kind, "typing": self.chance.random() < 0.5}
            await client.send(**frame, audio=self.chance.random() < 0.5, video=True, screen=False)


def seen(state: dict[str, Any], client: EventClient) -> dict[str, Any]:
    """What somebody in the role of `client` sees of what the host sees."""
    if client.role in {"host", "interviewer"}:
        return state
    return {**state, "activity": [one for one in state["activity"] if one["personId"] == client.me["id"]]}


async def settled(party: Party) -> None:
    """Every client has been sent all that was to be sent: each has an answer to a ping sent just now."""
    for client in party.inside:
        pongs = len(client.of("pong"))
        await client.send(type="ping")
        await client.heard("pong", pongs + 1)


@pytest.mark.parametrize("seed", range(6))
async def test_events_applied_to_the_hello_are_the_hello_of_now(world: World, seed: int) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    party = Party(world, session, host, random.Random(seed))
    await party.enter(host)
    for _ in range(STEPS):
        await party.act()
        if party.chance.random() < 0.3:
            fresh = await party.enter(host)
            await settled(party)
            now = fresh.state
            for client in party.inside:
                assert client.state == seen(now, client)
            await party.go(fresh)
    for client in list(party.inside):
        await party.go(client)


@pytest.mark.parametrize("seed", range(8))
async def test_nothing_is_lost_or_doubled_while_the_hello_is_made(world: World, seed: int) -> None:
    """Things happen between the parts of the hello are read, as they do on a database that is asked over a network."""
    host = await world.somebody("Ada")
    session = await world.session(host)
    chance = random.Random(seed)
    socket = world.rooms.sockets._handlers["events"]
    real_messages, real_runs = socket._messages, socket._runs  # type: ignore[attr-defined]
    runs, said = [world.runs.start(session.id, "p", "Ada")], list[str]()

    async def happen() -> None:
        for _ in range(chance.randrange(4)):
            what = chance.randrange(10)
            if what == 0:
                said.append((await world.chat.post(session.id, host.person, "hi")).id)
            elif what == 8 and said:
                emoji, given = chance.choice(EMOJI), chance.random() < 0.7
                await world.changes.react(session.id, host.person, chance.choice(said), emoji, given=given)
            elif what == 9 and said:
                await world.changes.edit(session.id, host.person, chance.choice(said), f"edited {chance.random()}")
            elif what == 1:
                world.runs.output(session.id, runs[-1], "out")
            elif what == 2:
                runs.append(world.runs.start(session.id, "p", "Ada"))
            elif what == 3 and len(runs) > 1:  # from then on nothing happens to that one
                world.runs.finish(session.id, runs.pop(0))
            elif what == 4:
                world.runs.begin(session.id, runs[-1])
            elif what == 5:
                world.runs.queue(session.id, runs[-1], chance.randrange(9))
            elif what == 6:
                world.runs.typed(session.id, host.person, runs[-1], "in\n")
            elif what == 7:
                await world.admit(session, f"P{chance.random()}", Role.OBSERVER)
            await asyncio.sleep(0)

    async def slow_messages(id: SessionId) -> Any:
        await happen()
        page = await real_messages(id)
        await happen()
        return page

    async def slow_runs(id: SessionId) -> list[RunView]:
        await happen()
        found: list[RunView] = await real_runs(id)
        return found

    socket._messages, socket._runs = slow_messages, slow_runs  # type: ignore[attr-defined]
    party = Party(world, session, host, chance)
    for _ in range(5):
        await party.enter(host)
        await happen()
    socket._messages, socket._runs = real_messages, real_runs  # type: ignore[attr-defined]
    fresh = await party.enter(host)
    await settled(party)
    for client in party.inside:
        assert client.state == fresh.state
    for client in list(party.inside):
        await party.go(client)
