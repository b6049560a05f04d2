"""Stream's own packages are proprietary: none of them is among ours, nor in what we build."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PACKAGES = re.compile(r"getstream|stream-chat|stream_chat|@stream-io", re.IGNORECASE)


FILES = ("requirements.txt", "requirements-dev.txt", "pyproject.toml", "web/package-lock.json")


@pytest.mark.parametrize("file", FILES)
def test_not_among_our_packages(file: str) -> None:
    assert not PACKAGES.findall((ROOT / file).read_text())


def test_not_in_the_build() -> None:
    built = list((ROOT / "web" / "dist").rglob("*.js"))
    if not built:
        pytest.skip("the web app is not built here")
    assert [file.name for file in built if PACKAGES.search(file.read_text())] == []
