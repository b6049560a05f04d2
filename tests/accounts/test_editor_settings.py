from typing import Any

import pytest

from interview_platform.accounts.limits import AccountLimits
from interview_platform.kit.rate_limit import Limit
from interview_platform.storage.database import Database
from interview_platform.storage.people import SqlPeopleStore
from tests.accounts.test_profile import guest_of
from tests.api import Api, assemble

PATH = "/api/auth/me/settings"
AT_FIRST = {
    "theme": "system",
    "fontSize": 14,
    "tabSize": 0,
    "wordWrap": False,
    "tabLeaves": False,
    "ligatures": False,
    "completion": True,
    "keys": "default",
    "editor": "auto",
}
CHANGED = {
    "theme": "dark",
    "fontSize": 20,
    "tabSize": 2,
    "wordWrap": True,
    "tabLeaves": True,
    "ligatures": True,
    "completion": False,
    "keys": "vim",
    "editor": "light",
}


@pytest.mark.parametrize("method", ["GET", "PUT"])
async def test_signed_out_there_are_no_settings(api: Api, method: str) -> None:
    assert await api.browser().refused(method, PATH, {}) == (401, "unauthenticated")


async def test_who_never_set_any_has_none(api: Api) -> None:
    ada = await api.person("Ada")
    assert await ada.call("GET", PATH) == {"settings": None}


async def test_they_are_kept_whole_and_for_each_person(api: Api) -> None:
    ada, ben = await api.person("Ada"), await guest_of(api)
    assert await ada.call("PUT", PATH, CHANGED) == {"settings": CHANGED}
    assert await ada.call("GET", PATH) == {"settings": CHANGED}
    assert await ben.call("GET", PATH) == {"settings": None}
    assert await ben.call("PUT", PATH, {"keys": "emacs"}) == {"settings": AT_FIRST | {"keys": "emacs"}}
    assert await ada.call("PUT", PATH, {}) == {"settings": AT_FIRST}
    assert (await ada.call("GET", "/api/auth/me"))["user"] == ada.me


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("theme", "night"),
        ("theme", None),
        ("fontSize", 15),
        ("fontSize", "14"),
        ("fontSize", 14.5),
        ("fontSize", 10**400),
        ("tabSize", 3),
        ("tabSize", False),
        ("wordWrap", "true"),
        ("ligatures", 1),
        ("completion", None),
        ("keys", "nano"),
        ("editor", {"$gt": ""}),
        ("font", "Comic Sans"),
    ],
)
async def test_what_is_none_of_the_choices_is_refused_by_name(api: Api, field: str, value: Any) -> None:
    ada = await api.person("Ada")
    await ada.call("PUT", PATH, CHANGED)
    answer = await ada.request("PUT", PATH, json={**CHANGED, field: value})
    assert answer.status_code == 422
    assert answer.json()["code"] == "invalid"
    assert list(answer.json()["fields"]) == [field]
    assert await ada.call("GET", PATH) == {"settings": CHANGED}


@pytest.mark.parametrize("body", [[], "vim", None, [CHANGED]])
async def test_what_is_no_object_is_refused(api: Api, body: Any) -> None:
    ada = await api.person("Ada")
    assert await ada.refused("PUT", PATH, body) == (422, "invalid")


@pytest.mark.parametrize("stored", ["no json", '{"keys": "vim"}', '{"fontSize": "huge"}', "[]"])
async def test_what_another_release_wrote_counts_as_never_set(api: Api, stored: str) -> None:
    ada = await api.person("Ada")
    await SqlPeopleStore(api.database).save_settings(ada.me["id"], stored)
    assert await ada.call("GET", PATH) == {"settings": None}


async def test_too_many_changes_are_refused(database: Database) -> None:
    api = assemble(database, account_limits=AccountLimits(settings=Limit(2, 60)))
    ada, ben = await api.person("Ada"), await api.person("Ben")
    for _ in range(2):
        await ada.call("PUT", PATH, CHANGED)
    assert await ada.refused("PUT", PATH, CHANGED) == (429, "too_fast")
    await ben.call("PUT", PATH, CHANGED)
    await api.close()
