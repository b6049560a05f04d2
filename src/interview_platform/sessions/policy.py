"""Who may do what in a session: the one matrix, asked once per request or connect."""

from dataclasses import dataclass
from enum import StrEnum

from interview_platform.accounts.model import Person
from interview_platform.kit.errors import forbidden, not_found, unauthenticated
from interview_platform.sessions.model import NotHost, Role, Session, SessionCompleted, Visibility


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


_HOSTS = frozenset({Action.END, Action.RECORD})
_ALLOWED: dict[Role, frozenset[Action]] = {
    Role.HOST: frozenset(Action),
    Role.INTERVIEWER: frozenset(Action) - _HOSTS,
    Role.CANDIDATE: frozenset(Action) - _HOSTS - {Action.INVITE},
    Role.OBSERVER: frozenset({Action.LOOK, Action.READ}),
}

_NEEDS_ACTIVE = frozenset({Action.EDIT, Action.RUN, Action.CHAT, Action.CALL, Action.INVITE, Action.RECORD})


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

    def may(self, action: Action) -> bool:
        if action is Action.LOOK and self.session.visibility is Visibility.OPEN:
            return True
        if action in _NEEDS_ACTIVE and not self.session.active:
            return False
        role = self.role
        return role is not None and action in _ALLOWED[role]

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
        raise forbidden("You are not in this session, or your role does not allow this.")
