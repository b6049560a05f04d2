"""What every `PeopleStore` does."""

from dataclasses import replace

import pytest

from interview_platform.accounts.model import Person, PersonId
from interview_platform.accounts.ports import Credential, EmailTaken
from interview_platform.kit.errors import Kind, Refusal
from interview_platform.sessions.model import Invite, Role
from tests.contracts.world import AnotherNode, Stores, account, external, guest, member, outcomes

LATER = 2_000_000_000_000


def credential(digest: str, person: Person, **given: object) -> Credential:
    values = {"kind": "cookie", "label": "", "created_at": 1_000, "expires_at": LATER, **given}
    return Credential(digest, person.id, **values)  # type: ignore[arg-type]


class PeopleStoreContract:
    async def test_account_is_found_by_id_and_by_address_in_any_case(self, stores: Stores) -> None:
        ada = await stores.account("ada", image="/api/images/x.webp", created_at=5, updated_at=6)
        assert await stores.people.person(ada.id) == ada
        assert await stores.people.with_password("ADA@Example.ORG") == (ada, "hash of ada")
        assert await stores.people.password_hash(ada.id) == "hash of ada"

    async def test_nobody_is_none(self, stores: Stores) -> None:
        nobody = PersonId("nobody")
        assert await stores.people.person(nobody) is None
        assert await stores.people.password_hash(nobody) is None
        assert await stores.people.with_password("nobody@example.org") is None
        assert await stores.people.by_credential("unknown", 0) is None
        assert await stores.people.image("unknown") is None
        assert await stores.people.credentials(nobody, "cookie") == []

    async def test_a_person_of_a_provider_is_found_by_how_it_calls_them(self, stores: Stores) -> None:
        eve = external("eve")
        assert await stores.people.add_external(eve) == eve
        assert await stores.people.by_external("clerk", "user_eve") == eve
        assert await stores.people.person(eve.id) == eve
        assert await stores.people.by_external("oidc", "user_eve") is None
        assert not await stores.people.was_erased("clerk", "user_eve")
        await stores.people.add_credential(credential("of-eve", eve))
        assert await stores.people.by_credential("of-eve", 0) == eve

    async def test_of_many_who_come_first_at_once_there_is_one(self, stores: Stores, another_node: AnotherNode) -> None:
        nodes = (stores, await another_node())
        came = await outcomes(
            [nodes[n % 2].people.add_external(replace(external("eve"), id=PersonId(f"p{n}"))) for n in range(10)]
        )
        assert len({person.id for person in came}) == 1

    async def test_only_who_has_a_password_here_owns_an_address(self, stores: Stores) -> None:
        await stores.people.add_external(external("eve"))
        await stores.people.add_external(replace(external("eva"), email="eve@example.org"))
        assert await stores.people.with_password("eve@example.org") is None
        owner = await stores.account("eve2", email="eve@example.org")
        assert await stores.people.with_password("eve@example.org") == (owner, "hash of eve2")
        changed = replace(external("eva"), name="Eva II", email="ada@example.org", updated_at=2_000)
        await stores.people.update(changed)
        assert await stores.people.by_external("clerk", "user_eva") == changed

    async def test_an_erased_person_of_a_provider_is_remembered_by_name_alone(self, stores: Stores) -> None:
        eve = external("eve")
        await stores.people.add_external(eve)
        await stores.people.erase(eve.id)
        assert await stores.people.by_external("clerk", "user_eve") is None
        assert await stores.people.was_erased("clerk", "user_eve")
        with pytest.raises(Refusal):
            await stores.people.add_external(replace(eve, id=PersonId("again")))

    async def test_an_older_word_of_a_provider_changes_nothing(self, stores: Stores, another_node: AnotherNode) -> None:
        eve = external("eve")
        await stores.people.add_external(eve)
        nodes = (stores, await another_node())
        words = [replace(eve, name=f"Eve {n}", image=f"https://x/{n}", updated_at=2_000 + n) for n in range(10)]
        assert await outcomes([nodes[n % 2].people.update(word) for n, word in enumerate(words)]) == [None] * 10
        assert await stores.people.person(eve.id) == words[-1]
        await stores.people.update(words[3])
        assert await stores.people.person(eve.id) == words[-1]

    async def test_guest_becomes_a_person_of_a_provider(self, stores: Stores) -> None:
        for name in ("gus", "gil"):
            await stores.people.add_guest(guest(name))
        grown = replace(external("eve"), id=PersonId("gus"))
        await stores.people.upgrade_guest(grown, None)
        assert await stores.people.by_external("clerk", "user_eve") == grown
        assert await stores.people.with_password("eve@example.org") is None
        with pytest.raises(Refusal, match="no such person"):
            await stores.people.upgrade_guest(replace(grown, id=PersonId("gil")), None)
        assert await stores.people.person(PersonId("gil")) == guest("gil")
        await stores.people.erase(grown.id)
        assert await stores.people.was_erased("clerk", "user_eve")

    async def test_credentials_that_ended_long_ago_are_forgotten(self, stores: Stores) -> None:
        ada = await stores.account("ada")
        for number, expires in enumerate((1_000, 10**13)):
            await stores.people.add_credential(replace(credential(f"d{number}", ada), expires_at=expires))
        assert await stores.people.drop_expired(10**12) == 1
        assert [one.digest for one in await stores.people.credentials(ada.id, "cookie")] == ["d1"]

    async def test_one_of_many_parallel_registrations_of_an_address_wins(
        self, stores: Stores, another_node: AnotherNode
    ) -> None:
        nodes = (stores, await another_node())
        spellings = ("ada@example.org", "ADA@example.org", "Ada@Example.Org")
        attempts = [
            nodes[n % 2].people.add_account(replace(account(f"p{n}"), email=spellings[n % 3]), "hash")
            for n in range(50)
        ]
        results = await outcomes(attempts)
        assert results.count(None) == 1
        assert sum(isinstance(result, EmailTaken) for result in results) == 49

    async def test_guests_have_no_address_and_do_not_stand_in_each_others_way(self, stores: Stores) -> None:
        await stores.people.add_guest(guest("gus"))
        await stores.people.add_guest(guest("gil"))
        assert await stores.people.person(PersonId("gus")) == guest("gus")
        assert await stores.people.password_hash(PersonId("gus")) is None

    async def test_guest_becomes_an_account(self, stores: Stores) -> None:
        await stores.people.add_guest(guest("gus"))
        grown = replace(account("gus"), name="Gustav", updated_at=7_000)
        await stores.people.upgrade_guest(grown, "hash")
        assert await stores.people.with_password("gus@example.org") == (grown, "hash")

    async def test_guest_cannot_take_an_address(self, stores: Stores) -> None:
        await stores.account("ada")
        await stores.people.add_guest(guest("gus"))
        with pytest.raises(EmailTaken):
            await stores.people.upgrade_guest(replace(account("gus"), email="ada@example.org"), "hash")
        assert await stores.people.person(PersonId("gus")) == guest("gus")

    async def test_only_a_guest_is_upgraded(self, stores: Stores) -> None:
        ada = await stores.account("ada")
        with pytest.raises(Refusal, match="no such person"):
            await stores.people.upgrade_guest(replace(ada, name="Eve"), "other hash")
        assert await stores.people.with_password("ada@example.org") == (ada, "hash of ada")

    async def test_update_stores_name_image_and_time_only(self, stores: Stores) -> None:
        ada = await stores.account("ada")
        changed = replace(ada, name="Ada L.", image="/api/images/a.webp", updated_at=9_000)
        await stores.people.update(replace(changed, email="eve@example.org", created_at=9_000))
        assert await stores.people.person(ada.id) == changed

    async def test_update_of_an_erased_person_brings_nothing_back(self, stores: Stores) -> None:
        ada = await stores.account("ada")
        session = await stores.session(host=ada)
        await stores.people.erase(ada.id)
        with pytest.raises(Refusal) as refused:
            await stores.people.update(ada)
        assert refused.value.kind is Kind.NOT_FOUND
        stored = await stores.sessions.get(session.id)
        assert stored
        assert stored.host.name == "Somebody"

    async def test_credential_works_until_it_expires(self, stores: Stores) -> None:
        ada = await stores.account("ada")
        await stores.people.add_credential(credential("one", ada, expires_at=5_000))
        assert await stores.people.by_credential("one", 4_999) == ada
        assert await stores.people.by_credential("one", 5_000) is None

    async def test_dropped_credential_is_gone_and_the_others_stay(self, stores: Stores) -> None:
        ada = await stores.account("ada")
        await stores.people.add_credential(credential("one", ada))
        await stores.people.add_credential(credential("two", ada))
        await stores.people.drop_credential("one")
        await stores.people.drop_credential("never there")
        assert await stores.people.by_credential("one", 1_000) is None
        assert await stores.people.by_credential("two", 1_000) == ada

    async def test_credentials_of_a_kind_newest_first(self, stores: Stores) -> None:
        ada, eve = await stores.account("ada"), await stores.account("eve")
        old = credential("old", ada, kind="token", label="laptop", created_at=1_000, expires_at=1_500)
        new = credential("new", ada, kind="token", label="ci", created_at=2_000)
        for one in (old, new, credential("cookie", ada), credential("hers", eve, kind="token")):
            await stores.people.add_credential(one)
        assert await stores.people.credentials(ada.id, "token") == [new, old]

    async def test_new_password_revokes_every_credential_but_one(self, stores: Stores) -> None:
        ada, eve = await stores.account("ada"), await stores.account("eve")
        for one in (credential("this", ada), credential("other", ada), credential("hers", eve)):
            await stores.people.add_credential(one)
        await stores.people.set_password(ada.id, "new hash", "this")
        assert await stores.people.password_hash(ada.id) == "new hash"
        assert await stores.people.by_credential("this", 1_000)
        assert await stores.people.by_credential("other", 1_000) is None
        assert await stores.people.by_credential("hers", 1_000) == eve

    async def test_new_password_may_revoke_all(self, stores: Stores) -> None:
        ada = await stores.account("ada")
        await stores.people.add_credential(credential("this", ada))
        await stores.people.set_password(ada.id, "new hash", None)
        assert await stores.people.by_credential("this", 1_000) is None

    async def test_settings_are_those_saved_last_and_nobody_elses(self, stores: Stores) -> None:
        ada, ben = await stores.account("ada"), guest("ben")
        await stores.people.add_guest(ben)
        assert await stores.people.settings(ada.id) == "{}"
        await stores.people.save_settings(ada.id, '{"keys":"vim"}')
        await stores.people.save_settings(ben.id, '{"keys":"emacs"}')
        await stores.people.save_settings(ada.id, '{"keys":"default"}')
        assert await stores.people.settings(ada.id) == '{"keys":"default"}'
        await stores.people.upgrade_guest(replace(ben, guest=False, email="ben@example.org"), "hash")
        assert await stores.people.settings(ben.id) == '{"keys":"emacs"}'
        assert await stores.people.person(ada.id) == ada

    async def test_nobody_and_the_erased_have_no_settings(self, stores: Stores) -> None:
        ada = await stores.account("ada")
        await stores.people.save_settings(ada.id, '{"keys":"vim"}')
        await stores.people.erase(ada.id)
        assert await stores.people.settings(ada.id) == "{}"
        for nobody in (ada.id, PersonId("nobody")):
            with pytest.raises(Refusal, match="There is no such person"):
                await stores.people.save_settings(nobody, "{}")

    async def test_erased_person_is_gone_and_the_address_free(self, stores: Stores) -> None:
        ada = await stores.account("ada")
        await stores.people.add_credential(credential("one", ada))
        await stores.people.erase(ada.id)
        await stores.people.erase(ada.id)
        assert await stores.people.person(ada.id) is None
        assert await stores.people.with_password("ada@example.org") is None
        assert await stores.people.password_hash(ada.id) is None
        assert await stores.people.by_credential("one", 1_000) is None
        await stores.people.add_account(replace(ada, id=PersonId("ada2")), "hash")

    async def test_erased_person_gets_nothing_new(self, stores: Stores) -> None:
        ada = await stores.account("ada")
        await stores.people.erase(ada.id)
        with pytest.raises(Refusal, match="no such person"):
            await stores.people.add_credential(credential("late", ada))
        with pytest.raises(Refusal, match="no such person"):
            await stores.people.set_password(ada.id, "hash", None)
        with pytest.raises(Refusal, match="no such person"):
            await stores.people.upgrade_guest(ada, "hash")
        assert await stores.people.with_password("ada@example.org") is None

    async def test_credential_and_erasure_at_once_leave_no_working_credential(
        self, stores: Stores, another_node: AnotherNode
    ) -> None:
        other = await another_node()
        for number in range(10):
            ada = await stores.account(f"ada{number}")
            await outcomes(
                [stores.people.add_credential(credential(f"d{number}", ada)), other.people.erase(ada.id)],
            )
            assert await stores.people.by_credential(f"d{number}", 1_000) is None

    async def test_erased_person_stays_unnamed_in_what_others_read(self, stores: Stores) -> None:
        ada, bob = await stores.account("ada"), await stores.account("bob", image="/api/images/b.webp")
        session = await stores.session(host=ada)
        await stores.sessions.change(session.id, lambda s: s.joined_by(member(bob), 5))
        await stores.people.erase(bob.id)
        stored = await stores.sessions.get(session.id)
        assert stored
        assert [(m.person, m.name, m.image) for m in stored.members] == [("bob", "Somebody", None)]
        assert stored.host.name == "Ada"

    async def test_erased_persons_invites_no_longer_work(self, stores: Stores) -> None:
        ada, bob = await stores.account("ada"), await stores.account("bob")
        session = await stores.session(host=ada)
        for digest, by in (("hers", ada), ("his", bob)):
            await stores.sessions.add_invite(Invite(digest, session.id, Role.CANDIDATE, by.id, 1_000, LATER))
        await stores.people.erase(bob.id)
        hers, his = await stores.sessions.invite("hers"), await stores.sessions.invite("his")
        assert hers
        assert hers.usable(1_000)
        assert his is None or not his.usable(1_000)

    async def test_picture_is_kept_once_however_often_it_is_saved(
        self, stores: Stores, another_node: AnotherNode
    ) -> None:
        other = await another_node()
        content = bytes(range(256))
        saves = [(stores, other)[n % 2].people.save_image("a.webp", "image/webp", content) for n in range(20)]
        assert await outcomes(saves) == [None] * 20
        assert await stores.people.image("a.webp") == ("image/webp", content)

    @pytest.mark.parametrize("how", ["erased", "replaced"])
    async def test_picture_goes_with_the_last_who_uses_it(self, stores: Stores, how: str) -> None:
        address = "/api/images/a.webp"
        await stores.people.save_image("a.webp", "image/webp", b"picture")
        for name in ("ada", "bob"):
            person = await stores.account(name, image=address)
            assert await stores.people.image("a.webp")
        for name, is_kept in (("ada", True), ("bob", False)):
            person = account(name, image=address)
            if how == "erased":
                await stores.people.erase(person.id)
            else:
                await stores.people.update(replace(person, image=None))
            assert (await stores.people.image("a.webp") is not None) is is_kept
