"""The content security policy: everything is ours and same-origin, plus the addresses of the providers in force."""

from collections.abc import Iterable

from interview_platform.app.livekit import livekit_keys
from interview_platform.app.settings import Settings
from interview_platform.app.sign_in import page_extras
from interview_platform.app.stream import browser_sources as stream_sources

Source = tuple[str, str]
"""A directive, and one more place that it allows."""

# Monaco writes style attributes and elements. No inline script, no eval.
_OURS = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "media-src": "'self' blob:",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}


def content_security_policy(more: Iterable[Source] = ()) -> str:
    directives = dict(_OURS)
    for directive, place in more:
        directives[directive] = f"{directives[directive]} {place}" if directive in directives else place
    return "; ".join(f"{name} {places}" for name, places in directives.items())


def policy_of(settings: Settings) -> str:
    return content_security_policy([*_sign_in(settings), *_livekit(settings), *stream_sources(settings)])


def _sign_in(settings: Settings) -> list[Source]:
    return [(directive, place) for directive, places in page_extras(settings).items() for place in places]


def _livekit(settings: Settings) -> list[Source]:
    keys = livekit_keys(settings)
    return [("connect-src", source) for source in keys.browser_sources] if keys else []
