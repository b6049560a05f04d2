"""What every `InsightsStore` does."""

from dataclasses import replace

from interview_platform.accounts.model import PersonId
from interview_platform.insights.model import Dashboard
from interview_platform.sessions.model import Status
from tests.contracts.runs import run
from tests.contracts.world import Stores, member

MINUTE = 60_000


class InsightsStoreContract:
    async def test_somebody_new_has_zeros(self, stores: Stores) -> None:
        await stores.account("ada")
        assert await stores.insights.dashboard(PersonId("ada")) == Dashboard(0, 0, 0, 0, 0, 0, 0)

    async def test_counts(self, stores: Stores) -> None:
        ada, bob, eve, max_ = [await stores.account(name) for name in ("ada", "bob", "eve", "max")]
        ended = {"status": Status.COMPLETED, "created_at": 0, "ended_at": 90 * MINUTE}
        early = replace(member(ada, at=0), left_at=10 * MINUTE)
        for n, (host, members, given) in enumerate(
            [
                (ada, (member(bob),), {}),
                (ada, (member(bob), member(eve)), ended),
                (bob, (member(ada, at=60 * MINUTE),), ended),
                (eve, (early,), ended),
                (eve, (early,), {}),
                (max_, (member(eve),), ended),
            ]
        ):
            await stores.session(f"s{n}", host=host, members=members, **given)
        await stores.runs.add(run("r1"))
        await stores.runs.add(run("r2"))
        assert await stores.insights.dashboard(ada.id) == Dashboard(
            active=1, hosted=2, taken=3, completed=3, people=2, runs=2, minutes=90 + 30 + 10
        )
