"""Puts LiveKit together, when its keys are set."""

from dataclasses import dataclass

from fastapi import APIRouter

from interview_platform.app.settings import Settings
from interview_platform.app.stores import Stores
from interview_platform.call.recording import Recordings
from interview_platform.events.service import EventService
from interview_platform.providers.livekit import webhook
from interview_platform.providers.livekit.access import LiveKitCalls, LiveKitKeys
from interview_platform.providers.livekit.follow import follow
from interview_platform.providers.livekit.recorder import LiveKitRecorder
from interview_platform.providers.livekit.server import LiveKitServer


def livekit_keys(settings: Settings) -> LiveKitKeys | None:
    url, key, secret = settings.livekit_url, settings.livekit_api_key, settings.livekit_api_secret
    if url is None or key is None or secret is None:
        return None
    return LiveKitKeys(url, key, secret.get_secret_value())


@dataclass(frozen=True)
class LiveKit:
    calls: LiveKitCalls
    server: LiveKitServer
    recorder: LiveKitRecorder | None
    keys: LiveKitKeys

    def webhook(self, recordings: Recordings, stores: Stores) -> APIRouter:
        reports = webhook.Reports(self.server, recordings, stores.sessions.get, stores.people.person)
        return webhook.router(self.keys, reports)


def livekit_of(settings: Settings, events: EventService, stores: Stores) -> LiveKit | None:
    """None: not set. Its functions are added to `events`."""
    keys = livekit_keys(settings)
    if keys is None:
        return None
    server = LiveKitServer(keys)
    follow(events, server, stores.sessions.get)
    path = settings.livekit_egress_path
    return LiveKit(LiveKitCalls(keys), server, LiveKitRecorder(server, path) if path is not None else None, keys)
