"""What stands in the logs of a failure: where it was, never what the variables held."""

import subprocess
import sys

import pytest

_FAILURE = """
import sys
import structlog
from interview_platform.app.logs import configure_logging
from interview_platform.app.settings import Settings

configure_logging(Settings(log_format=sys.argv[1]))

def login(password):
    raise ZeroDivisionError("broken")

try:
    login("hush-" + "hush")
except ZeroDivisionError:
    structlog.get_logger().exception("request.failed", path="/api/auth/login")
"""


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_failure_shows_its_place_and_no_values(form: str) -> None:
    logged = subprocess.run(
        [sys.executable, "-c", _FAILURE, form], capture_output=True, text=True, check=True, timeout=30
    ).stderr
    for told in ("request.failed", "/api/auth/login", "ZeroDivisionError", "broken"):
        assert told in logged
    assert "hush-hush" not in logged
