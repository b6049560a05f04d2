"""`interview-platform serve | doctor | languages | problems | import | events`."""

import argparse
import asyncio
import errno
import os
import socket
import sys
from collections.abc import Sequence

import uvicorn

from interview_platform.app.banner import banner
from interview_platform.app.compose import CannotStart, compose
from interview_platform.app.doctor import doctor_report
from interview_platform.app.events_command import add_events_command, run_events_command
from interview_platform.app.http import BoundedHttp
from interview_platform.app.importing import import_original
from interview_platform.app.languages_command import add_languages_command, run_languages_command
from interview_platform.app.logs import configure_logging
from interview_platform.app.problems_command import add_problems_command, run_problems_command
from interview_platform.app.server import Application
from interview_platform.app.settings import BadSettings, Settings, load_settings
from interview_platform.room.direct import DirectWebSocket

# A frame of the document socket may carry a pasted file; the room's own limit answers, with a close code, before this.
WS_FRAME_MAX = 4 * 1024 * 1024
# A half-open connection (laptop closed, network gone) is noticed within a minute.
WS_PING_SECONDS = 20.0


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="interview-platform", description="Technical interviews in the browser.")
    commands = parser.add_subparsers(dest="command", required=True)
    serve_parser = commands.add_parser("serve", help="serve the product on HOST:PORT")
    serve_parser.add_argument("--reload", action="store_true", help="restart when the source changes (development)")
    commands.add_parser("doctor", help="say which adapter each part uses and whether it works")
    importing = commands.add_parser("import", help="take over the people and sessions of the original app's MongoDB")
    importing.add_argument("url", help="mongodb://…/database of the original, or - to read it from standard input")
    add_languages_command(commands)
    add_events_command(commands)
    add_problems_command(commands)
    chosen = parser.parse_args(arguments)
    try:
        settings = load_settings()
        configure_logging(settings)
        if chosen.command == "doctor":
            sys.exit(asyncio.run(_doctor(settings)))
        if chosen.command == "languages":
            sys.exit(run_languages_command(settings, chosen))
        if chosen.command == "import":
            url = sys.stdin.readline().strip() if chosen.url == "-" else chosen.url
            print(asyncio.run(import_original(settings, url)))  # noqa: T201
            return
        if chosen.command == "events":
            sys.exit(asyncio.run(run_events_command(settings, chosen)))
        if chosen.command == "problems":
            sys.exit(asyncio.run(run_problems_command(settings, chosen)))
        _serve(settings, reload=chosen.reload)
    except BadSettings as error:
        sys.exit(f"These settings are not right:\n{error}")
    except CannotStart as error:
        sys.exit(str(error))


def _serve(settings: Settings, *, reload: bool) -> None:
    if reload:
        uvicorn.run(
            "interview_platform.app.server:from_environment",
            factory=True,
            reload=True,
            reload_dirs=["src"],
            host=settings.host,
            port=settings.port,
            ws="websockets-sansio",
            ws_per_message_deflate=False,
            log_level="warning",
        )
        return
    listener = _listen(settings)
    port = listener.getsockname()[1]
    application = Application(settings, on_ready=lambda platform: print(banner(platform, port), flush=True))  # noqa: T201
    try:
        uvicorn.Server(uvicorn_config(application, settings)).run(sockets=[listener])
    except SystemExit:  # what uvicorn raises when the start-up failed; our words are better
        if application.failure is None:
            raise
    if application.failure is not None:
        raise application.failure


def uvicorn_config(application: Application, settings: Settings) -> uvicorn.Config:
    """How we run uvicorn; docs/room.md has the measured reasons for the WebSocket implementation."""
    return uvicorn.Config(
        application,
        loop="uvloop",
        http=BoundedHttp,
        ws=DirectWebSocket,
        ws_per_message_deflate=False,
        ws_max_size=WS_FRAME_MAX,
        ws_ping_interval=WS_PING_SECONDS,
        ws_ping_timeout=WS_PING_SECONDS,
        lifespan="on",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips=settings.trusted_proxies,
        timeout_graceful_shutdown=10,
    )


def _listen(settings: Settings) -> socket.socket:
    """The socket to serve on. Raises CannotStart with what to do about it."""
    host, port = settings.host, settings.port
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(2048)
    except socket.gaierror:
        raise CannotStart(f"HOST={host} is not an address of this machine.") from None
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            hint = f"Port {port} is taken by another program. Stop that one, or choose another port: PORT={port + 1}"
        elif error.errno == errno.EACCES:
            hint = f"This user may not serve on port {port}. Choose one above 1023, e.g. PORT=3000"
        else:
            hint = f"Cannot serve on {host}:{port}: {os.strerror(error.errno or 0)}."
        raise CannotStart(hint) from None
    listener.setblocking(False)
    return listener


async def _doctor(settings: Settings) -> int:
    platform = await compose(settings, beside=True)
    try:
        report, healthy = await doctor_report(platform)
    finally:
        await platform.close()
    print(report)  # noqa: T201
    return 0 if healthy else 1
