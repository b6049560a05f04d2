"""What the browser is told of the parts in force: one build of the web app serves all of them."""

from typing import Literal

from interview_platform import __version__
from interview_platform.accounts.images import UPLOAD_MAX
from interview_platform.accounts.model import NAME_MAX, PASSWORD_MIN
from interview_platform.app.settings import Settings
from interview_platform.app.sign_in import oidc_name
from interview_platform.chat.model import ATTACHMENT_MAX_BYTES, ATTACHMENTS_MAX, TEXT_MAX
from interview_platform.execution.cases import OWN_LENGTH_MAX, OWN_MAX
from interview_platform.execution.service import SOURCE_MAX
from interview_platform.kit.views import View
from interview_platform.sessions.service import CAPACITY_MAX


class LimitsView(View):
    """What the forms of the browser need to know. Bytes, characters, seats."""

    capacity_max: int = CAPACITY_MAX
    chat_text_max: int = TEXT_MAX
    attachment_max: int = ATTACHMENT_MAX_BYTES
    attachments_max: int = ATTACHMENTS_MAX
    source_max: int = SOURCE_MAX
    own_cases_max: int = OWN_MAX
    own_case_text_max: int = OWN_LENGTH_MAX
    """Of its input, and of what is expected."""
    image_max: int = UPLOAD_MAX
    name_max: int = NAME_MAX
    password_min: int = PASSWORD_MIN


class ClerkView(View):
    publishable_key: str


class OidcView(View):
    name: str


class SignInView(View):
    """The ways to sign in; several may be in force at once."""

    embedded: bool
    clerk: ClerkView | None = None
    oidc: OidcView | None = None


class ConfigView(View):
    version: str
    sign_in: SignInView
    call: Literal["mesh", "livekit", "stream"]
    recording: bool
    """Whether a host may record the call."""
    chat: Literal["embedded", "stream"]
    limits: LimitsView = LimitsView()


def config_of(settings: Settings) -> ConfigView:
    return ConfigView(
        version=__version__,
        sign_in=_sign_in(settings),
        call="livekit" if settings.livekit_url else "stream" if settings.stream_api_key else "mesh",
        recording=settings.livekit_egress_path is not None,
        chat="stream" if settings.stream_api_key else "embedded",
    )


def _sign_in(settings: Settings) -> SignInView:
    clerk, oidc = settings.clerk_publishable_key, oidc_name(settings)
    return SignInView(
        embedded=settings.embedded_sign_in == "on",
        clerk=ClerkView(publishable_key=clerk) if clerk else None,
        oidc=OidcView(name=oidc) if oidc else None,
    )
