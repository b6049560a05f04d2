"""Which colour a person has in a session: everybody sees the same, and it stays while the process lives."""

from collections import OrderedDict
from collections.abc import Iterable

from interview_platform.accounts.model import PersonId
from interview_platform.sessions.model import Session, SessionId

PALETTE = 8
_SESSIONS_MAX = 10_000  # about 3 MB; the session nobody asked about for longest is forgotten first


class Colors:
    def __init__(self) -> None:
        self._given: OrderedDict[SessionId, dict[str, int]] = OrderedDict()

    def of(self, session: Session, person: PersonId) -> int:
        return self.among(session.id, session.host.person, [member.person for member in session.members], person)

    def among(self, session: SessionId, host: str, others: Iterable[str], person: str) -> int:
        """0 is for who was the host first; the others get 1 to 7 in the order of joining, then again from 1."""
        given = self._given.setdefault(session, {host: 0})
        self._given.move_to_end(session)
        if len(self._given) > _SESSIONS_MAX:
            self._given.popitem(last=False)
        # Kept, not computed: who leaves and comes back is last in the order of joining, but keeps the colour. So does
        # who hands the session over, and who takes it.
        for one in (*others, person):
            if one not in given:
                given[one] = 1 + (len(given) - 1) % (PALETTE - 1)
        return given[person]
