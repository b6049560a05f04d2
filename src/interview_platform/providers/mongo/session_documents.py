"""How a session is kept: one document with its members, who are looked up by their ids to be shown."""

from typing import Any

from interview_platform.accounts.model import PersonId
from interview_platform.problems.model import Difficulty
from interview_platform.providers.mongo.client import Document
from interview_platform.providers.mongo.people import Names
from interview_platform.sessions.model import Invite, Member, Role, Session, SessionId, Status, Visibility
from interview_platform.sessions.settings import settings_json, settings_of


def people_of(stored: Document) -> set[str]:
    return {stored["host"], *(member["person"] for member in stored["members"])}


def new_document(session: Session) -> dict[str, Any]:
    fixed = {"callId": session.call_id, "createdAt": session.created_at}
    return {"_id": session.id, **fixed, **changing(session), "version": 0, "notes": []}


def changing(session: Session) -> dict[str, Any]:
    """The fields that `change` may change."""
    return {
        "host": session.host.person,
        "problem": session.problem,
        "problemSlug": session.problem_slug,
        "difficulty": session.difficulty.value,
        "status": session.status.value,
        "visibility": session.visibility.value,
        "capacity": session.capacity,
        "updatedAt": session.updated_at,
        "endedAt": session.ended_at,
        "lobby": session.lobby,
        "startedAt": session.started_at,
        "settings": settings_json(session.settings),
        "members": [_member_document(member) for member in session.members],
    }


def session_of(stored: Document, names: Names) -> Session:
    """What a document of an older release lacks is what was true of every session then."""
    host = stored["host"]
    return Session(
        id=SessionId(stored["_id"]),
        problem=stored["problem"],
        problem_slug=stored["problemSlug"],
        difficulty=Difficulty(stored["difficulty"]),
        host=Member(PersonId(host), *names[host], Role.HOST, stored["createdAt"]),
        members=tuple([_member(member, names) for member in stored["members"]]),
        status=Status(stored["status"]),
        visibility=Visibility(stored["visibility"]),
        capacity=stored["capacity"],
        call_id=stored["callId"],
        created_at=stored["createdAt"],
        updated_at=stored["updatedAt"],
        ended_at=stored["endedAt"],
        lobby=stored.get("lobby", False),
        started_at=stored.get("startedAt", stored["createdAt"]),
        settings=settings_of(stored.get("settings", "{}")),
    )


def invite_document(invite: Invite) -> Document:
    return {
        "_id": invite.digest,
        "session": invite.session,
        "role": invite.role.value,
        "createdBy": invite.created_by,
        "createdAt": invite.created_at,
        "expiresAt": invite.expires_at,
        "revoked": invite.revoked,
    }


def invite_of(stored: Document) -> Invite:
    return Invite(
        stored["_id"],
        SessionId(stored["session"]),
        Role(stored["role"]),
        PersonId(stored["createdBy"]),
        stored["createdAt"],
        stored["expiresAt"],
        stored["revoked"],
    )


def _member_document(member: Member) -> Document:
    return {
        "person": member.person,
        "role": member.role.value,
        "joinedAt": member.joined_at,
        "leftAt": member.left_at,
        "removed": member.removed,
        "waiting": member.waiting,
        "invite": member.invite,
    }


def _member(stored: Document, names: Names) -> Member:
    person = stored["person"]
    return Member(
        PersonId(person),
        *names[person],
        Role(stored["role"]),
        stored["joinedAt"],
        stored["leftAt"],
        stored["removed"],
        stored.get("waiting", False),
        stored.get("invite"),
    )
