"""GET /api/sessions/{id}/record, starter files, colours, the contract."""

import json

import httpx
import pytest
from fastapi import FastAPI

from interview_platform.app.errors import install_error_table
from interview_platform.execution.ports import LanguageInfo
from interview_platform.kit.close_codes import CloseCode
from interview_platform.problems.model import Difficulty, Problem
from interview_platform.room import routes
from interview_platform.room.colors import Colors
from interview_platform.room.contract import close_codes, room_schema
from interview_platform.room.guide import Guides
from interview_platform.room.messages import client_frame, server_event
from interview_platform.room.starters import Starters
from interview_platform.sessions.model import Role, Session, SessionId
from tests.api import Bank as TwoProblems
from tests.room.world import SEED, World
from tests.room.yjs import YClient, eventually, yjs

STARTER = SEED.files[0].text
BANK = TwoProblems()


def http(world: World) -> httpx.AsyncClient:
    app = FastAPI()
    install_error_table(app)
    rooms = world.rooms
    app.include_router(
        routes.router(
            rooms.records,
            rooms.notes,
            Guides(BANK, world.timeline),
            world.api.sessions,
            world.api.identity,
        )
    )
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")


async def test_the_record_is_the_document_live_and_afterwards(world: World) -> None:
    host, stranger = await world.somebody("Ada"), await world.somebody("Eve")
    session = await world.session(host)
    guest = await world.admit(session, "Ben")
    watcher = await world.admit(session, "Oz", Role.OBSERVER)
    path = f"/api/sessions/{session.id}/record"
    async with http(world) as client:
        first = (await client.get(path, headers=watcher.headers)).json()
        assert first["files"] == [
            {"path": "Main.java", "language": "java", "text": "class Main {}\n"},
            {"path": "solution.py", "language": "python", "text": STARTER},
        ]
        assert (first["activeFile"], first["language"]) == ("solution.py", "python")
        assert first["session"]["id"] == session.id
        async with yjs(world.url(session, query="?acks=1"), host.headers) as ada:
            ada.text.insert(0, "live ")
            ada.room["activeFile"] = "Main.java"
            ada.room["language"] = "java"
            await eventually(lambda: ada.acked == 4)
            live = (await client.get(path, headers=guest.headers)).json()
            assert live["files"][1]["text"] == "live " + STARTER
            assert (live["activeFile"], live["language"]) == ("Main.java", "java")
            await world.api.sessions.end(session.id, host.person)
            assert await ada.closed() == 4409
        await world.rooms.rooms.close()  # nothing of it is in memory any more
        after = (await client.get(path, headers=guest.headers)).json()
        assert after["files"] == live["files"]
        assert after["session"]["status"] == "completed"
        assert (await client.get(path)).status_code == 401
        assert (await client.get(path, headers=stranger.headers)).status_code == 403
        assert (await client.get("/api/sessions/nosuchsession/record", headers=host.headers)).status_code == 404


async def test_languages_that_nobody_looked_at_are_no_part_of_the_record(world: World) -> None:
    world.starters.usual = {"Main.java": "class Main {}\n"}
    host = await world.somebody("Ada")
    session = await world.session(host)

    async def paths() -> list[str]:
        record = (await client.get(f"/api/sessions/{session.id}/record", headers=host.headers)).json()
        return [file["path"] for file in record["files"]]

    async with http(world) as client, yjs(world.url(session, query="?acks=1"), host.headers) as ada:
        assert await paths() == ["solution.py"]
        ada.room["activeFile"] = "Main.java"
        await eventually(lambda: ada.acked == 2)
        assert await paths() == ["Main.java", "solution.py"]
        ada.room["activeFile"] = "solution.py"
        ada.files["Main.java"].insert(0, "// mine\n")
        await eventually(lambda: ada.acked == 4)
        assert await paths() == ["Main.java", "solution.py"]


async def test_a_session_that_nobody_opened_has_no_files(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    await world.api.sessions.end(session.id, host.person)
    async with http(world) as client:
        record = (await client.get(f"/api/sessions/{session.id}/record", headers=host.headers)).json()
    assert (record["files"], record["activeFile"], record["language"]) == ([], "", "plaintext")
    assert world.starters.seeded == 0


async def test_an_unreadable_document_is_a_refusal(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    world.timeline.failures = 1
    async with http(world) as client:
        answer = await client.get(f"/api/sessions/{session.id}/record", headers=host.headers)
        assert (answer.status_code, answer.json()["code"]) == (503, "document_unavailable")
        assert (await client.get(f"/api/sessions/{session.id}/record", headers=host.headers)).status_code == 200


async def test_a_document_that_names_no_known_file_has_a_record_all_the_same(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    async with yjs(world.url(session), host.headers) as ada, http(world) as client:
        ada.room["activeFile"] = "gone.py"
        ada.room["language"] = 7
        document = world.rooms.rooms._live[session.id].document
        await eventually(lambda: document.setting("activeFile") == "gone.py" and not document.setting("language"))
        record = (await client.get(f"/api/sessions/{session.id}/record", headers=host.headers)).json()
        assert (record["activeFile"], record["language"]) == ("Main.java", "java")


class Bank:
    def __init__(self, starters: dict[str, str]) -> None:
        problem = Problem("p", "P", Difficulty.EASY, (), "", (), (), starters, (), {})
        self._problems = {"p": problem}

    def all(self) -> list[Problem]:
        return list(self._problems.values())

    def get(self, slug: str) -> Problem | None:
        return self._problems.get(slug)

    find = get


LANGUAGES = [
    LanguageInfo("java", "Java", "21", "java", "Main.java"),
    LanguageInfo("python", "Python", "3.11", "python", "solution.py"),
    LanguageInfo("c", "C", "12", "c", "main.c", "int main(void) {}\n"),
]


async def test_a_document_begins_with_a_file_per_language_the_problem_s_first(world: World) -> None:
    session = await world.session(await world.somebody("Ada"))
    session = Session(**{name: getattr(session, name) for name in session.__slots__} | {"problem_slug": "p"})
    starters = Starters(Bank({"python": "pass\n", "java": "class Main {}\n"}), lambda: LANGUAGES)
    seed = starters.seed(session)
    assert [file.path for file in seed.files] == ["solution.py", "Main.java", "main.c"]
    assert seed.files[2].text == "int main(void) {}\n", "there is no starter code, so it begins as C usually does"
    assert (seed.language, seed.active_file) == ("python", "solution.py")
    assert starters.language_of("Main.java") == "java"
    assert starters.language_of("notes.txt") == "plaintext"
    only_java = Starters(Bank({"java": "class Main {}\n"}), lambda: LANGUAGES).seed(session)
    assert (only_java.language, only_java.active_file) == ("java", "Main.java")
    assert [file.path for file in only_java.files] == ["Main.java", "solution.py", "main.c"]
    none = Starters(Bank({}), lambda: LANGUAGES).seed(session)
    assert (none.language, [file.path for file in none.files]) == ("python", ["solution.py", "Main.java", "main.c"])
    empty = Starters(Bank({}), list).seed(session)
    assert [(file.path, file.text) for file in empty.files] == [("notes.txt", "")]
    client = YClient()
    client.doc.apply_update(seed.update())
    assert client.read() == "pass\n"


def test_colours_stay_and_the_host_s_is_its_own() -> None:
    colors, session = Colors(), SessionId("s")
    others = [f"p{number}" for number in range(9)]
    assert [colors.among(session, "host", others, one) for one in others] == [1, 2, 3, 4, 5, 6, 7, 1, 2]
    assert colors.among(session, "host", others, "host") == 0
    assert colors.among(session, "host", [*others[1:], others[0]], others[0]) == 1, "who comes back is last, but stays"
    assert colors.among(SessionId("t"), "host", ["p5"], "p5") == 1


def test_the_schema_names_every_message() -> None:
    schema = room_schema()
    definitions = schema["$defs"]
    for name in ("ServerEvent", "ClientFrame"):
        union = definitions[name]
        assert len(union["oneOf"]) == len(union["discriminator"]["mapping"])
        for reference in union["oneOf"]:
            message = definitions[reference["$ref"].removeprefix("#/$defs/")]
            assert "type" in message["required"], "what it is must always be said"
    assert json.loads(json.dumps(schema)) == schema
    assert {"hello", "presence", "call.state", "pong"} <= set(definitions["ServerEvent"]["discriminator"]["mapping"])


def test_every_close_code_has_a_meaning() -> None:
    table = close_codes()
    assert table.keys() == {str(code.value) for code in CloseCode}
    assert all(row["meaning"] for row in table.values())
    assert table["4429"]["name"] == "too_fast_or_slow"


@pytest.mark.parametrize("text", ['{"type":"ping"}', '{"type":"call.leave"}', '{"type":"chat.typing","typing":true}'])
def test_client_frames_are_no_server_events(text: str) -> None:
    client_frame.validate_json(text)
    if "typing" not in text:
        with pytest.raises(ValueError, match="type"):
            server_event.validate_json(text)
