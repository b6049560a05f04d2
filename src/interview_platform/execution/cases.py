"""The cases of one run of the tests, in their order: visible ones, the person's own, hidden ones. No I/O."""

from collections.abc import Sequence
from dataclasses import dataclass

from interview_platform.kit.errors import Refusal, invalid
from interview_platform.problems.model import Problem
from interview_platform.problems.signatures.model import Signature
from interview_platform.problems.values import BadValue, read_answer, read_arguments

OWN_MAX = 10  # more cases than somebody types in an interview, few enough to wait for
OWN_LENGTH_MAX = 20_000  # characters of an input, and of an expected answer


@dataclass(frozen=True, slots=True)
class OwnCase:
    """Made by a person in the room. Without `expected` it is only run, and what comes out is shown."""

    input: str
    expected: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    input: str
    expected: str | None
    hidden: bool = False
    own: bool = False


def cases_of(problem: Problem, own: Sequence[OwnCase]) -> tuple[Case, ...]:
    """Hidden ones come last: what they hold has not been in the process that runs what is shown.

    Raises Refusal too_many_cases, bad_case.
    """
    if len(own) > OWN_MAX:
        raise invalid(f"At most {OWN_MAX} cases of one's own can be run.", "too_many_cases", cases="are too many")
    typed = [_own(problem.signature, number, case) for number, case in enumerate(own)]
    visible = [Case(one.name, one.input, one.expected) for one in problem.tests if not one.hidden]
    hidden = [one for one in problem.tests if one.hidden]
    # The name of a hidden test ("All negative") is half of the answer to why it fails.
    unnamed = [
        Case(f"Hidden test {number}", one.input, one.expected, hidden=True) for number, one in enumerate(hidden, 1)
    ]
    return (*visible, *typed, *unnamed)


def one_line_each(text: str) -> str:
    """What a person typed as arguments, with the line ends that are wanted."""
    return text.replace("\r\n", "\n").replace("\r", " ").strip("\n")


def _own(signature: Signature | None, number: int, case: OwnCase) -> Case:
    place, name = f"cases[{number}]", f"Own case {number + 1}"
    for part, text in (("input", case.input), ("expected", case.expected)):
        if text is not None and len(text) > OWN_LENGTH_MAX:
            raise _bad(f"{place}.{part}", name, f"has more than {OWN_LENGTH_MAX:,} characters")
    if signature is None:
        return Case(name, case.input, case.expected, own=True)
    given = one_line_each(case.input)
    # An empty field is how a form says that there is none.
    expected = case.expected.strip() if case.expected and case.expected.strip() else None
    try:
        read_arguments(signature, given)
    except BadValue as error:
        raise _bad(f"{place}.input", name, str(error)) from None
    try:
        if expected is not None:
            read_answer(signature, expected)
    except BadValue as error:
        raise _bad(f"{place}.expected", name, str(error)) from None
    return Case(name, given, expected, own=True)


def _bad(place: str, name: str, what: str) -> Refusal:
    kind = "expected answer" if place.endswith("expected") else "input"
    return invalid(f"{name}: the {kind} {what}.", "bad_case", **{place: what})
