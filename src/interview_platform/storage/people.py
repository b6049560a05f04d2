"""People, their credentials and profile images."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, exists, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from interview_platform.accounts.model import Person, PersonId
from interview_platform.accounts.ports import ERASED_NAME, EXPIRED_KEPT_MS, Credential, EmailTaken
from interview_platform.kit.clock import now_ms
from interview_platform.kit.errors import not_found, unauthenticated
from interview_platform.storage.database import Database, first
from interview_platform.storage.query import Query
from interview_platform.storage.tables import credentials, images, invites, people, runs

_p, _c = people.c, credentials.c
_PERSON = (
    *(_p.id, _p.name, _p.email, _p.image, _p.guest, _p.created_at, _p.updated_at),
    *(_p.provider, _p.subject),
)
_here = _p.erased_at.is_(None)

_BY_CREDENTIAL = Query(
    select(*_PERSON)
    .join(credentials, _c.person_id == _p.id)
    .where(_c.digest == bindparam("digest"), _c.expires_at > bindparam("now"))
)
_BY_ID = Query(select(*_PERSON).where(_p.id == bindparam("id"), _here))
_BY_EMAIL = Query(
    select(*_PERSON, _p.password_hash).where(
        func.lower(_p.email) == func.lower(bindparam("email")), _p.password_hash.is_not(None)
    )
)
_external = and_(_p.provider == bindparam("provider"), _p.subject == bindparam("subject"))
_BY_EXTERNAL = Query(select(*_PERSON).where(_external, _here))
_ERASED = Query(select(_p.id).where(_external, _p.erased_at.is_not(None)))
_PASSWORD = Query(select(_p.password_hash).where(_p.id == bindparam("id"), _here))
_SETTINGS = Query(select(_p.settings).where(_p.id == bindparam("id"), _here))
_CREDENTIALS = Query(
    select(_c.digest, _c.person_id, _c.kind, _c.label, _c.created_at, _c.expires_at)
    .where(_c.person_id == bindparam("person"), _c.kind == bindparam("kind"))
    .order_by(_c.created_at.desc(), _c.digest)
)
_IMAGE = Query(select(images.c.media_type, images.c.content).where(images.c.name == bindparam("name")))


class SqlPeopleStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def add_account(self, person: Person, password_hash: str) -> None:
        with _email_taken():
            await self._database.write(lambda c: insert_person(c, person, password_hash))

    async def add_guest(self, person: Person) -> None:
        await self._database.write(lambda c: insert_person(c, person, None))

    async def add_external(self, person: Person) -> Person:
        try:
            await self._database.write(lambda c: insert_person(c, person, None))
        except IntegrityError as error:
            found = await self.by_external(person.provider or "", person.subject or "")
            if found is None:  # erased, or something else than the race that is expected here
                raise unauthenticated() from error
            return found
        return person

    async def by_external(self, provider: str, subject: str) -> Person | None:
        row = await first(self._database, _BY_EXTERNAL, provider=provider, subject=subject)
        return _person(row) if row else None

    async def was_erased(self, provider: str, subject: str) -> bool:
        return await first(self._database, _ERASED, provider=provider, subject=subject) is not None

    async def upgrade_guest(self, person: Person, password_hash: str | None) -> None:
        upgrade = update(people).where(_p.id == person.id, _p.guest.is_(True), _here)
        account = {"email": person.email, "password_hash": password_hash, "guest": False}
        account |= {"provider": person.provider, "subject": person.subject}
        try:
            with _email_taken():
                values = _profile(person) | account
                upgraded = await self._database.write(lambda c: c.execute(upgrade.values(values)).rowcount)
        except IntegrityError as error:
            if person.external:  # somebody is this person of the provider already
                raise not_found("person") from error
            raise
        if not upgraded:
            raise not_found("person")

    async def person(self, id: PersonId) -> Person | None:
        row = await first(self._database, _BY_ID, id=id)
        return _person(row) if row else None

    async def with_password(self, email: str) -> tuple[Person, str] | None:
        row = await first(self._database, _BY_EMAIL, email=email)
        return (_person(row), row[len(_PERSON)]) if row else None

    async def password_hash(self, id: PersonId) -> str | None:
        row = await first(self._database, _PASSWORD, id=id)
        return row[0] if row else None

    async def update(self, person: Person) -> None:
        await self._database.write(lambda c: _update(c, person))

    async def set_password(self, id: PersonId, password_hash: str, keep: str | None) -> None:
        def work(connection: Connection) -> None:
            values = {"password_hash": password_hash, "updated_at": now_ms()}
            if not connection.execute(update(people).where(_p.id == id, _here).values(values)).rowcount:
                raise not_found("person")
            others = delete(credentials).where(_c.person_id == id)
            connection.execute(others if keep is None else others.where(_c.digest != keep))

        await self._database.write(work)

    async def settings(self, id: PersonId) -> str:
        row = await first(self._database, _SETTINGS, id=id)
        return row[0] if row else "{}"

    async def save_settings(self, id: PersonId, settings: str) -> None:
        save = update(people).where(_p.id == id, _here).values(settings=settings)
        if not await self._database.write(lambda c: c.execute(save).rowcount):
            raise not_found("person")

    async def erase(self, id: PersonId) -> None:
        await self._database.write(lambda c: _erase(c, id))

    async def add_credential(self, credential: Credential) -> None:
        await self._database.write(lambda c: _add_credential(c, credential))

    async def by_credential(self, digest: str, now: int) -> Person | None:
        row = await first(self._database, _BY_CREDENTIAL, digest=digest, now=now)
        return _person(row) if row else None

    async def drop_credential(self, digest: str) -> None:
        await self._database.write(lambda c: c.execute(delete(credentials).where(_c.digest == digest)))

    async def credentials(self, person: PersonId, kind: str) -> list[Credential]:
        rows = await self._database.rows(_CREDENTIALS, person=person, kind=kind)
        return [Credential(*row) for row in rows]

    async def drop_expired(self, now: int) -> int:
        old = delete(credentials).where(_c.expires_at <= now - EXPIRED_KEPT_MS)
        return await self._database.write(lambda c: c.execute(old).rowcount)

    async def save_image(self, name: str, media_type: str, content: bytes) -> None:
        def work(connection: Connection) -> None:
            if _IMAGE.row(connection, name=name) is None:
                connection.execute(insert(images).values(name=name, media_type=media_type, content=content))

        try:
            await self._database.write(work)
        except IntegrityError:
            # Somebody saved the same picture at the same moment: the name is the hash of the content.
            return

    async def image(self, name: str) -> tuple[str, bytes] | None:
        row = await first(self._database, _IMAGE, name=name)
        return (row[0], row[1]) if row else None


def _person(row: Sequence[Any]) -> Person:
    return Person(row[0], row[1], row[2], row[3], bool(row[4]), row[5], row[6], row[7], row[8])


def _profile(person: Person) -> dict[str, Any]:
    return {"name": person.name, "image": person.image, "updated_at": person.updated_at}


def insert_person(connection: Connection, person: Person, password_hash: str | None) -> None:
    account = {"email": person.email, "password_hash": password_hash, "guest": person.guest}
    account |= {"provider": person.provider, "subject": person.subject}
    values = {"id": person.id, "created_at": person.created_at, **_profile(person), **account}
    connection.execute(insert(people).values(values))


@contextmanager
def _email_taken() -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        if "uq_people_email" in str(error.orig):  # both databases name the index
            raise EmailTaken from None
        raise


def _update(connection: Connection, person: Person) -> None:
    found = select(_p.image, _p.updated_at).where(_p.id == person.id, _here).with_for_update()
    before = connection.execute(found).first()
    if before is None:  # erased meanwhile: nothing of them may come back
        raise not_found("person")
    if person.external and before.updated_at > person.updated_at:
        return
    values = _profile(person) | ({"email": person.email} if person.external else {})
    connection.execute(update(people).where(_p.id == person.id).values(values))
    if before.image != person.image:
        _drop_unused_image(connection, before.image)


def _add_credential(connection: Connection, credential: Credential) -> None:
    # The row is locked against an erasure that runs at the same time and would not see the new credential.
    person = select(_p.id).where(_p.id == credential.person, _here).with_for_update()
    if connection.execute(person).first() is None:
        raise not_found("person")
    forgotten = credential.created_at - EXPIRED_KEPT_MS
    connection.execute(delete(credentials).where(_c.person_id == credential.person, _c.expires_at <= forgotten))
    connection.execute(
        insert(credentials).values(
            digest=credential.digest,
            person_id=credential.person,
            kind=credential.kind,
            label=credential.label,
            created_at=credential.created_at,
            expires_at=credential.expires_at,
        )
    )


def _erase(connection: Connection, id: PersonId) -> None:
    before = connection.execute(select(_p.image).where(_p.id == id, _here).with_for_update()).first()
    if before is None:
        return
    now = now_ms()
    nothing = {"email": None, "password_hash": None, "image": None, "settings": "{}"}
    wiped = {"name": ERASED_NAME, **nothing, "updated_at": now, "erased_at": now}
    connection.execute(update(people).where(_p.id == id).values(wiped))
    _drop_unused_image(connection, before.image)
    connection.execute(delete(credentials).where(_c.person_id == id))
    connection.execute(update(invites).where(invites.c.created_by == id).values(revoked=True))
    # Runs outside a session were for the person's eyes only.
    connection.execute(delete(runs).where(runs.c.person_id == id, runs.c.session_id.is_(None)))


def _drop_unused_image(connection: Connection, address: str | None) -> None:
    if address is None:
        return
    name = address.rpartition("/")[2]
    used = exists().where(or_(_p.image == address, _p.image == name))
    connection.execute(delete(images).where(images.c.name == name, ~used))
