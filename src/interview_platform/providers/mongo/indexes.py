"""The indexes, made at every start: those that guard a rule first of all."""

from pymongo import ASCENDING, DESCENDING, IndexModel
from pymongo.errors import DuplicateKeyError

from interview_platform.kit.errors import CannotOpen
from interview_platform.providers.mongo.client import Database

SCHEMA = 2  # goes up when an older release could not work with what this one writes


def _index(*fields: str, unique: bool = False, where: str | None = None) -> IndexModel:
    """`-field` is descending. `where`: only documents that have this field."""
    keys = [(field.lstrip("-"), DESCENDING if field.startswith("-") else ASCENDING) for field in fields]
    if where is None:
        return IndexModel(keys, unique=unique)
    return IndexModel(keys, unique=unique, partialFilterExpression={where: {"$exists": True}})


_INDEXES = {
    "people": [
        _index("login", unique=True, where="login"),  # who signs in by password owns the address
        _index("provider", "subject", unique=True, where="provider"),
        _index("credentials.digest"),
        _index("credentials.expiresAt"),
        _index("profileImage"),  # is anybody else using it?
    ],
    "interviews": [
        _index("callId", unique=True),
        _index("status", "visibility", "-createdAt", "-_id"),
        _index("host", "status", "-createdAt", "-_id"),
        _index("members.person", "status", "-createdAt", "-_id"),
    ],
    "invites": [_index("session"), _index("createdBy")],
    # That a number is given out once is the business of _id.
    "timeline": [
        _index("session", "last"),
        _index("session", "key", unique=True, where="key"),
        _index("session", "chat.seq", where="chat.seq"),
        _index("chat.id", unique=True, where="chat.id"),
        _index("session", "notes.key", where="notes.key"),
    ],
    "runs": [
        _index("session", "-createdAt", "-_id"),
        _index("person", "-createdAt"),
        _index("notes.key", where="notes.key"),
    ],
    "attachments": [_index("session")],
    "deliveries": [_index("dead", "nextAt")],
}


async def prepare(database: Database) -> None:
    """Safe against another node doing the same. Raises CannotOpen for a database of a newer release."""
    known = await database.meta.find_one({"_id": "schema"})
    if known is not None and known["version"] > SCHEMA:
        raise CannotOpen(
            f"The database was written by a newer release (its schema is {known['version']}, this one knows {SCHEMA}). "
            "Install that release again, or restore a backup made before it."
        )
    for collection, indexes in _INDEXES.items():
        await database[collection].create_indexes(indexes)
    if known is not None:
        await database.meta.update_one({"_id": "schema"}, {"$max": {"version": SCHEMA}})
    else:
        try:
            await database.meta.insert_one({"_id": "schema", "version": SCHEMA})
        except DuplicateKeyError:
            return  # another node, just now
