"""A client of the events socket that keeps the state as a browser does (web/src/features/room/events/reducer.ts)."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from interview_platform.room.activity_list import KEPT
from interview_platform.room.messages import server_event
from tests.room.yjs import PATIENCE, eventually

_FIELD = {"compile": "compileOutput", "stdout": "stdout", "stderr": "stderr"}


class EventClient:
    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.events: list[dict[str, Any]] = []
        self.state: dict[str, Any] = {}
        self.close_code: int | None = None
        self.close_reason = ""
        self.reader = asyncio.create_task(self._read())

    @property
    def me(self) -> dict[str, Any]:
        me: dict[str, Any] = self.events[0]["me"]
        return me

    @property
    def role(self) -> str:
        """As it was told last."""
        return str(next(e["me"]["role"] for e in reversed(self.events) if e["type"] in {"hello", "me"}))

    async def send(self, **frame: Any) -> None:
        await self.socket.send(json.dumps(frame))

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [event for event in self.events if event["type"] == kind]

    async def heard(self, kind: str, count: int = 1) -> dict[str, Any]:
        """The newest event of this type, once there are `count`."""
        await eventually(lambda: len(self.of(kind)) >= count, f"{count} x {kind}")
        return self.of(kind)[-1]

    async def until(self, condition: Callable[[], object]) -> None:
        await eventually(condition)

    async def closed(self) -> int | None:
        async with asyncio.timeout(PATIENCE):
            await self.reader
        return self.close_code

    def online(self) -> set[str]:
        return {person["name"] for person in self.state["people"] if person["online"]}

    async def _read(self) -> None:
        with contextlib.suppress(ConnectionClosed):
            async for message in self.socket:
                assert isinstance(message, str)
                server_event.validate_json(message)  # what we send is what the contract says
                event = json.loads(message)
                self.events.append(event)
                self._apply(event)
        self.close_code = self.socket.close_code
        self.close_reason = self.socket.close_reason or ""

    def _apply(self, event: dict[str, Any]) -> None:
        state = self.state
        match event["type"]:
            case "hello":
                assert not state, "a second hello"
                state.update(event["state"], people=event["people"])
            case "presence":
                state["people"] = event["people"]
            case "session.changed" | "session.ended":
                state["session"] = event["session"]
            case "chat.message":
                assert event["message"]["seq"] not in {message["seq"] for message in state["messages"]}
                state["messages"].append(event["message"])
            case "chat.changed":
                self._put_message(event["message"])
            case "activity":
                assert event["entry"]["seq"] not in {entry["seq"] for entry in state["activity"]}
                state["activity"] = [*state["activity"], event["entry"]][-KEPT:]
            case "activity.list":
                state["activity"] = event["entries"]
            case "call.recording":
                state["recording"] = event["recording"]
            case "call.state":
                state["peers"] = event["peers"]
            case _:
                self._apply_to_run(event)

    def _put_message(self, message: dict[str, Any]) -> None:
        messages = self.state["messages"]
        for at, known in enumerate(messages):
            if known["id"] == message["id"] and known["rev"] < message["rev"]:
                messages[at] = message

    def _apply_to_run(self, event: dict[str, Any]) -> None:
        match event["type"]:
            case "run.started" | "run.finished":
                self._put(event["run"])
            case "run.output":
                for run in self.state["runs"]:
                    if run["id"] == event["runId"] and not run["partial"]:
                        run[_FIELD[event["stream"]]] += event["text"]
            case "run.queued":
                self._run(event)["queuePosition"] = event["position"]
            case "run.input":
                run = self._run(event)
                at = {"stdoutAt": len(run["stdout"]), "stderrAt": len(run["stderr"])}
                run["typed"].append({key: event[key] for key in ("by", "text", "ended")} | at)
            case "run.diagnostics":
                self._run(event)["diagnostics"] = event["text"]

    def _run(self, event: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any]
        [found] = [run for run in self.state["runs"] if run["id"] == event["runId"]]
        return found

    def _put(self, run: dict[str, Any]) -> None:
        runs = self.state["runs"]
        for at, old in enumerate(runs):
            if old["id"] == run["id"]:
                runs[at] = run
                return
        runs.insert(0, run)


@asynccontextmanager
async def events(url: str, headers: dict[str, str] | None = None, *, hello: bool = True) -> AsyncIterator[EventClient]:
    async with connect(url, additional_headers=headers, compression=None, max_size=None, proxy=None) as socket:
        client = EventClient(socket)
        if hello:
            await client.heard("hello")
        yield client
    await client.reader
