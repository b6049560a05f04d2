"""What we give to browsers, taken by a real coturn; and what `doctor` says of one that does not take it."""

import base64
import hashlib
import hmac
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from interview_platform.accounts.model import PersonId
from interview_platform.call.turn import MeshCalls, Turn
from interview_platform.providers.turn.client import TurnRefused, allocate
from interview_platform.providers.turn.server import TurnServer
from tests.coturn import Coturn

ADA = PersonId("ada")
BOTH_WAYS = pytest.mark.parametrize("way", ["udp", "tcp"])


def url_of(coturn: Coturn, way: str) -> str:
    return coturn.udp if way == "udp" else coturn.tcp


async def refusal(coturn: Coturn, way: str, username: str, password: str) -> int:
    with pytest.raises(TurnRefused) as refused:
        await allocate(url_of(coturn, way), username, password, timeout_seconds=10)
    return refused.value.code


@BOTH_WAYS
async def test_what_a_browser_is_given_is_accepted(coturn: Coturn, way: str) -> None:
    url = url_of(coturn, way)
    (server,) = MeshCalls((), Turn((url,), coturn.secret)).ice_servers(ADA).ice_servers
    assert server.urls == [url]
    assert server.username
    assert server.credential
    for _ in range(3):
        await allocate(url, server.username, server.credential, timeout_seconds=10)


@BOTH_WAYS
async def test_what_has_ended_is_refused(coturn: Coturn, way: str) -> None:
    username, password = Turn((), coturn.secret).credentials(ADA, int(time.time()) - 1)
    assert await refusal(coturn, way, username, password) == 401


@BOTH_WAYS
async def test_what_was_forged_is_refused(coturn: Coturn, way: str) -> None:
    later = int(time.time()) + 600
    username, password = Turn((), coturn.secret).credentials(ADA, later)
    assert await refusal(coturn, way, f"{later + 3600}:ada", password) == 401, "a longer time, the same password"
    assert await refusal(coturn, way, f"{later}:eve", password) == 401, "another person's"
    guessed = base64.b64encode(hmac.new(b"guessed", username.encode(), hashlib.sha1).digest()).decode()
    assert await refusal(coturn, way, username, guessed) == 401
    assert await refusal(coturn, way, "ada", password) == 401, "no end at all"


async def test_doctor_has_nothing_to_say(coturn: Coturn) -> None:
    assert await TurnServer(Turn((coturn.udp, coturn.tcp), coturn.secret)).check() is None


async def test_doctor_tells_a_wrong_secret(coturn: Coturn) -> None:
    said = await TurnServer(Turn((coturn.udp, coturn.tcp), "another-secret")).check()
    assert said is not None
    assert said.count("TURN_SECRET must be coturn's static-auth-secret") == 2
    assert coturn.udp in said
    assert coturn.tcp in said
    assert "another-secret" not in said


@pytest.mark.parametrize("right", [True, False])
def test_the_command_says_how_the_relay_is(coturn: Coturn, tmp_path: Path, right: bool) -> None:
    secret = coturn.secret if right else "another-secret"
    environment = {**os.environ, "TURN_URL": coturn.udp, "TURN_SECRET": secret, "DATA_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "interview_platform", "doctor"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    said = [line for line in done.stdout.splitlines() if "Relay (TURN)" in line]
    wanted = "ok  Relay (TURN)  answers" if right else f"BAD Relay (TURN)  {coturn.udp}: the relay refuses"
    assert len(said) == 1, done.stdout + done.stderr
    assert said[0].startswith(wanted)
    assert right or done.returncode == 1
    assert secret not in done.stdout + done.stderr
