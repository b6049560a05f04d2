"""What a session tells its room, and through it the browsers."""

from typing import Literal

from interview_platform.kit.views import View
from interview_platform.sessions.views import SessionView


class SessionChangedEvent(View):
    type: Literal["session.changed"] = "session.changed"
    session: SessionView


class SessionEndedEvent(View):
    type: Literal["session.ended"] = "session.ended"
    session: SessionView


class AccessLost(View):
    """To the room only, on `ports.access_topic`: whose sockets to close. `person` None: everybody's.

    `signed_out`: one of the person's browsers, we do not know which. All may come back and are asked who they are.
    """

    person: str | None
    reason: Literal["left", "removed", "ended", "signed_out"]
