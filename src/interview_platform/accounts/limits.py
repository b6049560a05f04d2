"""How often somebody may try. Named here so that an operator can change one (see `docs/accounts.md`)."""

from typing import NamedTuple

from interview_platform.kit.rate_limit import Limit

QUARTER_HOUR = 15 * 60
HOUR = 3600
FRESH_SECONDS = 5 * 60  # how long a sign-in proves who somebody is without asking for the password again


class AccountLimits(NamedTuple):
    login: Limit = Limit(10, QUARTER_HOUR)
    """Wrong passwords per e-mail and address: a person who mistypes has enough, a guesser has 960 a day."""
    login_address: Limit = Limit(100, QUARTER_HOUR)
    """Wrong passwords per address, whatever the e-mail: one list of leaked passwords tried on everybody."""
    own_password: Limit = Limit(10, QUARTER_HOUR)
    """Wrong current passwords per person: a stolen cookie must not become a known password."""
    register: Limit = Limit(300, HOUR)
    """Per address. A class behind one address can sign up in a minute; each costs us 30 ms of a core."""
    guests: Limit = Limit(300, HOUR)
    """Per address. A hiring day behind one address fits."""
    images: Limit = Limit(30, HOUR)
    """Uploads per person."""
    tokens: Limit = Limit(60, HOUR)
    """Personal access tokens made per person."""
    settings: Limit = Limit(300, QUARTER_HOUR)
    """Changes of one's editor settings: a page sends two a second at most, for as long as somebody plays with them."""
