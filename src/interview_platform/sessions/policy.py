"""Who may do what in a session: the one matrix, asked once per request or connect."""

from dataclasses import dataclass
from enum import StrEnum

from interview_platform.accounts.model import Person
from interview_platform.kit.errors import forbidden, not_found, unauthenticated
from interview_platform.sessions.model import NotAdmitted, NotHost, Role, Session, SessionCompleted, Visibility
from interview_platform.sessions.settings import ReplayFor


class Action(StrEnum):
    LOOK = "look"  # title, people, status
    READ = "read"  # document, chat, runs; live or afterwards
    EDIT = "edit"  # change the shared document
    RUN = "run"
    CHAT = "chat"
    CALL = "call"
    INVITE = "invite"
    END = "end"
    RECORD = "record"  # the call: start and stop
    ENTER = "enter"  # the room's door: the events socket, which tells who waits that they wait
    STAFF = "staff"  # the interviewers' document, hints, integrity; live or afterwards
    PREPARE = "prepare"  # start, add pads
    ADMIT = "admit"  # let in, send back to the lobby, show candidates and observers out
    ASSIGN = "assign"  # roles; show interviewers out
    HANDOVER = "handover"  # make somebody else the host
    DIRECT = "direct"  # lock, timer, quiet time, AI policy
    REPLAY = "replay"  # afterwards, how everything came about


_HOSTS = frozenset({Action.END, Action.RECORD, Action.ASSIGN, Action.HANDOVER})
_WATCHING = frozenset({Action.LOOK, Action.READ, Action.ENTER})
_ALLOWED: dict[Role, frozenset[Action]] = {
    Role.HOST: frozenset(Action),
    Role.INTERVIEWER: frozenset(Action) - _HOSTS,
    Role.CANDIDATE: _WATCHING | {Action.EDIT, Action.RUN, Action.CHAT, Action.CALL},
    Role.OBSERVER: _WATCHING,
}
_OUTSIDE = frozenset({Action.LOOK, Action.ENTER})

_NEEDS_ACTIVE = frozenset(
    {
        *(Action.EDIT, Action.RUN, Action.CHAT, Action.CALL, Action.INVITE, Action.RECORD),
        *(Action.PREPARE, Action.ADMIT, Action.ASSIGN, Action.HANDOVER, Action.DIRECT),
    }
)


@dataclass(frozen=True, slots=True)
class Access:
    """What `person` may do in `session`. `role` is None for a stranger.

    Who left keeps reading what they took part in (`READ` after the end only), nothing live.
    """

    session: Session
    person: Person | None

    @property
    def role(self) -> Role | None:
        member = self.session.member(self.person.id) if self.person else None
        if member is None or member.removed or not (member.present or not self.session.active):
            return None
        return member.role

    @property
    def waiting(self) -> bool:
        """In the session, but still outside: not admitted, or it is being prepared."""
        member = self.session.member(self.person.id) if self.person and self.role else None
        return member is not None and self.session.waits(member)

    @property
    def staff(self) -> bool:
        """Whether they see what only those who interview may see."""
        return self.may(Action.STAFF)

    @property
    def since(self) -> int:
        """From what moment on they may read what is said and run (server time, ms): how it was prepared the staff know.

        The documents are the exception: what was prepared in them is there to be seen.
        """
        return 0 if self.staff else self.session.started_at or 0

    def may(self, action: Action) -> bool:
        session, role = self.session, self.role
        if action is Action.LOOK and session.visibility is Visibility.OPEN:
            return True
        if role is None or (action in _NEEDS_ACTIVE and not session.active):
            return False
        if self.waiting:
            return action in _OUTSIDE
        if action is Action.EDIT and session.settings.locked and role is Role.CANDIDATE:
            return False
        if action is Action.REPLAY:
            for_all = session.settings.replay_for is ReplayFor.EVERYONE
            return not session.active and (for_all or Action.REPLAY in _ALLOWED[role])
        return action in _ALLOWED[role]

    def require(self, action: Action) -> None:
        """Raises the refusal that tells the truth without telling a stranger that a private session exists."""
        if self.may(action):
            return
        if not self.may(Action.LOOK):
            raise not_found("session")
        if self.person is None:
            raise unauthenticated()
        if action in _HOSTS and self.role is not Role.HOST:
            raise NotHost
        if action in _NEEDS_ACTIVE and not self.session.active and self.role is not None:
            raise SessionCompleted
        if self.waiting:
            raise NotAdmitted
        raise forbidden("You are not in this session, or your role does not allow this.")
