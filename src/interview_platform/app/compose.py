"""Puts the product together. Which adapter stands behind which port is known here and beside it alone: `stores.py`
(data), `runners.py` (running code), `sign_in.py`, `livekit.py`, `stream.py`.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.types import ASGIApp

from interview_platform.accounts import editor_settings
from interview_platform.accounts import routes as accounts_routes
from interview_platform.accounts.external import ExternalAccounts
from interview_platform.accounts.identity import Identity
from interview_platform.accounts.images import Images
from interview_platform.accounts.passwords import Passwords
from interview_platform.accounts.service import AccountService
from interview_platform.accounts.tickets import Tickets
from interview_platform.activity.service import ActivityService
from interview_platform.app import housekeeping, people_events
from interview_platform.app.livekit import livekit_of
from interview_platform.app.runners import OwnedRunner, piston_service_of, runner_of
from interview_platform.app.settings import BadSettings, Settings
from interview_platform.app.sign_in import SignIn, routers, sign_in_of
from interview_platform.app.stores import Stores, open_stores
from interview_platform.app.stream import Stream, stream_of
from interview_platform.call import check as call_check
from interview_platform.call import routes as call_routes
from interview_platform.call.check_socket import CheckSocket
from interview_platform.call.ports import CallProvider
from interview_platform.call.recording import Recordings
from interview_platform.call.turn import MeshCalls, Turn
from interview_platform.chat import routes as chat_routes
from interview_platform.chat.attachments import Attachments
from interview_platform.chat.changes import MessageChanges
from interview_platform.chat.service import ChatService
from interview_platform.events.service import EventService
from interview_platform.execution import routes as execution_routes
from interview_platform.execution.languages.all import known_languages
from interview_platform.execution.piston_api import routes as piston_routes
from interview_platform.execution.piston_api.socket import PistonSocket
from interview_platform.execution.service import RunService
from interview_platform.insights import routes as insights_routes
from interview_platform.kit.bus import LocalBus
from interview_platform.kit.errors import CannotOpen
from interview_platform.problems import routes as problems_routes
from interview_platform.problems.embedded import load_bank
from interview_platform.problems.loader import BadPackage
from interview_platform.problems.ports import ProblemBank
from interview_platform.providers.inngest import Inngest
from interview_platform.providers.turn.server import TurnServer
from interview_platform.replay import routes as replay_routes
from interview_platform.replay.service import ReplayService
from interview_platform.room import pad_routes
from interview_platform.room import routes as room_routes
from interview_platform.room.guide import Guides
from interview_platform.room.pads import Pads
from interview_platform.room.service import RoomService
from interview_platform.room.starters import Starters
from interview_platform.sessions import routes as sessions_routes
from interview_platform.sessions import staffing_routes
from interview_platform.sessions.invites import InviteService
from interview_platform.sessions.service import SessionService
from interview_platform.sessions.staffing import StaffingService


class CannotStart(Exception):
    """The message says what is wrong and what to do, for the person at the terminal."""


@dataclass(frozen=True)
class Platform:
    """The composed product of one process. `close` ends what `compose` began."""

    settings: Settings
    stores: Stores
    bank: ProblemBank
    runner: OwnedRunner
    routers: tuple[APIRouter, ...]
    sockets: ASGIApp
    passwords: Passwords
    images: Images
    rooms: RoomService
    runs: RunService
    events: EventService
    sign_in: SignIn
    checks: Mapping[str, Callable[[], Awaitable[str | None]]]
    """The services outside that parts stand on, by name: None when it answers, else a sentence for the operator."""
    inngest: Inngest | None
    stream: Stream | None

    async def start(self, *, beside: bool = False) -> None:
        """`beside`: another process serves; what it is working on is not touched."""
        await self.runner.start()
        if not beside:
            await self.runs.recover()
            await self.events.start()

    async def close(self) -> None:
        # Rooms first: they write down what people typed, and need everything below them for it.
        await self.rooms.close()
        await self.runs.close()
        await self.runner.close()
        await self.events.close()
        await self.sign_in.close()
        if self.inngest is not None:
            await self.inngest.close()
        if self.stream is not None:
            await self.stream.sync.close()
        self.passwords.close()
        self.images.close()
        await self.stores.close()


async def compose(settings: Settings, *, beside: bool = False) -> Platform:
    """`beside`: to look at things while another process serves. Raises CannotStart."""
    try:
        bank = load_bank(settings.problems_path)
        runner = runner_of(settings)
        stores = await open_stores(settings)
    except (CannotOpen, BadPackage) as error:
        raise CannotStart(str(error)) from error
    try:
        platform = _composed(settings, bank, runner, stores)
    except BaseException as error:
        await stores.close()
        if isinstance(error, BadSettings):
            raise CannotStart(f"These settings are not right:\n{error}") from error
        raise
    try:
        await platform.start(beside=beside)
    except BaseException:
        await platform.close()
        raise
    return platform


def _composed(settings: Settings, bank: ProblemBank, runner: OwnedRunner, stores: Stores) -> Platform:
    bus = LocalBus()
    tickets = Tickets()
    passwords, images = Passwords(), Images()
    inngest = _inngest(settings)
    events = EventService(stores.events, relay=inngest)
    accounts = AccountService(stores.people, passwords, images, tickets, embedded=settings.embedded_sign_in == "on")
    external = ExternalAccounts(stores.people, accounts)
    sign_in = sign_in_of(settings, external, events)
    identity = Identity(stores.people, tickets, client_url=settings.client_url, verifiers=sign_in.verifiers)
    sessions = SessionService(stores.sessions, bank, accounts, bus, events)
    invites = InviteService(stores.sessions, sessions, accounts)
    chat = ChatService(stores.chat, sessions, bus)
    housekeeping.install(events, stores.people)
    livekit = livekit_of(settings, events, stores)
    recordings = Recordings(livekit.recorder if livekit else None, sessions, stores.timeline, bus)
    people_events.install(accounts, events)
    stream = stream_of(settings, events, stores)
    calls: CallProvider = livekit.calls if livekit else _mesh(settings)
    runs = RunService(runner, stores.runs, bank, sessions, bus, timeline=stores.timeline, slots=settings.runner_slots)
    piston = piston_service_of(settings, runner, identity)
    starters = Starters(bank, known_languages)
    rooms = RoomService(
        identity,
        sessions,
        stores.timeline,
        bus,
        starters=starters,
        messages=chat.newest,
        runs=runs.reading.recent,
        typed=runs.hands.typed,
        activity=ActivityService(stores.timeline, bus),
        client_url=settings.client_url,
    )
    return Platform(
        settings=settings,
        stores=stores,
        bank=bank,
        runner=runner,
        routers=(
            # FastAPI asks them in this order: what is asked most often comes first.
            sessions_routes.router(sessions, invites, identity, settings.client_url),
            staffing_routes.router(StaffingService(sessions, rooms.seats.away), identity),
            accounts_routes.router(accounts, identity),
            editor_settings.router(stores.people, identity),
            problems_routes.router(bank),
            execution_routes.router(runs, identity),
            chat_routes.router(
                chat,
                MessageChanges(stores.chat, sessions, bus),
                Attachments(stores.chat, sessions, images),
                tickets,
                identity,
                provider=stream.tokens if stream else None,
            ),
            call_routes.router(stream.calls(calls) if stream else calls, recordings, sessions, identity),
            call_check.router(call_check.ConnectionCheck.of(_mesh(settings), invites), identity),
            insights_routes.router(stores.insights, identity),
            room_routes.router(rooms.records, rooms.notes, Guides(bank, stores.timeline), sessions, identity),
            replay_routes.router(
                ReplayService(sessions, stores.timeline, stores.chat, stores.runs, rooms.records.of),
                identity,
                settings.web_path,
            ),
            pad_routes.router(Pads(rooms.rooms, stores.timeline, bank, starters), rooms.records, sessions, identity),
            piston_routes.router(piston),
            *routers(sign_in, settings, external, accounts, identity),
            *([livekit.webhook(recordings, stores)] if livekit else []),
            *([inngest.router(events.functions)] if inngest else []),  # last: every function is known by now
        ),
        sockets=PistonSocket(CheckSocket(rooms.sockets, settings.client_url), piston),
        passwords=passwords,
        images=images,
        rooms=rooms,
        runs=runs,
        events=events,
        sign_in=sign_in,
        checks={
            **sign_in.checks,
            **_relay_check(settings),
            **({"LiveKit": livekit.server.check} if livekit else {}),
            **({"Stream": stream.sync.check} if stream else {}),
            **({"Inngest": inngest.check} if inngest else {}),
        },
        inngest=inngest,
        stream=stream,
    )


def _inngest(settings: Settings) -> Inngest | None:
    if settings.inngest_event_key is None or settings.inngest_signing_key is None:
        return None
    return Inngest(
        settings.inngest_event_key.get_secret_value(),
        settings.inngest_signing_key.get_secret_value(),
        base_url=settings.inngest_base_url,
        public_url=settings.client_url,
    )


def _relay_check(settings: Settings) -> dict[str, Callable[[], Awaitable[str | None]]]:
    turn = turn_of(settings)
    return {} if turn is None else {"Relay (TURN)": TurnServer(turn).check}


def _mesh(settings: Settings) -> MeshCalls:
    return MeshCalls(settings.ice_urls, turn_of(settings))


def turn_of(settings: Settings) -> Turn | None:
    """The relay that TURN_URL and TURN_SECRET name."""
    if settings.turn_url is None or settings.turn_secret is None:
        return None
    urls = tuple(url.strip() for url in settings.turn_url.split(",") if url.strip())
    return Turn(urls, settings.turn_secret.get_secret_value())
