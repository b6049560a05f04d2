"""How somebody likes their editor: the same on every computer they sign in on, accounts and guests alike."""

from typing import Annotated, Literal, TypeAlias

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BeforeValidator, ConfigDict, ValidationError

from interview_platform.accounts.identity import Identity
from interview_platform.accounts.limits import AccountLimits
from interview_platform.accounts.model import Person
from interview_platform.accounts.ports import PeopleStore
from interview_platform.kit.http import answer, documented
from interview_platform.kit.rate_limit import RateLimiter
from interview_platform.kit.views import Body, View


def _number(value: object) -> object:
    """In Python `False` is one of the choices 0, 2, 4."""
    if isinstance(value, bool):
        raise ValueError("Must be a number")  # noqa: TRY004 - what pydantic turns into a refusal
    return value


# What can be chosen is a short list everywhere: what is kept is then always something that the pages can show.
Theme: TypeAlias = Literal["system", "light", "dark"]
FontSize: TypeAlias = Literal[12, 13, 14, 16, 18, 20, 24]
TabSize: TypeAlias = Annotated[Literal[0, 2, 4, 8], BeforeValidator(_number)]
Keys: TypeAlias = Literal["default", "vim", "emacs"]
Editor: TypeAlias = Literal["auto", "full", "light"]


class EditorSettingsBody(Body):
    """All of them: what is left out is as it was at first. Nothing else, and nothing that only looks like it."""

    model_config = ConfigDict(extra="forbid", strict=True)

    theme: Theme = "system"
    font_size: FontSize = 14
    tab_size: TabSize = 0
    word_wrap: bool = False
    tab_leaves: bool = False
    ligatures: bool = False
    completion: bool = True
    keys: Keys = "default"
    editor: Editor = "auto"


class EditorSettingsView(View):
    theme: Theme
    font_size: FontSize
    tab_size: TabSize
    """Columns of a tab; 0: as the file has it."""
    word_wrap: bool
    tab_leaves: bool
    """Tab goes on to what comes after the editor, instead of indenting."""
    ligatures: bool
    completion: bool
    """Words are proposed while typing."""
    keys: Keys
    editor: Editor
    """Which editor the room opens; `auto`: the light one on phones."""


class EditorSettingsAnswer(View):
    settings: EditorSettingsView | None
    """Null: never set by this person."""


def _of(stored: str) -> EditorSettingsAnswer:
    """What another release wrote and this one does not understand counts as never set: it is a convenience."""
    if stored == "{}":
        return EditorSettingsAnswer(settings=None)
    try:
        return EditorSettingsAnswer(settings=EditorSettingsView.model_validate_json(stored))
    except ValidationError:
        return EditorSettingsAnswer(settings=None)


def router(people: PeopleStore, identity: Identity, limits: AccountLimits | None = None) -> APIRouter:
    routes = APIRouter()
    changes = RateLimiter((limits or AccountLimits()).settings, message="Too many changes. Try again later.")

    @routes.get("/api/auth/me/settings", operation_id="getSettings", responses=documented(EditorSettingsAnswer))
    async def settings(request: Request) -> Response:
        person = await identity.required(request)
        return answer(_of(await people.settings(person.id)))

    @routes.put("/api/auth/me/settings", operation_id="putSettings", responses=documented(EditorSettingsAnswer))
    async def put(body: EditorSettingsBody, person: Annotated[Person, Depends(identity.required)]) -> Response:
        changes.take(person.id)
        settings = EditorSettingsView(**body.model_dump())
        await people.save_settings(person.id, settings.to_json().decode())
        return answer(EditorSettingsAnswer(settings=settings))

    return routes
