"""Which sign-in providers are in force, and what they add to the product."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx
from fastapi import APIRouter

from interview_platform.accounts.external import ExternalAccounts
from interview_platform.accounts.identity import Identity
from interview_platform.accounts.ports import TokenVerifier
from interview_platform.accounts.service import AccountService
from interview_platform.app.settings import BadSettings, Settings
from interview_platform.events.service import EventService
from interview_platform.providers.asking import http_client
from interview_platform.providers.clerk import events as clerk_events
from interview_platform.providers.clerk.keys import host_of, page_sources, public_key_of, rsa_key
from interview_platform.providers.clerk.tokens import ClerkTokens, Keys, OneKey
from interview_platform.providers.clerk.users import ClerkApi, image_hosts
from interview_platform.providers.jwks import KeySet
from interview_platform.providers.oidc import routes as oidc_routes
from interview_platform.providers.oidc.flow import SignInProvider
from interview_platform.providers.oidc.github import GitHubProvider
from interview_platform.providers.oidc.openid import OpenIdProvider

GOOGLE = "https://accounts.google.com"


@dataclass
class SignIn:
    """What is in force beside passwords and guests. `close` at the end."""

    verifiers: list[TokenVerifier] = field(default_factory=list)
    webhooks: list[APIRouter] = field(default_factory=list)
    oidc: SignInProvider | None = None
    checks: dict[str, Callable[[], Awaitable[str | None]]] = field(default_factory=dict)
    """By name for people: None when the provider answers, else a sentence for the operator."""
    clients: list[httpx.AsyncClient] = field(default_factory=list)

    async def close(self) -> None:
        for client in self.clients:
            await client.aclose()


def sign_in_of(settings: Settings, people: ExternalAccounts, events: EventService) -> SignIn:
    """Raises BadSettings."""
    made = SignIn()
    try:
        if settings.clerk_publishable_key and settings.clerk_secret_key:
            _add_clerk(made, settings, people, events)
        elif settings.inngest_signing_key is not None:  # Clerk may be set to tell Inngest alone
            clerk_events.install(events, people, image_hosts(None))
        if settings.oidc_issuer and settings.oidc_client_id and settings.oidc_client_secret:
            _add_oidc(made, settings)
    except ValueError as error:
        raise BadSettings(str(error)) from None
    return made


def routers(
    made: SignIn, settings: Settings, people: ExternalAccounts, accounts: AccountService, identity: Identity
) -> list[APIRouter]:
    if made.oidc is None:
        return made.webhooks
    return [*made.webhooks, oidc_routes.router(made.oidc, people, accounts, identity, settings.client_url)]


def own_origins(settings: Settings) -> frozenset[str]:
    """Where our own pages are, as a browser writes it."""
    if settings.client_url is not None:
        parts = urlsplit(settings.client_url)
        return frozenset({f"{parts.scheme}://{parts.netloc}".lower()})
    ports = [settings.port, *([5173] if settings.node_env == "development" else [])]  # 5173: Vite, of `make dev`
    hosts = ("localhost", "127.0.0.1")
    return frozenset(f"{scheme}://{host}:{port}" for scheme in ("http", "https") for host in hosts for port in ports)


def page_extras(settings: Settings) -> Mapping[str, tuple[str, ...]]:
    """What pages load from sign-in providers, for the Content-Security-Policy."""
    try:
        return page_sources(settings.clerk_publishable_key) if settings.clerk_publishable_key else {}
    except ValueError:  # `sign_in_of` says so, and nothing is served
        return {}


def words_of(settings: Settings) -> str:
    """The ways to sign in, for the operator."""
    ways = ["e-mail and password"] if settings.embedded_sign_in == "on" else []
    if settings.clerk_publishable_key:
        key = "its own key" if settings.clerk_jwt_key else "key set"
        hook = "webhooks" if settings.clerk_webhook_signing_secret else "no webhooks (CLERK_WEBHOOK_SIGNING_SECRET)"
        ways.append(f"Clerk ({key}, {hook})")
    if settings.oidc_issuer:
        ways.append(f"{oidc_name(settings)} (OpenID)" if settings.oidc_issuer != "github" else "GitHub (OAuth 2)")
    return f"{', '.join(ways)}; guests by invite"


def oidc_name(settings: Settings) -> str | None:
    """What stands on the button."""
    presets = {"google": "Google", "github": "GitHub"}
    issuer = settings.oidc_issuer
    if issuer is None:
        return None
    return settings.oidc_name or presets.get(issuer) or urlsplit(issuer).hostname or issuer


def _add_clerk(made: SignIn, settings: Settings, people: ExternalAccounts, events: EventService) -> None:
    publishable, secret = settings.clerk_publishable_key or "", settings.clerk_secret_key
    front_end = host_of(publishable)
    client = http_client()
    made.clients.append(client)
    api = ClerkApi(client, settings.clerk_api_url, secret.get_secret_value() if secret else "")
    keys: Keys = KeySet(api.key_set, rsa_key)
    if settings.clerk_jwt_key is not None:
        keys = OneKey(public_key_of(settings.clerk_jwt_key.get_secret_value()))
    hosts = image_hosts(front_end)
    made.verifiers.append(
        ClerkTokens(
            f"https://{front_end}",
            origins=own_origins(settings),
            keys=keys,
            api=api,
            people=people,
            image_hosts=hosts,
        )
    )
    made.checks["Clerk"] = api.check
    clerk_events.install(events, people, hosts)
    if settings.clerk_webhook_signing_secret is not None:
        from interview_platform.providers.clerk import webhook  # noqa: PLC0415 - 8 MB and 0.2 s that few need

        signature = webhook.signature_of(settings.clerk_webhook_signing_secret.get_secret_value())
        made.webhooks.append(webhook.router(signature, events))


def _add_oidc(made: SignIn, settings: Settings) -> None:
    issuer, client_id = settings.oidc_issuer or "", settings.oidc_client_id or ""
    secret = settings.oidc_client_secret.get_secret_value() if settings.oidc_client_secret else ""
    client = http_client()
    made.clients.append(client)
    name = oidc_name(settings)
    if issuer == "github":
        made.oidc = GitHubProvider(client, client_id, secret, name)
    else:
        made.oidc = OpenIdProvider(client, GOOGLE if issuer == "google" else issuer, client_id, secret, name)
    made.checks[name or "OIDC"] = made.oidc.check
