"""A user of its own for every slot, when the server runs as root.

RLIMIT_NPROC does not hold for uid 0, not even inside a user namespace, and sandboxes that share a uid share the count
on kernels before 5.14. No name is needed for these users and nothing on the machine belongs to them.
"""

import itertools
import os
import pwd
import random
from collections.abc import Sequence
from pathlib import Path

# systemd keeps 1879048192..2147483647 unused for containers' sake; a random place in it keeps two servers apart.
_WIDE_FROM, _WIDE_TO = 1_900_000_000, 2_100_000_000
# A container without the wide range: Debian hands 60000..64999 out to packages, hardly ever.
_NARROW_FROM, _NARROW_TO = 60_000, 65_000


def slot_users(slots: int, uid_map: Path = Path("/proc/self/uid_map")) -> Sequence[int | None]:
    """A uid for each slot. None: the slot stays the user that the server is."""
    if os.geteuid() != 0:
        return [None] * slots
    for first, last in ((_WIDE_FROM, _WIDE_TO), (_NARROW_FROM, _NARROW_TO)):
        if _mapped(first, last, uid_map):
            start = random.randrange(first, last - 2 * slots)  # noqa: S311 - only to keep servers apart
            free = (uid for uid in range(start, last) if not _taken(uid))
            return list(itertools.islice(free, slots))
    return [None] * slots


def _mapped(first: int, last: int, uid_map: Path) -> bool:
    """Whether this user namespace knows these ids."""
    for line in uid_map.read_text().splitlines():
        inside, _, count = (int(word) for word in line.split())
        if inside <= first and last <= inside + count:
            return True
    return False


def _taken(uid: int) -> bool:
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True
