"""The product put together: a start that does not come about."""

import os
from pathlib import Path

import pytest

from interview_platform.app.compose import compose
from interview_platform.app.settings import Settings
from interview_platform.events.service import EventService
from interview_platform.execution.embedded import EmbeddedRunner
from interview_platform.execution.sandbox.watch import children
from tests.execution.runners import until


async def test_a_start_that_fails_leaves_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, begins = set(children(os.getpid())), EmbeddedRunner.start

    async def noted(self: EmbeddedRunner) -> None:
        await begins(self)
        await until(lambda: bool(set(children(os.getpid())) - before))

    async def fails(_: EventService) -> None:
        raise RuntimeError("no events today")

    monkeypatch.setattr(EmbeddedRunner, "start", noted)
    monkeypatch.setattr(EventService, "start", fails)
    with pytest.raises(RuntimeError, match="no events today"):
        await compose(Settings(_env_file=None, data_dir=tmp_path))
    assert set(children(os.getpid())) <= before
