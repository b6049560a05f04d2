"""The exported files: whole, inert, and nothing that anybody wrote gets out of the element it stands in."""

import json
from html.parser import HTMLParser
from typing import Any

import pytest
from pycrdt import Text

from interview_platform.replay import service
from interview_platform.replay.export import PLAYER, NoPlayer, load_player
from tests.replay.conftest import AFTER, BEFORE, Played

HOSTILE = "</script><script>alert(1)</script><!--<script>&amp;\u2028\u2029\"'`]]>\x00<img src=x onerror=alert(2)>"


class Elements(HTMLParser):
    """Every element of a page, with the text in it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[tuple[str, dict[str, str | None], str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs), ""))

    def handle_data(self, data: str) -> None:
        tag, attributes, text = self.found[-1]
        self.found[-1] = (tag, attributes, text + data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


async def hostile(played: Played) -> None:
    """The same text wherever somebody can write."""
    await played.write(lambda files: files["solution.py"].insert(0, HOSTILE))
    await played.write(lambda files: files.update({HOSTILE: Text(HOSTILE)}))
    await played.say(HOSTILE)
    await played.run(HOSTILE)
    await played.end()


async def test_json_holds_all_that_the_timeline_tells(played: Played) -> None:
    await hostile(played)
    answer = await played.ask("export.json")
    assert answer.headers["content-type"] == "application/json"
    disposition = answer.headers["content-disposition"]
    assert disposition.startswith('attachment; filename="two-sum-')
    assert disposition.endswith('.json"')
    given = answer.json()
    assert given["events"] == await played.events()
    assert (given["format"], given["version"], given["complete"]) == ("interview-platform.session", 1, True)
    files = {file["path"]: file["text"] for file in given["record"]["files"]}
    assert files["solution.py"] == HOSTILE + "pass\n"
    assert given["record"]["session"]["id"] == played.session.id


async def test_nothing_in_the_page_but_data(played: Played) -> None:
    await hostile(played)
    answer = await played.ask("export.html")
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["cache-control"] == "no-store"
    page = Elements()
    page.feed(answer.text)
    assert {tag for tag, _, _ in page.found} == {"title", "body", "script"}
    scripts = [(attributes, text) for tag, attributes, text in page.found if tag == "script"]
    assert all(attributes == {"type": "application/json", "class": "session"} for attributes, _ in scripts)
    head, *pages, tail = [json.loads(text) for _, text in scripts]
    assert [event for events in pages for event in events] == await played.events()
    assert head["record"] == (await played.ask("export.json")).json()["record"]
    assert tail == {"complete": True}
    body = answer.content.removeprefix(BEFORE).removesuffix(AFTER)
    assert body.count(b"<") == 2 * len(scripts)  # only those of the elements


async def test_large_sessions_are_sent_in_pieces(played: Played, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("interview_platform.replay.log.PAGE_MAX", 3)
    for n in range(10):
        await played.say(f"message {n}")
    await played.end()
    page = Elements()
    page.feed((await played.ask("export.html")).text)
    assert len([tag for tag, _, _ in page.found if tag == "script"]) > 5
    given: dict[str, Any] = (await played.ask("export.json")).json()
    assert given["events"] == await played.events()


async def test_a_server_without_the_web_app_says_so(played: Played, tmp_path: Any) -> None:
    await played.end()
    (tmp_path / PLAYER).write_bytes(BEFORE + AFTER)
    with pytest.raises(NoPlayer):
        load_player(tmp_path)
    (tmp_path / PLAYER).unlink()
    answer = await played.ask("export.html")
    assert (answer.status_code, answer.json()["code"]) == (503, "web_app_missing")
    assert (await played.ask("export.json")).status_code == 200


async def test_exports_are_limited(played: Played) -> None:
    await played.end()
    answers = [(await played.ask("export.json")).status_code for _ in range(service.EXPORTS.count + 1)]
    assert answers == [200] * service.EXPORTS.count + [429]
    assert (await played.ask("export.json", "interviewer")).status_code == 200
