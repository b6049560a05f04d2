"""Every setting, from the environment or `.env`. Each limit says why. docs/configuration.md lists them all."""

import re
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from interview_platform.execution.piston_api.limits import PistonLimits

# Providers whose keys later versions take. Named here so that a key that does nothing yet is not ignored in silence.
_NOT_YET = ("REDIS_URL",)

# Keys that make sense only together: (provider, all of these, and of these any).
_GROUPS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("TURN", ("turn_url", "turn_secret"), ()),
    ("Clerk", ("clerk_publishable_key", "clerk_secret_key"), ("clerk_jwt_key", "clerk_webhook_signing_secret")),
    ("OIDC", ("oidc_issuer", "oidc_client_id", "oidc_client_secret"), ("oidc_name",)),
    ("Stream", ("stream_api_key", "stream_api_secret_key"), ("stream_base_url",)),
    ("LiveKit", ("livekit_url", "livekit_api_key", "livekit_api_secret"), ("livekit_egress_path",)),
    ("Piston", ("piston_url",), ("piston_api_key",)),
    ("Inngest", ("inngest_event_key", "inngest_signing_key"), ("inngest_base_url",)),
)
_PISTON = PistonLimits()
_SIGNING_KEY = re.compile(r"(signkey-\w+-)?([0-9a-fA-F]{2})+")
_HOST = re.compile(r"[\w.-]+(:\d+)?|\[[\da-fA-F:.]+\](:\d+)?", re.ASCII)
_ADDRESS = re.compile(r"https?://[\w.-]+(:\d+)?/?", re.ASCII)
_DATABASES = ("postgresql://", "postgres://", "mongodb://", "mongodb+srv://")


class BadSettings(Exception):
    """The message is one line per mistake, for the person at the terminal."""


class Settings(BaseSettings):
    """Field names are the environment's names in lower case."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True)

    port: int = Field(default=3000, ge=0, le=65535)
    host: str = "127.0.0.1"
    data_dir: Path = Path("data")
    client_url: str | None = None
    """Public address of this server, e.g. https://interviews.example.org, when a proxy hides it from us. It is put in
    invite links and is the one foreign Origin that is let in."""
    node_env: Literal["development", "production", "test"] = "production"
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["auto", "json", "text"] = "auto"

    db_url: SecretStr | None = None
    """`postgresql://…` or `mongodb://…`; without it SQLite in DATA_DIR."""

    embedded_sign_in: Literal["on", "off"] = "on"
    """`off`: only who comes by Clerk or OIDC has an account, and guests by invite."""
    clerk_publishable_key: str | None = None
    clerk_secret_key: SecretStr | None = None
    clerk_jwt_key: SecretStr | None = None
    """Clerk's public key (PEM): tokens are checked without asking Clerk."""
    clerk_webhook_signing_secret: SecretStr | None = None
    clerk_api_url: str = "https://api.clerk.com"
    """Where the key set and the users are asked for; another one in the tests."""

    oidc_issuer: str | None = None
    """`https://…` of any OpenID provider, or `google`, or `github`."""
    oidc_client_id: str | None = None
    oidc_client_secret: SecretStr | None = None
    oidc_name: str | None = None
    """What stands on the button; without it the issuer's host."""

    stream_api_key: str | None = None
    stream_api_secret_key: SecretStr | None = None
    stream_base_url: str | None = None

    livekit_url: str | None = None
    livekit_api_key: str | None = None
    livekit_api_secret: SecretStr | None = None
    livekit_egress_path: str | None = None
    """Folder for recordings in the storage of LiveKit's egress service. Without it no call is recorded."""

    piston_url: str | None = None
    piston_api_key: SecretStr | None = None

    piston_api_run_timeout: int = Field(default=_PISTON.run_timeout, ge=1)
    """ms, of the clock and of the processor alike: the most that may be asked for by our own Piston-compatible API."""
    piston_api_compile_timeout: int = Field(default=_PISTON.compile_timeout, ge=1)
    piston_api_output_max_size: int = Field(default=_PISTON.output_max_size, ge=1, le=16_000_000)
    """Bytes of a stream."""

    inngest_event_key: SecretStr | None = None
    inngest_signing_key: SecretStr | None = None
    inngest_base_url: str | None = None
    """An Inngest of one's own; without it Inngest's cloud."""

    turn_url: str | None = None
    """`turn:host:port`, several separated by commas."""
    turn_secret: SecretStr | None = None
    stun_url: str | None = None

    problems_dir: Path | None = None
    """Another folder of problem packages than the one that comes with the product."""
    web_dir: Path | None = None
    """Another build of the web app than `web/dist`."""

    trusted_proxies: str = "127.0.0.1"
    """Whose X-Forwarded-For/-Proto we believe: addresses separated by commas, or `*`."""

    runner_slots: int | None = Field(default=None, ge=1)
    """Runs at the same time. Default: one per core, so that a run's time says something about the program."""

    runner_warm: Literal["on", "off"] = "on"
    """`off`: nothing boots or is compiled ahead of a run. Less memory is held, and the first output comes later."""

    runner_weak: Literal["refuse", "allow"] = "refuse"
    """`allow`: where this machine lets nobody make namespaces, run programs all the same, held by Landlock alone.

    It says less than no: a hole in it is a way to the server's data. So somebody has to say so.
    """

    request_body_max: int = Field(default=8_000_000, ge=1_000)
    """Bytes. A profile picture of 5 MB as a data: address is 6.7 MB; nothing else comes near."""

    @field_validator("*", mode="before")
    @classmethod
    def _empty_is_unset(cls, value: object, info: ValidationInfo) -> object:
        if value != "" or info.field_name is None:
            return value
        return cls.model_fields[info.field_name].get_default()

    @field_validator("client_url", "inngest_base_url")
    @classmethod
    def _origin(cls, value: str | None) -> str | None:
        if value is None:
            return None
        if not value.startswith(("http://", "https://")):
            raise ValueError("must start with http:// or https://")
        return value.rstrip("/")

    @field_validator("livekit_url")
    @classmethod
    def _livekit(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = urlsplit(value)
        # It is written into the content security policy, so nothing but a host may stand there.
        if parts.scheme not in ("ws", "wss", "http", "https") or not _HOST.fullmatch(parts.netloc) or parts.query:
            raise ValueError("must look like wss://livekit.example.org")
        return value

    @field_validator("stream_base_url")
    @classmethod
    def _stream(cls, value: str | None) -> str | None:
        # It is written into the content security policy: nothing but an address may stand there.
        if value is not None and not _ADDRESS.fullmatch(value):
            raise ValueError("must look like https://chat.example.org")
        return value.rstrip("/") if value else None

    @field_validator("db_url")
    @classmethod
    def _database(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None or value.get_secret_value().startswith(_DATABASES):
            return value
        raise ValueError("must be postgresql://… or mongodb://… (or mongodb+srv://…); leave it out for SQLite")

    @field_validator("inngest_signing_key")
    @classmethod
    def _inngest_key(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None or _SIGNING_KEY.fullmatch(value.get_secret_value()):
            return value
        raise ValueError("is no signing key: it is hexadecimal, mostly with signkey-prod- before it")

    @model_validator(mode="after")
    def _whole_groups(self) -> Self:
        said = []
        for provider, needed, more in _GROUPS:
            missing = [name.upper() for name in needed if getattr(self, name) is None]
            if missing and any(getattr(self, name) is not None for name in needed + more):
                said.append(f"{provider} is half set: {', '.join(missing)} is missing")
        if self.embedded_sign_in == "off" and not (self.clerk_secret_key or self.oidc_issuer):
            said.append("EMBEDDED_SIGN_IN=off leaves nobody a way to sign in: set the keys of Clerk or OIDC")
        if said:
            raise ValueError("; ".join(said))
        return self

    @property
    def problems_path(self) -> Path:
        return self.problems_dir or _checkout() / "problems"

    @property
    def web_path(self) -> Path:
        return self.web_dir or _checkout() / "web" / "dist"

    @property
    def ice_urls(self) -> tuple[str, ...]:
        return tuple(url.strip() for url in (self.stun_url or "").split(",") if url.strip())


def _checkout() -> Path:
    return Path(__file__).resolve().parents[3]


def load_settings() -> Settings:
    """Raises BadSettings that names each wrong variable and never shows a value."""
    try:
        return Settings()
    except ValidationError as error:
        lines = [_line(".".join(str(part) for part in e["loc"]), e["msg"]) for e in error.errors(include_input=False)]
        raise BadSettings("\n".join(lines)) from None


def _line(name: str, message: str) -> str:
    message = message.removeprefix("Value error, ")
    return f"{name.upper()}: {message}" if name else message


def ignored_keys(environment: dict[str, str]) -> list[str]:
    """Provider keys that are set although this version has no adapter for them."""
    return [name for name in _NOT_YET if environment.get(name)]
