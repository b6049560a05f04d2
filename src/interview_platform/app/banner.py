"""What `serve` prints when it is ready, and `doctor` when it has looked: which adapter each part runs on."""

import ipaddress
import os
from dataclasses import dataclass

from interview_platform import __version__
from interview_platform.app.compose import Platform
from interview_platform.app.settings import Settings, ignored_keys
from interview_platform.app.sign_in import words_of
from interview_platform.events.model import Counts


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    adapter: str
    healthy: bool = True
    note: str = ""


def parts(platform: Platform, events: Counts | None = None) -> list[Part]:
    settings = platform.settings
    unavailable = platform.runner.unavailable()
    languages = ", ".join(language.name for language in platform.runner.languages())
    return [
        Part("Data", platform.stores.name),
        Part("Sign-in", words_of(settings)),
        _video(settings),
        _chat(settings),
        Part(
            "Running code",
            platform.runner.name if unavailable is None else f"{platform.runner.name}: switched off",
            healthy=unavailable is None,
            note=languages if unavailable is None else unavailable,
        ),
        _events(platform, events),
        Part("Problems", f"{len(platform.bank.all())} in {settings.problems_path}"),
        Part(
            "Web app",
            str(settings.web_path),
            healthy=(settings.web_path / "index.html").exists(),
            note="" if (settings.web_path / "index.html").exists() else "not built: run `make run`",
        ),
    ]


def _video(settings: Settings) -> Part:
    turn = settings.turn_url or "no TURN server: behind strict firewalls a call may not connect (TURN_URL, TURN_SECRET)"
    mesh = "browser to browser (WebRTC), up to 4 people"
    if settings.livekit_url:
        return Part("Video", f"LiveKit, {settings.livekit_url}")
    if settings.stream_api_key:
        return Part("Video", f"Stream where the build has its plug-in (STREAM_PLUGIN), else {mesh}", note=turn)
    return Part("Video", mesh, note=turn)


def _chat(settings: Settings) -> Part:
    own = "own, stored with the session"
    return Part("Chat", f"Stream where the build has its plug-in, else {own}" if settings.stream_api_key else own)


def _events(platform: Platform, counts: Counts | None) -> Part:
    adapter = platform.inngest.name if platform.inngest else "in-process"
    if counts is None:
        return Part("Events", adapter)
    note = "look at the dead ones: interview-platform events" if counts.dead else ""
    return Part("Events", f"{adapter}, {counts.waiting} waiting, {counts.dead} dead", not counts.dead, note)


def _lines(platform: Platform) -> list[str]:
    lines = []
    for part in parts(platform):
        lines.append(f"  {part.name:<14}{part.adapter}")
        if part.note:
            lines.append(f"  {'':<14}{part.note}")
    ignored = ignored_keys(dict(os.environ))
    if ignored:
        lines.append(f"  {'Ignored':<14}{', '.join(ignored)}: this version has no adapter for them yet")
    return lines


def banner(platform: Platform, port: int) -> str:
    settings = platform.settings
    shown = "localhost" if _is_any(settings.host) or settings.host == "127.0.0.1" else settings.host
    address = settings.client_url or f"http://{f'[{shown}]' if ':' in shown else shown}:{port}"
    lines = [f"Interview Platform {__version__} is ready: {address}", *_lines(platform)]
    if not _is_any(settings.host) and settings.client_url is None:
        lines.append(
            f"  {'Reach':<14}this machine only. For others: HOST=0.0.0.0 behind HTTPS (browsers give camera and\n"
            f"  {'':<14}microphone only to https and localhost); see docs/deploying.md"
        )
    return "\n".join(lines)


def _is_any(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False
