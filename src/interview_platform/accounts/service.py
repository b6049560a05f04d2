"""Accounts, guests and their credentials."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from interview_platform.accounts.identity import COOKIE_SECONDS
from interview_platform.accounts.images import MEDIA_TYPE, Images
from interview_platform.accounts.limits import FRESH_SECONDS, AccountLimits
from interview_platform.accounts.model import (
    EMAIL_MAX,
    PASSWORD_MAX,
    Person,
    PersonId,
    check_password,
    clean_email,
    clean_name,
)
from interview_platform.accounts.passwords import Passwords
from interview_platform.accounts.ports import Credential, PeopleStore
from interview_platform.accounts.tickets import Tickets
from interview_platform.accounts.views import TOKEN_ID_LENGTH, ProfileBody
from interview_platform.kit.clock import now_ms
from interview_platform.kit.errors import Kind, Refusal, forbidden, invalid, not_found
from interview_platform.kit.ids import digest, new_id, new_secret
from interview_platform.kit.rate_limit import RateLimiter

ACCOUNT_NEEDED = "account_needed"
TOKEN_DAYS_MAX = 365
TOKENS_MAX = 50
LABEL_MAX = 80
_DAY_MS = 24 * 3600 * 1000

Hook = Callable[[Person], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class SignedIn:
    """`secret` goes into the cookie; we keep only its digest."""

    person: Person
    secret: str


def account_needed() -> Refusal:
    return forbidden("Guests cannot do this. Make an account first.", ACCOUNT_NEEDED)


def _password_needed(field: str) -> Refusal:
    return invalid("Type your present password.", "password_needed", **{field: "is needed"})


class AccountService:
    def __init__(
        self,
        people: PeopleStore,
        passwords: Passwords,
        images: Images,
        tickets: Tickets,
        *,
        limits: AccountLimits | None = None,
        clock: Callable[[], int] = now_ms,
        embedded: bool = True,
    ) -> None:
        self._embedded = embedded
        self._people = people
        self._passwords = passwords
        self._images = images
        self._tickets = tickets
        self._clock = clock
        self._before_erase: list[Hook] = []
        self._after_revoke: list[Hook] = []
        self._after_change: list[Hook] = []
        limits = limits or AccountLimits()
        wrong = "Too many wrong passwords. Wait before you try again."
        many = "Too many attempts. Wait before you try again."
        self._login = RateLimiter(limits.login, code="too_many_attempts", message=wrong)
        self._login_address = RateLimiter(limits.login_address, code="too_many_attempts", message=wrong)
        self._own_password = RateLimiter(limits.own_password, code="too_many_attempts", message=wrong)
        self._register = RateLimiter(limits.register, code="too_many_attempts", message=many)
        self._guests = RateLimiter(limits.guests, code="too_many_attempts", message=many)
        self._uploads = RateLimiter(limits.images, message="Too many pictures. Try again later.")
        self._tokens = RateLimiter(limits.tokens, message="Too many tokens. Try again later.")

    def before_erase(self, hook: Hook) -> None:
        """Call `hook` before a person is erased, for what other features keep of them. It must not refuse."""
        self._before_erase.append(hook)

    def after_revoke(self, hook: Hook) -> None:
        """Call `hook` when some credential of a person has been revoked: what it has opened must be asked again."""
        self._after_revoke.append(hook)

    def after_change(self, hook: Hook) -> None:
        """Call `hook` with a person whose name or picture is another one now."""
        self._after_change.append(hook)

    async def changed(self, person: Person) -> None:
        for hook in self._after_change:
            await hook(person)

    async def register(
        self, name: str, email: str, password: str, *, address: str, visitor: Person | None = None
    ) -> SignedIn:
        """A new account, signed in. A guest (`visitor`) becomes it, and so keeps the sessions they took part in.

        Raises invalid_name, invalid_email, weak_password, email_taken, too_many_attempts, sign_in_elsewhere.
        """
        self._check_embedded()
        name, email = clean_name(name), clean_email(email)
        check_password(password)
        self._register.take(address)
        hashed = await self._passwords.hash(password)
        now = self._clock()
        if visitor is not None and visitor.guest:
            person = replace(visitor, name=name, email=email, guest=False, updated_at=now)
            await self._people.upgrade_guest(person, hashed)
            await self.changed(person)
        else:
            person = Person(PersonId(new_id()), name, email, None, False, now, now)
            await self._people.add_account(person, hashed)
        return await self.open(person)

    async def login(self, email: str, password: str, *, address: str) -> SignedIn:
        """Raises bad_credentials, whichever of the two is wrong and in the same time, and too_many_attempts."""
        self._check_embedded()
        email = email.strip().lower()
        pair = f"{address} {digest(email)}"
        self._login_address.take(address)
        self._login.take(pair)
        askable = len(email) <= EMAIL_MAX and email.isprintable()  # else no account has it and no database wants it
        found = await self._people.with_password(email) if askable else None
        known = found[1] if found and len(password) <= PASSWORD_MAX else None
        right = await self._passwords.verify(password[:PASSWORD_MAX], known)
        if found is None or not right:
            raise Refusal(Kind.UNAUTHENTICATED, "bad_credentials", "The e-mail or the password is wrong.")
        self._login_address.give_back(address)
        self._login.give_back(pair)
        return await self.open(found[0])

    def _check_embedded(self) -> None:
        if not self._embedded:
            raise forbidden(
                "This server takes no passwords. Sign in with your organisation's account.", "sign_in_elsewhere"
            )

    async def open(self, person: Person) -> SignedIn:
        """Sign `person` in on one more browser."""
        secret, now = new_secret(), self._clock()
        expires = now + COOKIE_SECONDS * 1000
        await self._people.add_credential(Credential(digest(secret), person.id, "cookie", "", now, expires))
        return SignedIn(person, secret)

    async def logout(self, person: Person, credential: str) -> None:
        """Revoke the person's credential with this digest."""
        await self._people.drop_credential(credential)
        await self._revoked(person)

    async def replace(self, credential: str) -> None:
        """Revoke a credential that a browser has just got a new one for."""
        await self._people.drop_credential(credential)

    def guest(self, name: str, *, address: str) -> Person:
        """A guest who is not stored yet: who takes them in stores them. Raises invalid_name, too_many_attempts."""
        name = clean_name(name)
        self._guests.take(address)
        now = self._clock()
        return Person(PersonId(new_id()), name, None, None, True, now, now)

    async def update(self, person: Person, change: ProfileBody, credential: str | None) -> Person:
        """Change what `change` has. A new password revokes every credential but the one with digest `credential`.

        Raises invalid_name, invalid_image, image_too_large, account_needed (a guest only has a name), weak_password,
        wrong_password.
        """
        given = change.model_fields_set
        if person.external and given:
            raise forbidden("Change this where you sign in: this server only keeps a copy.", "kept_by_provider")
        if person.guest and (change.profile_image or change.password):
            raise account_needed()
        now = self._clock()
        changed = person.renamed(change.name or "", now) if "name" in given else person
        hashed = await self._new_password(person, change)
        if "profile_image" in given:
            changed = replace(changed, image=await self._stored(person, change.profile_image), updated_at=now)
        if hashed is not None:  # only now: what is refused changes nothing
            await self._people.set_password(person.id, hashed, credential)
            await self._revoked(person)
        if changed != person:
            await self._people.update(changed)
            await self.changed(changed)
        return changed

    async def erase(
        self, person: Person, password: str | None, credential: str | None = None, *, vouched: bool = False
    ) -> None:
        """Remove the person for good and sign them out everywhere. Raises password_needed, wrong_password,
        sign_in_again.

        A sign-in (digest `credential`) of the last minutes proves as much as the password: it has just been typed. So
        does a provider's token (`vouched`), which lives for minutes.
        """
        if not (person.guest or vouched or await self._proved(person, password, credential)):
            if person.external:
                raise forbidden("Sign in once more, then erase the account.", "sign_in_again")
            raise _password_needed("password")
        await self.remove(person)

    async def _proved(self, person: Person, password: str | None, credential: str | None) -> bool:
        if password and not person.external:
            await self._check_own(person, password, "password")
            return True
        return await self._signed_in_just_now(person, credential)

    async def remove(self, person: Person) -> None:
        """Erase without asking whether it may be: for what a provider says, and after it has been asked."""
        for hook in self._before_erase:
            await hook(person)
        await self._people.erase(person.id)

    async def _signed_in_just_now(self, person: Person, credential: str | None) -> bool:
        since = self._clock() - FRESH_SECONDS * 1000
        found = await self._people.credentials(person.id, "cookie")
        return any(one.digest == credential and one.created_at >= since for one in found)

    async def new_token(self, person: Person, label: str, days: int) -> tuple[str, Credential]:
        """A personal access token: the secret, shown once, and what we keep. Raises account_needed, invalid."""
        if person.guest:
            raise account_needed()
        label = " ".join(label.split())
        if not label or len(label) > LABEL_MAX or not label.isprintable():
            raise invalid("Name the token.", label=f"1 to {LABEL_MAX} characters")
        if not 1 <= days <= TOKEN_DAYS_MAX:
            raise invalid("This is no good number of days.", days=f"1 to {TOKEN_DAYS_MAX}")
        self._tokens.take(person.id)
        if len(await self.tokens(person)) >= TOKENS_MAX:
            raise Refusal(Kind.CONFLICT, "too_many_tokens", "You have too many tokens. Revoke one first.")
        secret, now = new_secret(), self._clock()
        token = Credential(digest(secret), person.id, "token", label, now, now + days * _DAY_MS)
        await self._people.add_credential(token)
        return secret, token

    async def tokens(self, person: Person) -> list[Credential]:
        """The person's tokens that still work, newest first."""
        now = self._clock()
        return [token for token in await self._people.credentials(person.id, "token") if token.expires_at > now]

    async def revoke_token(self, person: Person, id: str) -> None:
        """`id` as listed. Raises not_found."""
        for token in await self.tokens(person):
            if token.digest[:TOKEN_ID_LENGTH] == id:
                await self.logout(person, token.digest)
                return
        raise not_found("token")

    def ticket(self, person: Person) -> str:
        """For one socket of a page that has no cookie."""
        return self._tickets.issue(person.id)

    async def image(self, name: str) -> tuple[str, bytes]:
        """Media type and content. Raises not_found."""
        found = await self._people.image(name)
        if found is None:
            raise not_found("picture")
        return found

    async def _revoked(self, person: Person) -> None:
        self._tickets.forget(person.id)  # first: with one of them a socket could be opened again
        for hook in self._after_revoke:
            await hook(person)

    async def _new_password(self, person: Person, change: ProfileBody) -> str | None:
        """The hash of the password to change to, None when `change` has none."""
        if change.password is None:
            return None
        check_password(change.password)
        if not change.current_password:
            raise _password_needed("currentPassword")
        await self._check_own(person, change.current_password, "currentPassword")
        return await self._passwords.hash(change.password)

    async def _check_own(self, person: Person, password: str, field: str) -> None:
        self._own_password.take(person.id)
        known = await self._people.password_hash(person.id) if len(password) <= PASSWORD_MAX else None
        if not await self._passwords.verify(password[:PASSWORD_MAX], known):
            raise Refusal(Kind.FORBIDDEN, "wrong_password", "This password is wrong.", fields={field: "is wrong"})
        self._own_password.give_back(person.id)

    async def _stored(self, person: Person, data_url: str | None) -> str | None:
        if not data_url:
            return None
        self._uploads.take(person.id)
        picture = await self._images.picture(data_url)
        await self._people.save_image(picture.name, MEDIA_TYPE, picture.content)
        return f"/api/images/{picture.name}"
