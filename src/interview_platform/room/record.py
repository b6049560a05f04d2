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
from interview_platform.sessions.model import SessionId
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
        active, language = _last_shown(document, pads)
        if active not in files:
            active = next(iter(files), "")
        # Of the first pad the problem's own starter code always was in the record.
        began = self._began({f"{pad.id}/": pad.problem for pad in pads})
        files = self._written(files, {active, *_shown(document, pads)}, pads, began)
        return RecordAnswer(
            files=[FileView(path=path, language=self._language_of(path), text=text) for path, text in files.items()],
            active_file=active,
            language=language or (self._language_of(active) if active else PLAIN),
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
        began = self._began({"": access.session.problem_slug, **{f"{one.id}/": one.problem for one in pads}})
        shown = {document.setting("activeFile"), *_shown(document, pads)}
        files = self._written(document.files(), shown, pads, began).items()
        if pad is None:
            return [(_in_folder(path, folders), text) for path, text in files]
        return [(_inside(path, folders), text) for path, text in files if _pad_of(path, folders) == pad]

    def _began(self, about: Mapping[str, str]) -> dict[str, str]:
        """Path to text of all that pads began with; `about`: what their paths begin with, to their problems."""
        return {
            prefix + file.path: with_newlines(file.text)
            for prefix, problem in about.items()
            for file in self._seed_of(problem).files
        }

    def _written(
        self, files: dict[str, str], shown: AbstractSet[str | None], pads: list[Pad], began: Mapping[str, str]
    ) -> dict[str, str]:
        """Two dozen languages that nobody looked at are worth no place."""
        ids = {pad.id for pad in pads}
        return {
            path: text
            for path, text in files.items()
            if path in shown or not (began.get(path) == text or self._untouched(_inside(path, ids), text))
        }


def _shown(document: Document, pads: list[Pad]) -> list[str | None]:
    return [document.pad_setting(pad.id, "activeFile") for pad in pads]


def _last_shown(document: Document, pads: list[Pad]) -> tuple[str | None, str | None]:
    """The file that all were shown last, and its pad's language."""
    pad = document.setting("activePad")
    if pad is not None and any(one.id == pad for one in pads):
        return document.pad_setting(pad, "activeFile"), document.pad_setting(pad, "language")
    return document.setting("activeFile"), document.setting("language")


def _pad_of(path: str, pads: Container[str]) -> str:
    first, slash, _ = path.partition("/")
    return first if slash and first in pads else ""


def _inside(path: str, pads: Container[str]) -> str:
    """The path as those who look at its pad see it."""
    return path.partition("/")[2] if _pad_of(path, pads) else path


def _in_folder(path: str, folders: Mapping[str, str]) -> str:
    pad = _pad_of(path, folders)
    return f"{folders[pad]}/{_inside(path, folders)}" if pad else path
