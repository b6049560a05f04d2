"""What every `SessionStore` does."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from interview_platform.accounts.model import Person
from interview_platform.kit.errors import Kind, Refusal
from interview_platform.problems.model import Difficulty
from interview_platform.sessions.model import (
    Invite,
    Member,
    Role,
    Session,
    SessionCompleted,
    SessionFull,
    SessionId,
    Status,
    Visibility,
)
from interview_platform.sessions.settings import AiPolicy, ReplayFor, Settings, Timer
from interview_platform.timeline.model import EventKind
from tests.contracts.world import AnotherNode, Stores, account, guest, member, outcomes

OBSERVERS = 5
SETTINGS = Settings(
    locked=True,
    timer=Timer(remaining_ms=90_000),
    quiet_until=2**45,
    ai_policy=AiPolicy.ASK,
    ai_note="“ü”",
    replay_for=ReplayFor.EVERYONE,
)


Change = Callable[[Session], Session]


def joined(person: Person, role: Role = Role.CANDIDATE, at: int = 2_000) -> Change:
    return lambda session: session.joined_by(member(person, role, at), OBSERVERS)


class SessionStoreContract:
    async def test_session_comes_back_as_it_was_added(self, stores: Stores) -> None:
        ada, bob = await stores.account("ada", image="/api/images/a.webp"), await stores.account("bob")
        added = await stores.session(
            host=ada,
            problem="Trapping Rain Water",
            problem_slug="trapping-rain-water",
            difficulty=Difficulty.HARD,
            visibility=Visibility.PRIVATE,
            capacity=4,
            members=(replace(member(bob, Role.OBSERVER), left_at=3_000, removed=True, waiting=True, invite="digest"),),
            lobby=True,
            started_at=None,
            settings=SETTINGS,
        )
        assert await stores.sessions.get(added.id) == added

    async def test_every_part_of_a_change_is_stored(self, stores: Stores) -> None:
        session, bob = await stores.session(lobby=True, started_at=None), await stores.account("bob")
        waiting = replace(member(bob), waiting=True, invite="digest")
        await stores.sessions.change(session.id, lambda s: replace(s, members=(waiting,)))

        def changed(session: Session) -> Session:
            host = replace(session.members[0], role=Role.HOST, joined_at=session.created_at, waiting=False, invite=None)
            members = (replace(session.host, role=Role.INTERVIEWER),)
            return replace(session, host=host, members=members, lobby=False, started_at=5_000, settings=SETTINGS)

        after = await stores.sessions.change(session.id, changed)
        assert after.host.person == bob.id
        assert after.members[0].role is Role.INTERVIEWER
        assert (after.lobby, after.started_at, after.settings) == (False, 5_000, SETTINGS)
        assert await stores.sessions.get(session.id) == after

    async def test_unknown_session(self, stores: Stores) -> None:
        unknown = SessionId("unknown")
        assert await stores.sessions.get(unknown) is None
        with pytest.raises(Refusal) as refused:
            await stores.sessions.change(unknown, lambda session: session)
        assert refused.value.kind is Kind.NOT_FOUND

    async def test_change_is_stored_and_returned_alike(self, stores: Stores) -> None:
        session, bob = await stores.session(), await stores.account("bob")
        changed = await stores.sessions.change(session.id, joined(bob))
        assert changed == replace(session, members=(member(bob),), updated_at=2_000)
        assert await stores.sessions.get(session.id) == changed

    async def test_end_is_stored(self, stores: Stores) -> None:
        session = await stores.session()
        await stores.sessions.change(session.id, lambda s: s.ended_by(s.host.person, 9_000))
        ended = replace(session, status=Status.COMPLETED, updated_at=9_000, ended_at=9_000)
        assert await stores.sessions.get(session.id) == ended

    async def test_joins_leaves_and_the_end_are_in_the_timeline(self, stores: Stores) -> None:
        session, bob, eve = await stores.session(capacity=3), await stores.account("bob"), await stores.account("eve")
        for change in (
            joined(bob, Role.CANDIDATE, 2_000),
            joined(eve, Role.OBSERVER, 3_000),
            lambda s: s.left_by(bob.id, 4_000),
            joined(bob, Role.CANDIDATE, 5_000),
            lambda s: s.ended_by(s.host.person, 6_000),
        ):
            await stores.sessions.change(session.id, change)
        events = await stores.timeline.read(session.id)
        assert [event.seq for event in events] == [1, 2, 3, 4, 5]
        assert [(e.entry.kind, e.entry.person, e.entry.at) for e in events] == [
            (EventKind.JOINED, "bob", 2_000),
            (EventKind.JOINED, "eve", 3_000),
            (EventKind.LEFT, "bob", 4_000),
            (EventKind.JOINED, "bob", 5_000),
            (EventKind.ENDED, "ada", 6_000),
        ]
        roles = [json.loads(e.entry.payload) for e in events if e.entry.kind is EventKind.JOINED]
        assert roles == [{"role": "candidate"}, {"role": "observer"}, {"role": "candidate"}]

    async def test_what_those_who_lead_do_is_in_the_timeline_with_who_did_it(self, stores: Stores) -> None:
        bob, eve = await stores.account("bob"), await stores.account("eve")
        session = await stores.session(
            capacity=3, lobby=True, started_at=None, members=(replace(member(eve), role=Role.INTERVIEWER),)
        )

        def with_bob(at: int, **changes: Any) -> Change:
            return lambda s: replace(
                s,
                updated_at=at,
                members=tuple(replace(m, **changes) if m.person == bob.id else m for m in s.members),
            )

        def handed_over(s: Session) -> Session:
            [heir] = [m for m in s.members if m.person == eve.id]
            others = tuple(m for m in s.members if m is not heir)
            host = replace(heir, role=Role.HOST)
            return replace(s, host=host, members=(replace(s.host, role=Role.INTERVIEWER), *others), updated_at=7_000)

        ada = session.host.person
        for change in (
            joined(bob, at=2_000),
            with_bob(3_000, waiting=False),
            with_bob(4_000, role=Role.OBSERVER, waiting=True),
            lambda s: replace(s, started_at=5_000),
            lambda s: replace(s, settings=SETTINGS, lobby=False, capacity=4, updated_at=6_000),
            handed_over,
            with_bob(8_000, left_at=8_000, removed=True),
        ):
            await stores.sessions.change(session.id, change, by=ada)
        events = [e.entry for e in await stores.timeline.read(session.id)]
        by = {"by": "ada"}
        assert [(e.kind, e.person, e.at, json.loads(e.payload) if e.payload else None) for e in events] == [
            (EventKind.JOINED, "bob", 2_000, {"role": "candidate", "waiting": True}),
            (EventKind.ADMITTED, "bob", 3_000, by),
            (EventKind.ROLE, "bob", 4_000, {"role": "observer", **by}),
            (EventKind.SENT_BACK, "bob", 4_000, by),
            (EventKind.STARTED, "ada", 5_000, None),
            (
                EventKind.SETTINGS,
                "ada",
                6_000,
                {
                    "locked": True,
                    "timer": {"endsAt": None, "remainingMs": 90_000},
                    "quietUntil": 2**45,
                    "aiPolicy": "ask",
                    "aiNote": "“ü”",
                    "replayFor": "everyone",
                    "lobby": False,
                    "capacity": 4,
                },
            ),
            (EventKind.HOST, "eve", 7_000, {"from": "ada"}),
            (EventKind.LEFT, "bob", 8_000, by),
        ]

    async def test_of_two_handovers_at_once_the_second_sees_the_first(
        self, stores: Stores, another_node: AnotherNode
    ) -> None:
        heirs = [await stores.account(name) for name in ("bob", "eve")]
        session = await stores.session(capacity=4, members=tuple(member(h, Role.INTERVIEWER) for h in heirs))
        nodes, first_host = (stores, await another_node()), session.host.person

        def to(heir: Person) -> Change:
            def change(s: Session) -> Session:
                if s.host.person != first_host:
                    raise SessionFull
                [new] = [m for m in s.members if m.person == heir.id]
                others = tuple(m for m in s.members if m is not new)
                return replace(s, host=new, members=(replace(s.host, role=Role.INTERVIEWER), *others))

            return change

        attempts = [nodes[n].sessions.change(session.id, to(heirs[n])) for n in range(2)]
        results = await outcomes(attempts)
        assert sorted(type(result).__name__ for result in results) == ["Session", "SessionFull"]
        assert [e.entry.kind for e in await stores.timeline.read(session.id)] == [EventKind.HOST]

    async def test_same_object_writes_nothing(self, stores: Stores) -> None:
        session, bob = await stores.session(), await stores.account("bob")
        first = await stores.sessions.change(session.id, joined(bob))
        again = await stores.sessions.change(session.id, joined(bob, at=7_000), newcomer=guest("gus"))
        assert again == first
        assert await stores.people.person(guest("gus").id) is None
        assert len(await stores.timeline.read(session.id)) == 1

    @pytest.mark.parametrize("error", [SessionFull(), ValueError("a bug")])
    async def test_what_change_raises_passes_through_and_leaves_nothing(self, stores: Stores, error: Exception) -> None:
        session, bob = await stores.session(), await stores.account("bob")

        def change(before: Session) -> Session:
            before.joined_by(member(bob), OBSERVERS)
            raise error

        with pytest.raises(type(error)) as raised:
            await stores.sessions.change(session.id, change, newcomer=guest("gus"))
        assert raised.value is error
        assert await stores.sessions.get(session.id) == session
        assert await stores.people.person(guest("gus").id) is None
        assert await stores.timeline.read(session.id) == []

    async def test_newcomer_is_stored_with_their_seat(self, stores: Stores) -> None:
        session, gus = await stores.session(), guest("gus")
        changed = await stores.sessions.change(session.id, joined(gus), newcomer=gus)
        assert [m.name for m in changed.members] == ["Gus"]
        assert await stores.people.person(gus.id) == gus

    async def test_member_who_cannot_be_stored_leaves_nothing(self, stores: Stores) -> None:
        """The session row and the timeline are written before the database notices that nobody is called so."""
        session = await stores.session()
        with pytest.raises(Exception, match=r"(?i)foreign key"):
            await stores.sessions.change(session.id, joined(guest("nobody")))
        assert await stores.sessions.get(session.id) == session
        assert await stores.timeline.read(session.id) == []

    async def test_one_of_many_gets_the_last_seat(self, stores: Stores, another_node: AnotherNode) -> None:
        session, nodes = await stores.session(), (stores, await another_node())
        guests = [guest(f"guest{n}") for n in range(50)]
        for one in guests:
            await stores.people.add_guest(one)

        results = await outcomes([nodes[n % 2].sessions.change(session.id, joined(guests[n])) for n in range(50)])
        assert sum(isinstance(result, Session) for result in results) == 1
        assert sum(isinstance(result, SessionFull) for result in results) == 49
        stored = await stores.sessions.get(session.id)
        assert stored
        assert len(stored.members) == 1
        assert len(await stores.timeline.read(session.id)) == 1

    async def test_joins_and_the_end_at_once_agree_on_one_order(
        self, stores: Stores, another_node: AnotherNode
    ) -> None:
        """Nobody joins after the end, and the timeline says the same as the session."""
        session, nodes = await stores.session(capacity=60), (stores, await another_node())
        guests = [guest(f"guest{n}") for n in range(30)]
        attempts = [nodes[n % 2].sessions.change(session.id, joined(guests[n]), guests[n]) for n in range(30)]
        end = nodes[1].sessions.change(session.id, lambda s: s.ended_by(s.host.person, 9_000))
        results = await outcomes([*attempts[:15], end, *attempts[15:]])
        assert all(isinstance(result, Session | SessionCompleted) for result in results)
        stored = await stores.sessions.get(session.id)
        assert stored
        kinds = [event.entry.kind for event in await stores.timeline.read(session.id)]
        assert kinds == [EventKind.JOINED] * len(stored.members) + [EventKind.ENDED]

    async def test_members_keep_the_order_of_joining(self, stores: Stores) -> None:
        session = await stores.session(capacity=5)
        people = [await stores.account(name) for name in ("zoe", "bob", "max")]
        for at, person in enumerate(people):
            await stores.sessions.change(session.id, joined(person, at=2_000 + at))
        await stores.sessions.change(session.id, lambda s: s.left_by(people[0].id, 3_000))
        await stores.sessions.change(session.id, joined(people[0], at=4_000))
        stored = await stores.sessions.get(session.id)
        assert stored
        assert [m.person for m in stored.members] == ["bob", "max", "zoe"]

    async def test_names_and_pictures_are_those_of_now(self, stores: Stores) -> None:
        ada, bob = await stores.account("ada"), await stores.account("bob")
        session = await stores.session(host=ada, members=(member(bob),))
        await stores.people.update(replace(ada, name="Countess", image="/api/images/c.webp"))
        await stores.people.update(replace(bob, name="Robert"))
        stored = await stores.sessions.get(session.id)
        assert stored
        assert (stored.host.name, stored.host.image) == ("Countess", "/api/images/c.webp")
        assert stored.members[0].name == "Robert"

    async def test_list_shows_active_open_sessions_newest_first(self, stores: Stores) -> None:
        ada, bob = await stores.account("ada"), await stores.account("bob")
        sessions: list[dict[str, Any]] = [
            {"members": (member(bob), member(await stores.account("eve"), Role.OBSERVER))},
            {"visibility": Visibility.PRIVATE},
            {"status": Status.COMPLETED, "ended_at": 9_000},
            {},
        ]
        for n, given in enumerate(sessions):
            await stores.session(f"s{n}", host=ada, created_at=1_000 + n, **given)
        page = await stores.sessions.open_active(None, 10)
        assert [s.id for s in page.sessions] == ["s3", "s0"]
        assert page.sessions[1] == await stores.sessions.get(SessionId("s0"))
        assert page.cursor is None

    async def test_pages_show_every_session_once_even_at_equal_times(self, stores: Stores) -> None:
        ada = await stores.account("ada")
        added = [await stores.session(f"s{n:03}", host=ada, created_at=1_000 + n // 100) for n in range(300)]
        expected = [s.id for s in sorted(added, key=lambda s: (s.created_at, s.id), reverse=True)]
        for mine in (False, True):
            found: list[str] = []
            cursor: str | None = None
            for size in [7, 100, 93, 100]:
                if mine:
                    page = await stores.sessions.of_person(ada.id, active=True, cursor=cursor, limit=size)
                else:
                    page = await stores.sessions.open_active(cursor, size)
                assert len(page.sessions) == size
                found += [s.id for s in page.sessions]
                cursor = page.cursor
            assert cursor is None
            assert found == expected

    async def test_page_after_a_session_that_is_gone_from_the_list(self, stores: Stores) -> None:
        ada = await stores.account("ada")
        for n in range(4):
            await stores.session(f"s{n}", host=ada, created_at=1_000)
        first = await stores.sessions.open_active(None, 2)
        await stores.sessions.change(SessionId("s2"), lambda s: s.ended_by(ada.id, 9_000))
        second = await stores.sessions.open_active(first.cursor, 2)
        assert [s.id for s in first.sessions + second.sessions] == ["s3", "s2", "s1", "s0"]

    @pytest.mark.parametrize(
        "cursor",
        ["", "x", "!!!!", "ä", "\0", "A" * 10_000]
        + [
            urlsafe_b64encode(text).decode()
            for text in (b"", b"12", b"x y", b"-1 s", b"%d s" % 2**70, b"12 \0", b"\xff")
        ],
    )
    async def test_cursor_that_is_not_ours_is_refused(self, stores: Stores, cursor: str) -> None:
        ada = await stores.account("ada")
        for page in (
            stores.sessions.open_active(cursor, 5),
            stores.sessions.of_person(ada.id, active=True, cursor=cursor, limit=5),
        ):
            with pytest.raises(Refusal) as refused:
                await page
            assert (refused.value.kind, refused.value.code) == (Kind.UNPROCESSABLE, "bad_cursor")

    async def test_persons_sessions_are_those_they_host_or_took_part_in(self, stores: Stores) -> None:
        ada, bob, eve = [await stores.account(name) for name in ("ada", "bob", "eve")]
        gone = replace(member(bob), left_at=3_000)
        done = {"status": Status.COMPLETED, "ended_at": 9_000}
        sessions: list[tuple[Person, tuple[Member, ...], dict[str, Any]]] = [
            (bob, (), {}),
            (ada, (member(bob),), {"visibility": Visibility.PRIVATE}),
            (ada, (gone,), {}),
            (ada, (member(eve),), {}),
            (bob, (member(eve),), done),
            (ada, (gone,), done),
            (ada, (member(eve),), done),
        ]
        for n, (host, members, given) in enumerate(sessions):
            await stores.session(f"s{n}", host=host, members=members, created_at=1_000 + n, **given)

        async def ids(*, active: bool) -> list[str]:
            page = await stores.sessions.of_person(bob.id, active=active, cursor=None, limit=10)
            return [s.id for s in page.sessions]

        assert await ids(active=True) == ["s1", "s0"]  # who left an active one has no access before its end
        assert await ids(active=False) == ["s5", "s4"]

    async def test_invite_comes_back_until_the_sessions_are_revoked(self, stores: Stores) -> None:
        ada = await stores.account("ada")
        one, other = await stores.session("one", host=ada), await stores.session("other", host=ada)
        mine = Invite("digest", one.id, Role.INTERVIEWER, ada.id, 1_000, 2_000)
        theirs = replace(mine, digest="theirs", session=other.id)
        second = replace(mine, digest="second", created_at=1_001)
        for invite in (mine, second, theirs):
            await stores.sessions.add_invite(invite)
        assert await stores.sessions.invites(one.id, 10) == [second, mine]
        assert await stores.sessions.invites(one.id, 1) == [second]
        assert await stores.sessions.invite("digest") == mine
        assert await stores.sessions.invite("unknown") is None
        assert await stores.sessions.revoke_invites(one.id, "theirs") == 0
        assert await stores.sessions.revoke_invites(one.id, "second") == 1
        assert await stores.sessions.invite("digest") == mine
        assert await stores.sessions.invites(one.id, 10) == [mine]
        assert await stores.sessions.revoke_invites(one.id) == 1
        assert await stores.sessions.invites(one.id, 10) == []
        revoked = await stores.sessions.invite("digest")
        assert revoked is None or revoked.revoked
        assert await stores.sessions.invite("theirs") == theirs
        assert await stores.sessions.revoke_invites(one.id) == 0

    async def test_unknown_host_is_not_taken(self, stores: Stores) -> None:
        with pytest.raises(Exception, match=r"(?i)foreign key"):
            await stores.session(host=account("nobody"))
        assert await stores.sessions.get(SessionId("session")) is None
