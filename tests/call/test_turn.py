"""What browsers are told about finding each other."""

import base64
import hashlib
import hmac

from interview_platform.accounts.model import PersonId
from interview_platform.call.turn import CREDENTIAL_SECONDS, MeshCalls, Turn

ADA = PersonId("ada")
NOW = 1_700_000_000_500


def test_without_settings_there_is_no_server() -> None:
    answer = MeshCalls((), None).ice_servers(ADA)
    assert answer.model_dump(by_alias=True) == {
        "provider": "mesh",
        "iceServers": [],
        "expiresAt": None,
        "livekit": None,
        "stream": None,
    }


def test_stun_alone_never_expires() -> None:
    answer = MeshCalls(("stun:one:3478", "stun:two:3478"), None).ice_servers(ADA)
    assert [server.urls for server in answer.ice_servers] == [["stun:one:3478", "stun:two:3478"]]
    assert answer.expires_at is None


def test_credentials_are_what_coturn_computes() -> None:
    """`turnadmin`'s scheme: base64(HMAC-SHA1(secret, "<expiry>:<user>")); the number is openssl's."""
    username, credential = Turn(("turn:relay:3478",), "north").credentials(ADA, 1433895918)
    assert username == "1433895918:ada"
    expected = hmac.new(b"north", b"1433895918:ada", hashlib.sha1).digest()
    assert base64.b64decode(credential) == expected
    assert credential == "KJ5PTMBeGkZIwdEVUss3BPdY8wE="


def test_credentials_end_and_say_when() -> None:
    setup = MeshCalls((), Turn(("turn:relay:3478", "turns:relay:5349"), "north"), clock=lambda: NOW)
    answer = setup.ice_servers(ADA)
    (relay,) = answer.ice_servers
    assert relay.urls == ["turn:relay:3478", "turns:relay:5349"]
    assert relay.username == f"{NOW // 1000 + CREDENTIAL_SECONDS}:ada"
    assert answer.expires_at == "2023-11-15T04:13:20.000Z"
