"""People, with their credentials inside of them: to revoke is then one atomic step, as is to erase."""

from collections.abc import Set as AbstractSet
from typing import Any, TypeAlias

from pymongo import ReturnDocument
from pymongo.errors import DuplicateKeyError

from interview_platform.accounts.model import Person, PersonId
from interview_platform.accounts.ports import ERASED_NAME, EXPIRED_KEPT_MS, Credential, EmailTaken
from interview_platform.kit.clock import now_ms
from interview_platform.kit.errors import not_found, unauthenticated
from interview_platform.providers.mongo.client import Collection, Database, Document, answering

Names: TypeAlias = dict[str, tuple[str, str | None]]

_PUBLIC = {"credentials": 0, "passwordHash": 0, "settings": 0}
_HERE: Document = {"erasedAt": None}
_OWN = ("login", "passwordHash", "settings")


class UnknownPerson(LookupError):
    """What others would point at: MongoDB has no foreign keys, so we look ourselves. (Nobody's row ever goes away.)"""

    def __init__(self, id: str) -> None:
        super().__init__(f"foreign key: there is no person {id}")


@answering
class MongoPeopleStore:
    def __init__(self, database: Database) -> None:
        self._people = database.people
        self._images = database.images
        self._invites = database.invites
        self._runs = database.runs

    async def add_account(self, person: Person, password_hash: str) -> None:
        try:
            await self._people.insert_one({**person_document(person), **_account(person, password_hash)})
        except DuplicateKeyError as error:
            raise _taken(error) from None

    async def add_guest(self, person: Person) -> None:
        await self._people.insert_one(person_document(person))

    async def add_external(self, person: Person) -> Person:
        try:
            await self._people.insert_one(person_document(person))
        except DuplicateKeyError as error:
            found = await self.by_external(person.provider or "", person.subject or "")
            if found is None:  # erased, or something else than the race that is expected here
                raise unauthenticated() from error
            return found
        return person

    async def by_external(self, provider: str, subject: str) -> Person | None:
        return await self._one({"provider": provider, "subject": subject, **_HERE})

    async def was_erased(self, provider: str, subject: str) -> bool:
        erased = {"provider": provider, "subject": subject, "erasedAt": {"$ne": None}}
        return await self._people.find_one(erased, {"_id": 1}) is not None

    async def upgrade_guest(self, person: Person, password_hash: str | None) -> None:
        guest = {"_id": person.id, "guest": True, **_HERE}
        vouched = {"email": person.email, "provider": person.provider, "subject": person.subject}
        account = vouched if password_hash is None else _account(person, password_hash)
        try:
            done = await self._people.update_one(guest, {"$set": {**_profile(person), **account, "guest": False}})
        except DuplicateKeyError as error:
            if person.external:  # somebody is this person of the provider already
                raise not_found("person") from error
            raise _taken(error) from None
        if not done.matched_count:
            raise not_found("person")

    async def person(self, id: PersonId) -> Person | None:
        return await self._one({"_id": id, **_HERE})

    async def with_password(self, email: str) -> tuple[Person, str] | None:
        found = await self._people.find_one({"login": email.lower()}, {"credentials": 0})
        return (_person(found), found["passwordHash"]) if found else None

    async def password_hash(self, id: PersonId) -> str | None:
        found = await self._people.find_one({"_id": id, **_HERE}, {"passwordHash": 1})
        return found.get("passwordHash") if found else None

    async def update(self, person: Person) -> None:
        values = _profile(person) | ({"email": person.email} if person.external else {})
        # A provider's older word does not take the place of a newer one.
        newest = {"updatedAt": {"$lte": person.updated_at}} if person.external else {}
        before = await self._people.find_one_and_update(
            {"_id": person.id, **_HERE, **newest},
            {"$set": values},
            {"profileImage": 1},
            return_document=ReturnDocument.BEFORE,
        )
        if before is None and newest and await self.person(person.id) is not None:
            return
        if before is None:  # erased meanwhile: nothing of them may come back
            raise not_found("person")
        if before["profileImage"] != person.image:
            await self._drop_unused_image(before["profileImage"], person.id)

    async def set_password(self, id: PersonId, password_hash: str, keep: str | None) -> None:
        done = await self._people.update_one(
            {"_id": id, "login": {"$exists": True}},
            {
                "$set": {"passwordHash": password_hash, "updatedAt": now_ms()},
                "$pull": {"credentials": {"digest": {"$ne": keep}}},
            },
        )
        if not done.matched_count:
            raise not_found("person")

    async def settings(self, id: PersonId) -> str:
        found = await self._people.find_one({"_id": id, **_HERE}, {"settings": 1})
        return str(found.get("settings", "{}")) if found else "{}"

    async def save_settings(self, id: PersonId, settings: str) -> None:
        saved = await self._people.update_one({"_id": id, **_HERE}, {"$set": {"settings": settings}})
        if not saved.matched_count:
            raise not_found("person")

    async def erase(self, id: PersonId) -> None:
        """Around them first, they themselves last: if we die in between, they are still here to be erased again."""
        before = await self._people.find_one({"_id": id, **_HERE}, {"profileImage": 1})
        if before is None:
            return
        await self._invites.update_many({"createdBy": id}, {"$set": {"revoked": True}})
        # Runs outside a session were for the person's eyes only.
        await self._runs.delete_many({"person": id, "session": None})
        await self._drop_unused_image(before["profileImage"], id)
        now = now_ms()
        wiped: dict[str, Any] = {"name": ERASED_NAME, "email": None, "profileImage": None, "credentials": []}
        await self._people.update_one(
            {"_id": id, **_HERE},
            {"$set": {**wiped, "updatedAt": now, "erasedAt": now}, "$unset": dict.fromkeys(_OWN, "")},
        )

    async def add_credential(self, credential: Credential) -> None:
        here = {"_id": credential.person, **_HERE}
        forgotten = credential.created_at - EXPIRED_KEPT_MS
        await self._people.update_one(here, {"$pull": {"credentials": {"expiresAt": {"$lte": forgotten}}}})
        added = await self._people.update_one(here, {"$push": {"credentials": _credential_document(credential)}})
        if not added.matched_count:
            raise not_found("person")

    async def by_credential(self, digest: str, now: int) -> Person | None:
        return await self._one({"credentials": {"$elemMatch": {"digest": digest, "expiresAt": {"$gt": now}}}})

    async def drop_credential(self, digest: str) -> None:
        await self._people.update_one({"credentials.digest": digest}, {"$pull": {"credentials": {"digest": digest}}})

    async def credentials(self, person: PersonId, kind: str) -> list[Credential]:
        found = await self._people.find_one({"_id": person}, {"credentials": 1})
        all_of_them = [_credential(person, one) for one in found["credentials"]] if found else []
        return sorted([c for c in all_of_them if c.kind == kind], key=lambda c: (-c.created_at, c.digest))

    async def drop_expired(self, now: int) -> int:
        old = {"$lte": now - EXPIRED_KEPT_MS}
        dropped = 0
        async for person in self._people.find({"credentials.expiresAt": old}, {"_id": 1}):
            before = await self._people.find_one_and_update(
                {"_id": person["_id"]}, {"$pull": {"credentials": {"expiresAt": old}}}, {"credentials": 1}
            )
            dropped += sum(one["expiresAt"] <= old["$lte"] for one in before["credentials"]) if before else 0
        return dropped

    async def save_image(self, name: str, media_type: str, content: bytes) -> None:
        try:
            await self._images.insert_one({"_id": name, "mediaType": media_type, "content": content})
        except DuplicateKeyError:
            return  # the same picture: the name is the hash of the content

    async def image(self, name: str) -> tuple[str, bytes] | None:
        found = await self._images.find_one({"_id": name})
        return (found["mediaType"], bytes(found["content"])) if found else None

    async def _one(self, chosen: Document) -> Person | None:
        found = await self._people.find_one(chosen, _PUBLIC)
        return _person(found) if found else None

    async def _drop_unused_image(self, address: str | None, unless: PersonId) -> None:
        """Unless somebody else than the person uses it."""
        if address is None:
            return
        name = address.rpartition("/")[2]
        others = {"profileImage": {"$in": [address, name]}, "_id": {"$ne": unless}}
        if await self._people.find_one(others, {"_id": 1}) is None:
            await self._images.delete_one({"_id": name})


async def named(people: Collection, ids: AbstractSet[str]) -> Names:
    """Name and picture of each, as of now. Who is not there, as after a backup that was none, counts as erased."""
    found = people.find({"_id": {"$in": sorted(ids)}}, {"name": 1, "profileImage": 1})
    names = {one["_id"]: (one["name"], one["profileImage"]) for one in await found.to_list()}
    return {id: names.get(id, (ERASED_NAME, None)) for id in ids}


async def required(people: Collection, ids: AbstractSet[str]) -> None:
    """For what is to point at them. Raises UnknownPerson."""
    found = {one["_id"] for one in await people.find({"_id": {"$in": sorted(ids)}}, {"_id": 1}).to_list()}
    for missing in sorted(ids - found):
        raise UnknownPerson(missing)


def person_document(person: Person) -> dict[str, Any]:
    """Somebody without a password. What they do not have is left out where an index looks for it."""
    external = {"provider": person.provider, "subject": person.subject} if person.external else {}
    account = {"email": person.email, "guest": person.guest, "createdAt": person.created_at}
    return {"_id": person.id, **_profile(person), **account, **external, "credentials": []}


def _profile(person: Person) -> dict[str, Any]:
    return {"name": person.name, "profileImage": person.image, "updatedAt": person.updated_at}


def _account(person: Person, password_hash: str) -> dict[str, Any]:
    return {"email": person.email, "login": (person.email or "").lower(), "passwordHash": password_hash}


def _person(found: Document) -> Person:
    return Person(
        found["_id"],
        found["name"],
        found["email"],
        found["profileImage"],
        found["guest"],
        found["createdAt"],
        found["updatedAt"],
        found.get("provider"),
        found.get("subject"),
    )


def _credential_document(credential: Credential) -> Document:
    return {
        "digest": credential.digest,
        "kind": credential.kind,
        "label": credential.label,
        "createdAt": credential.created_at,
        "expiresAt": credential.expires_at,
    }


def _credential(person: PersonId, stored: Document) -> Credential:
    return Credential(
        stored["digest"], person, stored["kind"], stored["label"], stored["createdAt"], stored["expiresAt"]
    )


def _taken(error: DuplicateKeyError) -> Exception:
    return EmailTaken() if "login" in ((error.details or {}).get("keyPattern") or {}) else error
