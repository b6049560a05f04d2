import asyncio
import threading

import pytest
from pwdlib.hashers.argon2 import Argon2Hasher

from interview_platform.accounts.passwords import Passwords
from interview_platform.kit.errors import Refusal
from tests.api import cheap_hasher


async def test_a_hash_is_argon2id_and_salted() -> None:
    passwords = Passwords()
    first, second = await passwords.hash("correct horse"), await passwords.hash("correct horse")
    assert first.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert first != second
    assert await passwords.verify("correct horse", first)
    assert not await passwords.verify("correct horsf", first)
    assert not await passwords.verify("correct horse", None)
    passwords.close()


async def test_the_way_a_keyboard_composes_letters_does_not_matter() -> None:
    passwords = Passwords(cheap_hasher())
    assert await passwords.verify("cafe\u0301 latte", await passwords.hash("caf\u00e9 latte"))
    passwords.close()


async def test_nobodys_password_is_not_the_dummys() -> None:
    passwords = Passwords(cheap_hasher())
    assert not await passwords.verify("nobody has this password", None)
    passwords.close()


class Gate(Argon2Hasher):
    """Hashes only once it is opened."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.open = threading.Event()
        self.open.set()
        self.inside = 0
        self.most = 0

    def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
        self.inside += 1
        self.most = max(self.most, self.inside)
        assert self.open.wait(20)
        self.inside -= 1
        return super().hash(password, salt=salt)


async def test_hashing_leaves_the_event_loop_free_and_is_bounded() -> None:
    gate = Gate()
    passwords = Passwords(gate, threads=2, waiting_max=5)
    gate.open.clear()
    hashing = [asyncio.create_task(passwords.hash("x" * 8)) for _ in range(5)]
    await asyncio.sleep(0)  # the loop runs while they are inside: this line is reached
    with pytest.raises(Refusal) as refused:
        await passwords.hash("one too many")
    assert (refused.value.kind, refused.value.code) == (503, "busy")
    gate.open.set()
    assert len(await asyncio.gather(*hashing)) == 5
    assert gate.most <= 2
    await passwords.hash("there is room again")
    passwords.close()


async def test_who_gives_up_waiting_frees_the_place() -> None:
    gate = Gate()
    passwords = Passwords(gate, threads=1, waiting_max=2)
    gate.open.clear()
    first, second = (asyncio.create_task(passwords.hash("x" * 8)) for _ in range(2))
    await asyncio.sleep(0)
    second.cancel()
    await asyncio.wait([second])
    third = asyncio.create_task(passwords.hash("y" * 8))
    gate.open.set()
    assert await first
    assert await third
    passwords.close()
