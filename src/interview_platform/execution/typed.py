"""What people type to a program that runs, and where it stands between what the program prints. No I/O."""

from dataclasses import dataclass

from interview_platform.accounts.model import PersonId
from interview_platform.kit.errors import Kind, Refusal

INPUT_MAX = 10_000  # characters at once: a pasted test case; what is longer is better given before the run
INPUT_TOTAL = 50_000  # of one run: hours of typing; it is kept with the run and sent to who comes late
PIECES_MAX = 1_000  # of one run: each is kept with who typed it


@dataclass(frozen=True, slots=True)
class Typed:
    """One piece. `stdout_at` and `stderr_at`: how much of the two streams stood before it, in UTF-16 units, in which
    browsers count. The name of the person is not here: it is theirs to change and to have erased.
    """

    person: PersonId
    text: str
    ended: bool
    """The input ends after it."""
    stdout_at: int
    stderr_at: int


class RunFinished(Refusal):
    def __init__(self, message: str = "This run has ended.") -> None:
        super().__init__(Kind.CONFLICT, "run_finished", message)


def not_interactive() -> Refusal:
    told = "This program takes no typing: its input was given before it ran."
    return Refusal(Kind.CONFLICT, "not_interactive", told)


def check_typing(text: str, before: list[Typed]) -> None:
    """Raises what refuses `text` after what was typed `before`."""
    if before and before[-1].ended:
        raise Refusal(Kind.CONFLICT, "input_ended", "The input of this program was ended already.")
    if len(text) > INPUT_MAX:
        raise Refusal(Kind.TOO_LARGE, "input_too_large", f"At most {INPUT_MAX:,} characters can be typed at once.")
    if len(before) >= PIECES_MAX or sum(len(piece.text) for piece in before) + len(text) > INPUT_TOTAL:
        told = f"At most {INPUT_TOTAL:,} characters in {PIECES_MAX:,} lines can be typed to one run."
        raise Refusal(Kind.TOO_LARGE, "input_full", told)


def units(text: str) -> int:
    """The length of `text` as browsers count it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
