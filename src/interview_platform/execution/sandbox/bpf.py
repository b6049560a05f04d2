"""A small assembler for classic BPF, as far as seccomp filters need it. (libseccomp is LGPL and needs a compiler.)"""

import struct
from collections.abc import Iterable, Sequence

# Instruction codes (linux/bpf_common.h): class | size or operation | mode or source.
_LOAD_WORD = 0x20  # BPF_LD | BPF_W | BPF_ABS
_JUMP_EQUAL = 0x15  # BPF_JMP | BPF_JEQ | BPF_K
_JUMP_GREATER = 0x25  # BPF_JMP | BPF_JGT | BPF_K
_JUMP_ANY_BIT = 0x45  # BPF_JMP | BPF_JSET | BPF_K
_RETURN = 0x06  # BPF_RET | BPF_K

# struct seccomp_data { int nr; __u32 arch; __u64 instruction_pointer; __u64 args[6]; }
NUMBER = 0
ARCHITECTURE = 4


def argument(index: int) -> int:
    """Offset of the lower 32 bits of a system call's argument (both our architectures are little-endian).

    The arguments that we look at are all 32-bit ones of the kernel, which ignores the upper half as well.
    """
    return 16 + 8 * index


ALLOW = 0x7FFF0000
KILL_PROCESS = 0x80000000


def fail(errno: int) -> int:
    """The action: the call fails with this error."""
    return 0x00050000 | errno


class Filter:
    """Instructions in order. Every condition skips or returns at once, so no jump is ever out of reach."""

    def __init__(self) -> None:
        self._code: list[tuple[int, int, int, int]] = []

    @property
    def code(self) -> Sequence[tuple[int, int, int, int]]:
        return self._code

    def load(self, offset: int) -> None:
        self._code.append((_LOAD_WORD, 0, 0, offset))

    def give(self, action: int) -> None:
        self._code.append((_RETURN, 0, 0, action))

    def give_if_equal(self, value: int, action: int) -> None:
        self._code.append((_JUMP_EQUAL, 0, 1, value))
        self.give(action)

    def give_if_greater(self, value: int, action: int) -> None:
        self._code.append((_JUMP_GREATER, 0, 1, value))
        self.give(action)

    def give_if_any_bit(self, bits: int, action: int) -> None:
        self._code.append((_JUMP_ANY_BIT, 0, 1, bits))
        self.give(action)

    def unless_equal(self, value: int, action: int) -> None:
        self._code.append((_JUMP_EQUAL, 1, 0, value))
        self.give(action)

    def when(self, value: int, then: "Filter") -> None:
        """Run `then`, which must end by giving an action, when what is loaded is `value`."""
        self._code.append((_JUMP_EQUAL, 0, len(then.code), value))
        self._code.extend(then.code)

    def give_unless_one_of(self, values: Iterable[int], action: int, otherwise: int) -> None:
        for value in values:
            self.give_if_equal(value, otherwise)
        self.give(action)

    def assembled(self) -> bytes:
        """As `struct sock_filter[]`, which bubblewrap's --seccomp reads."""
        return b"".join(struct.pack("=HBBI", *instruction) for instruction in self._code)
