from sqlalchemy import insert

from interview_platform.storage.tables import runs
from tests.api import Api, Browser, on_both_databases

MINUTE_MS = 60_000
NOTHING = {"active": 0, "hosted": 0, "taken": 0, "completed": 0, "people": 0, "runs": 0, "minutes": 0}


async def numbers(browser: Browser) -> dict[str, int]:
    answer: dict[str, int] = await browser.call("GET", "/api/dashboard")
    return answer


async def test_who_has_done_nothing_sees_nothing_but_zeros(api: Api) -> None:
    busy = await api.person("Busy")
    await busy.create()
    assert await numbers(await api.person("New")) == NOTHING
    assert await api.browser().refused("GET", "/api/dashboard") == (401, "unauthenticated")


@on_both_databases
async def test_the_numbers_are_what_happened(api: Api) -> None:
    ada, bob, cid = await api.person("Ada"), await api.person("Bob"), await api.person("Cid")
    first, second, third = await ada.create(capacity=3), await bob.create(visibility="private"), await ada.create()
    api.clock.ahead_ms += 5 * MINUTE_MS
    for browser in (bob, cid):
        await browser.call("POST", f"/api/sessions/{first['id']}/join")
    await ada.call("POST", f"/api/invites/{await bob.invite(second)}/accept")
    guest = await api.guest(await ada.invite(third))
    assert await numbers(ada) == {**NOTHING, "active": 3, "hosted": 2, "taken": 1, "people": 3}

    api.clock.ahead_ms += 10 * MINUTE_MS
    await cid.call("POST", f"/api/sessions/{first['id']}/leave")
    assert await numbers(cid) == {**NOTHING, "taken": 1, "people": 2}
    api.clock.ahead_ms += 15 * MINUTE_MS
    await ada.call("POST", f"/api/sessions/{first['id']}/end")

    done = {**NOTHING, "completed": 1, "taken": 1, "people": 2}
    assert await numbers(ada) == {**NOTHING, "active": 2, "hosted": 2, "taken": 1, "completed": 1, "people": 3} | {
        "minutes": 30
    }
    assert await numbers(bob) == {**done, "active": 1, "hosted": 1, "minutes": 25}
    assert await numbers(cid) == {**done, "minutes": 10}
    assert await numbers(guest) == {**NOTHING, "active": 1, "taken": 1, "people": 1}


@on_both_databases
async def test_runs_in_rooms_and_outside_are_counted(api: Api) -> None:
    ada, bob = await api.person("Ada"), await api.person("Bob")
    session = await ada.create()
    rows = [
        {
            "id": f"run{number}",
            "session_id": session_id,
            "person_id": ada.me["id"],
            "language": "python",
            "mode": "run",
            "source": "",
            "stdin": "",
            "status": "finished",
            "result": "{}",
            "created_at": 1,
        }
        for number, session_id in enumerate([session["id"], session["id"], None])
    ]
    await api.database.write(lambda c: c.execute(insert(runs), rows))
    assert (await numbers(ada))["runs"] == 3
    assert (await numbers(bob))["runs"] == 0
