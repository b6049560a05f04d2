"""The tables. One set of statements serves SQLite and PostgreSQL; times are whole milliseconds (UTC).

A change here needs a revision under `migrations/versions` (docs/storage.md); a test compares the two.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    false,
    func,
    text,
)

from interview_platform.kit.text import storable


class AnyText(TypeDecorator[str]):
    """Text that people and programs wrote."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's
        return value and storable(value)


# Small rows that are only ever found by their key: SQLite then keeps one tree instead of two, which halves what an
# append writes.
_CLUSTERED: dict[str, Any] = {"sqlite_with_rowid": False}

# Columns that came later: what the rows have that were there before.
_NOTHING_SET, _NONE_OF_THEM = text("'{}'"), text("'[]'")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

people = Table(
    "people",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("email", String),  # None: guest, or erased
    Column("password_hash", String),
    Column("image", String),
    Column("guest", Boolean, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Column("erased_at", BigInteger),
    Column("provider", String),  # who vouches for them, when it is not us
    Column("subject", String),  # kept when they are erased
    Column("settings", Text, nullable=False, server_default=_NOTHING_SET),  # JSON: how they like the editor
)
# Who signs in by password owns the address. What a provider says of its people is theirs and need not be the only one.
Index(
    "uq_people_email",
    func.lower(people.c.email),
    unique=True,
    sqlite_where=people.c.password_hash.is_not(None),
    postgresql_where=people.c.password_hash.is_not(None),
)
Index("uq_people_provider", people.c.provider, people.c.subject, unique=True)
Index("ix_people_image", people.c.image)  # is anybody else using it?

credentials = Table(
    "credentials",
    metadata,
    Column("digest", String, primary_key=True),
    Column("person_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("label", String, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    **_CLUSTERED,
)

images = Table(
    "images",
    metadata,
    Column("name", String, primary_key=True),  # hash of the content
    Column("media_type", String, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", String, primary_key=True),
    Column("problem", String, nullable=False),
    Column("problem_slug", String, nullable=False),
    Column("difficulty", String, nullable=False),
    Column("host_id", ForeignKey("people.id"), nullable=False),
    Column("status", String, nullable=False),
    Column("visibility", String, nullable=False),
    Column("capacity", Integer, nullable=False),
    Column("call_id", String, nullable=False, unique=True),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Column("ended_at", BigInteger),
    Column("lobby", Boolean, nullable=False, server_default=false()),
    Column("started_at", BigInteger),  # None: still being prepared
    Column("settings", Text, nullable=False, server_default=_NOTHING_SET),  # JSON (see sessions/settings.py)
)
Index("ix_sessions_listed", sessions.c.status, sessions.c.visibility, sessions.c.created_at, sessions.c.id)
Index("ix_sessions_host", sessions.c.host_id, sessions.c.status, sessions.c.created_at)

members = Table(
    "members",
    metadata,
    Column("session_id", ForeignKey("sessions.id"), primary_key=True),
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("role", String, nullable=False),
    Column("joined_at", BigInteger, nullable=False),
    Column("left_at", BigInteger),
    Column("removed", Boolean, nullable=False),  # by the host
    Column("position", Integer, nullable=False),  # order of joining
    Column("waiting", Boolean, nullable=False, server_default=false()),  # in the lobby
    Column("invite", String),  # digest of the link they came by
    **_CLUSTERED,
)
Index("ix_members_person", members.c.person_id)

invites = Table(
    "invites",
    metadata,
    Column("digest", String, primary_key=True),
    Column("session_id", ForeignKey("sessions.id"), nullable=False, index=True),
    Column("role", String, nullable=False),
    Column("created_by", ForeignKey("people.id"), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("revoked", Boolean, nullable=False),
    **_CLUSTERED,
)

# The last number given out per session. Locking this one row is what keeps the numbers gapless on PostgreSQL.
timeline_heads = Table(
    "timeline_heads",
    metadata,
    Column("session_id", ForeignKey("sessions.id"), primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("chat_seq", BigInteger, nullable=False),
    **_CLUSTERED,
)

timeline = Table(
    "timeline",
    metadata,
    Column("session_id", ForeignKey("sessions.id"), primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("kind", String, nullable=False),
    Column("person_id", String),
    Column("at", BigInteger, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    **_CLUSTERED,
)

documents = Table(
    "documents",
    metadata,
    Column("session_id", ForeignKey("sessions.id"), primary_key=True),
    Column("name", String, primary_key=True),  # of the session's documents
    Column("seq", BigInteger, nullable=False),
    Column("state", LargeBinary, nullable=False),
    Column("checksum", BigInteger),  # CRC-32 of the state; None: written before there was one
)

messages = Table(
    "messages",
    metadata,
    Column("session_id", ForeignKey("sessions.id"), primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("text", AnyText, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("attachments", Text, nullable=False, server_default=_NONE_OF_THEM),  # JSON: all but their content
    Column("edited_at", BigInteger),
    Column("deleted_at", BigInteger),
    Column("rev", Integer, nullable=False, server_default=text("0")),  # goes up with every change of the message
)

reactions = Table(
    "reactions",
    metadata,
    Column("session_id", ForeignKey("sessions.id"), primary_key=True),
    Column("message_id", String, primary_key=True),
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("emoji", String, primary_key=True),
    **_CLUSTERED,
)

attachments = Table(
    "attachments",
    metadata,
    Column("id", String, primary_key=True),
    Column("session_id", ForeignKey("sessions.id"), nullable=False, index=True),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("name", String, nullable=False),
    Column("media_type", String, nullable=False),
    Column("size", Integer, nullable=False),
    Column("width", Integer),  # of an image
    Column("height", Integer),
    Column("content", LargeBinary, nullable=False),
    Column("at", BigInteger, nullable=False),
)

# What still has to happen outside of a request: one row for each event and function, gone when it is done.
deliveries = Table(
    "deliveries",
    metadata,
    Column("id", String, primary_key=True),
    Column("function", String, nullable=False),
    Column("name", String, nullable=False),
    Column("data", Text, nullable=False),  # JSON
    Column("created_at", BigInteger, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", BigInteger, nullable=False),
    Column("dead", Boolean, nullable=False),
    Column("error", Text, nullable=False),
)
Index("ix_deliveries_due", deliveries.c.dead, deliveries.c.next_at)

runs = Table(
    "runs",
    metadata,
    Column("id", String, primary_key=True),
    Column("session_id", ForeignKey("sessions.id")),  # None: outside a room
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("language", String, nullable=False),
    Column("mode", String, nullable=False),
    Column("source", AnyText, nullable=False),
    Column("stdin", AnyText, nullable=False),
    Column("status", String, nullable=False),
    Column("verdict", String),
    Column("result", Text, nullable=False),  # JSON: streams, tests, times (see storage/runs.py)
    Column("created_at", BigInteger, nullable=False),
    Column("finished_at", BigInteger),
)
Index("ix_runs_session", runs.c.session_id, runs.c.created_at)
Index("ix_runs_person", runs.c.person_id, runs.c.created_at)
