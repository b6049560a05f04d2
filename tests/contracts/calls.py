"""What every `CallProvider` does."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from interview_platform.call.ports import CallProvider
from interview_platform.call.views import CallConfigAnswer
from tests.api import Api, Browser


@dataclass
class Provided:
    api: Api
    calls: CallProvider
    provider: str
    """As its answers name it while it is well."""
    secrets: tuple[str, ...] = ()
    """What no browser may ever see."""

    async def config(self, session: dict[str, Any], who: Browser) -> CallConfigAnswer:
        person = await self.api.identity._people.person(who.me["id"])
        assert person is not None
        found = await self.api.sessions.looked_at(session["id"], person)
        member = found.member(person.id)
        assert member is not None
        return await self.calls.config(found, person, member.role)


class CallProviderContract:
    async def test_host_and_guest_get_what_their_browsers_need(self, provided: Provided) -> None:
        ada = await provided.api.person("Ada")
        session = await ada.create()
        guest = await provided.api.guest(await ada.invite(session))
        for who in (ada, guest):
            answer = await provided.config(session, who)
            assert answer.provider == provided.provider
            carried = {"mesh": answer.ice_servers, "livekit": answer.livekit, "stream": answer.stream}
            assert carried[answer.provider]

    async def test_what_it_gives_ends_and_says_when(self, provided: Provided) -> None:
        ada = await provided.api.person("Ada")
        answer = await provided.config(await ada.create(), ada)
        assert answer.expires_at is not None
        assert datetime.fromisoformat(answer.expires_at) > datetime.now(UTC)

    async def test_no_secret_of_ours_leaves(self, provided: Provided) -> None:
        ada = await provided.api.person("Ada")
        answer = await provided.config(await ada.create(), ada)
        said = json.dumps(answer.model_dump(by_alias=True))
        assert provided.secrets
        assert not [secret for secret in provided.secrets if secret in said]

    async def test_what_is_given_to_one_is_not_given_to_the_other(self, provided: Provided) -> None:
        ada = await provided.api.person("Ada")
        session = await ada.create()
        guest = await provided.api.guest(await ada.invite(session))
        own, other = [_credential(await provided.config(session, who)) for who in (ada, guest)]
        assert own != other

    async def test_no_address_goes_to_a_provider_or_a_browser(self, provided: Provided) -> None:
        ada = await provided.api.person("Ada")
        answer = await provided.config(await ada.create(), ada)
        assert ada.me["email"] not in json.dumps(answer.model_dump(by_alias=True))


def _credential(answer: CallConfigAnswer) -> str | None:
    if answer.livekit is not None:
        return answer.livekit.token
    if answer.stream is not None:
        return answer.stream.token
    return answer.ice_servers[-1].credential
