"""The document of a session as text, while it is live and afterwards."""

from collections.abc import Awaitable, Callable, Container, Mapping
from collections.abc import Set as AbstractSet

from interview_platform.kit.errors import not_found
from interview_platform.room.document import Document
from interview_platform.room.line_ends import with_newlines
from interview_platform.room.registry import Rooms
from interview_platform.room.seed import Seed
from interview_platform.room.starters import PLAIN
from interview_platform.room.views import FileView, PadView, RecordAnswer
from interview_platform.sessions.model import Session, SessionId
from interview_platform.sessions.policy import Access
from interview_platform.sessions.views import SessionView
from interview_platform.timeline.pads import Pad


class Records:
    """`language_of`: which language a path is of. `untouched`: whether a file is as it began. `pads`: those added.

    `seed_of`: what the pad of a problem begins with.
    """

    def __init__(
        self,
        rooms: Rooms,
        language_of: Callable[[str], str],
        untouched: Callable[[str, str], bool],
        pads: Callable[[SessionId], Awaitable[list[Pad]]],
        seed_of: Callable[[str], Seed],
    ) -> None:
        self._rooms = rooms
        self._language_of = language_of
        self._untouched = untouched
        self._pads = pads
        self._seed_of = seed_of

    async def of(self, access: Access) -> RecordAnswer:
        """For somebody who may read. Raises CannotOpen."""
        document = await self._rooms.read(access.session)
        pads = await self._pads(access.session.id)
        files = document.files()
        active = document.setting("activeFile")
        if active not in files:
            active = next(iter(files), "")
        files = self._worth_keeping(files, {active, *_shown(document, pads)}, pads)
        return RecordAnswer(
            files=[FileView(path=path, language=self._language_of(path), text=text) for path, text in files.items()],
            active_file=active,
            language=document.setting("language") or (self._language_of(active) if active else PLAIN),
            pads=[PadView.of(pad) for pad in pads],
            session=SessionView.of(access.session, for_staff=access.staff),
        )

    async def files(self, access: Access, pad: str | None) -> list[tuple[str, str]]:
        """Paths and texts for an archive: of one pad ("" is the first), else of all, each added one in a folder.

        Raises CannotOpen, and Refusal not_found when there is no such pad.
        """
        document = await self._rooms.read(access.session)
        pads = await self._pads(access.session.id)
        # Numbered: two may have one title.
        folders = {one.id: f"{number} {one.title.replace('/', '_')}" for number, one in enumerate(pads, start=2)}
        if pad and pad not in folders:
            raise not_found("pad")
        shown = {document.setting("activeFile"), *_shown(document, pads)}
        files = self._worth_keeping(document.files(), shown, pads)
        began = self._began(access.session, pads)
        written = [(path, text) for path, text in files.items() if path in shown or began.get(path) != text]
        if pad is None:
            return [(_in_folder(path, folders), text) for path, text in written]
        return [(_inside(path, folders), text) for path, text in written if _pad_of(path, folders) == pad]

    def _began(self, session: Session, pads: list[Pad]) -> dict[str, str]:
        """Path to text of all that the pads began with."""
        seeds = [
            ("", self._seed_of(session.problem_slug)),
            *((f"{pad.id}/", self._seed_of(pad.problem)) for pad in pads),
        ]
        return {prefix + file.path: with_newlines(file.text) for prefix, seed in seeds for file in seed.files}

    def _worth_keeping(self, files: dict[str, str], shown: AbstractSet[str | None], pads: list[Pad]) -> dict[str, str]:
        """Two dozen languages that nobody looked at are no part of the record."""
        ids = {pad.id for pad in pads}
        return {
            path: text for path, text in files.items() if path in shown or not self._untouched(_inside(path, ids), text)
        }


def _shown(document: Document, pads: list[Pad]) -> list[str | None]:
    return [document.pad_setting(pad.id, "activeFile") for pad in pads]


def _pad_of(path: str, pads: Container[str]) -> str:
    first, slash, _ = path.partition("/")
    return first if slash and first in pads else ""


def _inside(path: str, pads: Container[str]) -> str:
    """The path as those who look at its pad see it."""
    return path.partition("/")[2] if _pad_of(path, pads) else path


def _in_folder(path: str, folders: Mapping[str, str]) -> str:
    pad = _pad_of(path, folders)
    return f"{folders[pad]}/{_inside(path, folders)}" if pad else path
