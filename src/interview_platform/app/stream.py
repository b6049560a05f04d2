"""Puts Stream together, when its keys are set."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from interview_platform.app.settings import Settings
from interview_platform.app.stores import Stores
from interview_platform.call.ports import CallProvider
from interview_platform.events.service import EventService
from interview_platform.providers.stream.calls import StreamCalls
from interview_platform.providers.stream.client import StreamClient
from interview_platform.providers.stream.sync import StreamSync
from interview_platform.providers.stream.tokens import Tokens

# Where Stream's own browser packages go: API, media servers, files of the chat.
_HOSTS = ("*.stream-io-api.com", "*.stream-io-video.com", "*.getstream.io")
_FILES = "https://*.stream-io-cdn.com"


@dataclass(frozen=True)
class Stream:
    tokens: Tokens
    sync: StreamSync
    video: bool

    def calls(self, inner: CallProvider) -> CallProvider:
        return StreamCalls(inner, self.sync, self.tokens, video=self.video)


def stream_of(settings: Settings, events: EventService, stores: Stores) -> Stream | None:
    """Chat and, unless LiveKit is set too, video. None: not set. Its functions are added to `events`."""
    key, secret = settings.stream_api_key, settings.stream_api_secret_key
    if key is None or secret is None:
        return None
    video = settings.livekit_url is None
    tokens = Tokens(key, secret.get_secret_value())
    client = StreamClient(tokens, settings.stream_base_url)
    sync = StreamSync(client, stores.sessions, stores.people, origin=settings.client_url, video=video)
    sync.listen(events)
    return Stream(tokens, sync, video)


def browser_sources(settings: Settings) -> list[tuple[str, str]]:
    """For the content security policy: directive and place."""
    if settings.stream_api_key is None:
        return []
    places = [f"{scheme}://{host}" for host in _HOSTS for scheme in ("https", "wss")]
    if settings.stream_base_url is not None:
        own = urlsplit(settings.stream_base_url)
        places += [f"{own.scheme}://{own.netloc}", f"{'ws' if own.scheme == 'http' else 'wss'}://{own.netloc}"]
    return [*(("connect-src", place) for place in places), ("img-src", _FILES), ("media-src", _FILES)]
