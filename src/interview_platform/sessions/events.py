"""What a session tells its room, and through it the browsers."""

from typing import Literal

from interview_platform.kit.views import View
from interview_platform.sessions.views import SessionView


class SessionChangedEvent(View):
    """Told twice: on `ports.staff_topic` as the staff see the session, on `ports.session_topic` as the others do."""

    type: Literal["session.changed"] = "session.changed"
    session: SessionView


class SessionEndedEvent(View):
    type: Literal["session.ended"] = "session.ended"
    session: SessionView


class AccessLost(View):
    """To the room only, on `ports.access_topic`: whose sockets to close. `person` None: everybody's.

    `signed_out`: one of the person's browsers, we do not know which. All may come back and are asked who they are.
    `sent_back`: they may come back, and wait. `changed`: nobody is closed, but all ask anew what they may do.
    """

    person: str | None
    reason: Literal["left", "removed", "ended", "signed_out", "changed", "sent_back"]
