"""A provider's key of our own making, and what a forger would do without it."""

import base64
import json
from functools import lru_cache
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from jwt.algorithms import RSAAlgorithm


class Signer:
    def __init__(self, kid: str) -> None:
        self.kid = kid
        self.private = _key(kid)

    @property
    def jwk(self) -> dict[str, Any]:
        public: dict[str, Any] = json.loads(RSAAlgorithm.to_jwk(self.private.public_key()))
        return public | {"kid": self.kid, "use": "sig", "alg": "RS256"}

    @property
    def pem(self) -> str:
        kind = serialization.PublicFormat.SubjectPublicKeyInfo
        return self.private.public_key().public_bytes(serialization.Encoding.PEM, kind).decode()

    def token(self, claims: dict[str, Any], **header: Any) -> str:
        return jwt.encode(claims, self.private, "RS256", {"kid": self.kid, **header})


@lru_cache
def _key(kid: str) -> RSAPrivateKey:
    """Made once in a run: it takes a tenth of a second."""
    return generate_private_key(65537, 2048)


def part(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def unsigned(claims: dict[str, Any], kid: str) -> str:
    return f"{part({'alg': 'none', 'typ': 'JWT', 'kid': kid})}.{part(claims)}."


def confused(claims: dict[str, Any], signer: Signer) -> str:
    """HS256 with the public key, which everybody has, as the secret."""
    head = f"{part({'alg': 'HS256', 'typ': 'JWT', 'kid': signer.kid})}.{part(claims)}"
    hmac = jwt.get_algorithm_by_name("HS256")
    return f"{head}.{base64.urlsafe_b64encode(hmac.sign(head.encode(), signer.pem.encode())).rstrip(b'=').decode()}"


def tampered(token: str, **change: Any) -> str:
    head, middle, signature = token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(middle + "=="))
    return f"{head}.{part(claims | change)}.{signature}"
