"""JSON shapes of people (contract: design §4). E-mail addresses only ever appear in one's own `user`."""

from pydantic import Field

from interview_platform.accounts.model import Person
from interview_platform.accounts.ports import Credential
from interview_platform.kit.clock import rfc3339
from interview_platform.kit.views import Body, View

TOKEN_ID_LENGTH = 16  # of a digest that nobody can turn back: enough to tell one person's tokens apart


class UserView(View):
    id: str
    name: str
    email: str | None
    profile_image: str | None
    guest: bool
    provider: str | None
    """Who keeps the name, picture and password of this account (`clerk`, `oidc`); null: this server."""
    clerk_id: str | None
    created_at: str
    updated_at: str

    @classmethod
    def of(cls, person: Person) -> "UserView":
        return cls(
            id=person.id,
            name=person.name,
            email=person.email,
            profile_image=person.image,
            guest=person.guest,
            provider=person.provider,
            clerk_id=person.subject if person.provider == "clerk" else None,
            created_at=rfc3339(person.created_at),
            updated_at=rfc3339(person.updated_at),
        )


class UserAnswer(View):
    user: UserView


class RegisterBody(Body):
    name: str
    email: str
    password: str = Field(repr=False)


class LoginBody(Body):
    email: str
    password: str = Field(repr=False)


class ProfileBody(Body):
    """Only what is present changes. `profileImage` is a `data:` address of a picture, or null to remove it."""

    name: str | None = None
    profile_image: str | None = Field(default=None, repr=False)
    password: str | None = Field(default=None, repr=False)
    current_password: str | None = Field(default=None, repr=False)


class EraseBody(Body):
    """Erasing an account asks for its password; a guest has none."""

    password: str | None = Field(default=None, repr=False)


class TokenBody(Body):
    label: str = "API token"
    days: int = 90


class TokenView(View):
    id: str
    label: str
    created_at: str
    expires_at: str

    @classmethod
    def of(cls, token: Credential) -> "TokenView":
        return cls(
            id=token.digest[:TOKEN_ID_LENGTH],
            label=token.label,
            created_at=rfc3339(token.created_at),
            expires_at=rfc3339(token.expires_at),
        )


class TokenAnswer(TokenView):
    token: str
    """Shown this once."""


class TicketAnswer(View):
    """`?ticket=` of a socket. Works once."""

    ticket: str
    expires_in: int
    """Seconds."""


class TokensAnswer(View):
    tokens: list[TokenView]
    """Newest first."""
