"""What Clerk's keys say: the host inside the publishable key, the public key of CLERK_JWT_KEY. No I/O."""

import base64
import binascii
import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key
from jwt import PyJWK
from jwt.exceptions import PyJWTError

_PUBLISHABLE = re.compile(r"pk_(?:test|live)_([A-Za-z0-9+/_-]+)=*")
_HOST = re.compile(r"[A-Za-z0-9.-]+(?::\d{1,5})?")
_ARMOUR = re.compile(r"-----(BEGIN|END) [A-Z ]+-----|\\n|\s")
IMAGE_HOST = "img.clerk.com"
_BOT_CHECK = "https://challenges.cloudflare.com"
_FRAUD_CHECK = "https://*.protect.clerk.com"


def host_of(publishable_key: str) -> str:
    """The front-end host that a publishable key names. Raises ValueError."""
    found = _PUBLISHABLE.fullmatch(publishable_key.strip())
    if found:
        encoded = found[1].replace("-", "+").replace("_", "/")
        try:
            host = base64.b64decode(encoded + "=" * (-len(encoded) % 4), validate=True).decode("ascii")
        except (binascii.Error, UnicodeDecodeError):
            host = ""
        if host.endswith("$") and _HOST.fullmatch(host[:-1]):
            return host[:-1].lower()
    raise ValueError("CLERK_PUBLISHABLE_KEY is not a publishable key of Clerk's (pk_test_… or pk_live_…)")


def public_key_of(pem: str) -> RSAPublicKey:
    """CLERK_JWT_KEY, however its lines came through the environment. Raises ValueError."""
    with suppress(ValueError):  # binascii.Error is one
        key = load_der_public_key(base64.b64decode(_ARMOUR.sub("", pem), validate=True))
        if isinstance(key, RSAPublicKey):
            return key
    raise ValueError("CLERK_JWT_KEY is not an RSA public key (PEM, as Clerk's dashboard shows it)")


def rsa_key(entry: Mapping[str, Any]) -> RSAPublicKey | None:
    """One entry of the key set."""
    try:
        key = PyJWK(dict(entry), algorithm="RS256").key if entry.get("kty") == "RSA" else None
    except (PyJWTError, ValueError, TypeError):
        return None
    return key if isinstance(key, RSAPublicKey) else None


def page_sources(publishable_key: str) -> dict[str, tuple[str, ...]]:
    """What a page with Clerk's components loads beside ours, for the Content-Security-Policy. Raises ValueError.

    As Clerk's guide has it (clerk.com/docs/guides/secure/best-practices/csp-headers), but no inline script.
    """
    front_end = f"https://{host_of(publishable_key)}"
    return {
        "script-src": (front_end, _BOT_CHECK, _FRAUD_CHECK),
        "connect-src": (front_end, f"{_FRAUD_CHECK}:*"),
        "img-src": (f"https://{IMAGE_HOST}", front_end),
        "worker-src": ("blob:",),
        "frame-src": (_BOT_CHECK, _FRAUD_CHECK),
    }
