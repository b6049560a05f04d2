"""JSON shapes of what is noted."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from interview_platform.activity.model import Act, Copy, Focus, Noted, Paste
from interview_platform.kit.clock import rfc3339
from interview_platform.kit.views import Body, View

_CHARS_MAX = 10_000_000  # twice a whole document: what says more is not to be believed
_LINES_MAX = _CHARS_MAX
_MS_MAX = 7 * 24 * 3600 * 1000  # a week: longer than any interview
_PATH_MAX = 200  # characters, as the room's files have at most

Chars = Annotated[int, Field(ge=0, le=_CHARS_MAX)]


class _Act(Body):
    # What has more in it than is to be told of, e.g. the text that was pasted, is refused whole.
    model_config = ConfigDict(extra="forbid")


class PasteAct(_Act):
    kind: Literal["paste"]
    chars: Chars
    lines: Annotated[int, Field(ge=0, le=_LINES_MAX)]
    source: Literal["outside", "room"] = Field(alias="from")
    path: Annotated[str, Field(max_length=_PATH_MAX)]

    def act(self) -> Act:
        return Paste(self.chars, self.lines, self.source, self.path)


class FocusAct(_Act):
    kind: Literal["focus"]
    away: bool
    ms: Annotated[int, Field(ge=0, le=_MS_MAX)]

    def act(self) -> Act:
        return Focus(self.away, self.ms)


class CopyAct(_Act):
    kind: Literal["copy"]
    what: Literal["statement"]
    chars: Chars

    def act(self) -> Act:
        return Copy(self.what, self.chars)


AnyAct = Annotated[PasteAct | FocusAct | CopyAct, Field(discriminator="kind")]


def _told(act: Act) -> PasteAct | FocusAct | CopyAct:
    match act:
        case Paste():
            # By its other name: mypy knows the alias only.
            return PasteAct(kind="paste", chars=act.chars, lines=act.lines, path=act.path, **{"from": act.source})
        case Focus():
            return FocusAct(kind="focus", away=act.away, ms=act.ms)
        case Copy():
            return CopyAct(kind="copy", what=act.what, chars=act.chars)


class ActivityFrame(Body):
    """From a candidate's browser: they pasted into the code, left the tab or came back, or copied the statement."""

    type: Literal["activity"]
    act: AnyAct


class ActivityView(View):
    seq: int
    """Its number in the timeline."""
    person_id: str
    at: str
    act: AnyAct

    @classmethod
    def of(cls, noted: Noted) -> "ActivityView":
        return cls(seq=noted.seq, person_id=noted.person, at=rfc3339(noted.at), act=_told(noted.act))


class ActivityEvent(View):
    """To the staff, and to the candidate whose it is."""

    type: Literal["activity"] = "activity"
    entry: ActivityView


class ActivityListEvent(View):
    """All that I may see of it from now on: my role has changed."""

    type: Literal["activity.list"] = "activity.list"
    entries: list[ActivityView]
