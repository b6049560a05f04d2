"""The document of a session as text, while it is live and afterwards."""

from collections.abc import Callable

from interview_platform.room.registry import Rooms
from interview_platform.room.starters import PLAIN
from interview_platform.room.views import FileView, RecordAnswer
from interview_platform.sessions.policy import Access
from interview_platform.sessions.views import SessionView


class Records:
    """`language_of`: which language keeps its text under a path. `untouched`: whether a file is as it began."""

    def __init__(self, rooms: Rooms, language_of: Callable[[str], str], untouched: Callable[[str, str], bool]) -> None:
        self._rooms = rooms
        self._language_of = language_of
        self._untouched = untouched

    async def of(self, access: Access) -> RecordAnswer:
        """For somebody who may read. Raises CannotOpen."""
        document = await self._rooms.read(access.session)
        files = document.files()
        active = document.setting("activeFile")
        if active not in files:
            active = next(iter(files), "")
        # Two dozen languages that nobody looked at are no part of the record.
        files = {path: text for path, text in files.items() if path == active or not self._untouched(path, text)}
        return RecordAnswer(
            files=[FileView(path=path, language=self._language_of(path), text=text) for path, text in files.items()],
            active_file=active,
            language=document.setting("language") or (self._language_of(active) if active else PLAIN),
            session=SessionView.of(access.session, for_staff=access.staff),
        )
