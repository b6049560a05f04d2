"""JSON shapes of problems. Hidden tests and reference solutions have no place in any of them."""

from interview_platform.kit.views import View
from interview_platform.problems.model import Difficulty, Problem
from interview_platform.problems.signatures.model import Signature


class ProblemSummaryView(View):
    slug: str
    title: str
    difficulty: Difficulty
    tags: list[str]
    languages: list[str]
    """Ids of the languages that have starter code."""

    @classmethod
    def of(cls, problem: Problem) -> "ProblemSummaryView":
        return cls(
            slug=problem.slug,
            title=problem.title,
            difficulty=problem.difficulty,
            tags=list(problem.tags),
            languages=list(problem.starters),
        )


class ExampleView(View):
    input: str
    output: str
    explanation: str
    """Markdown."""


class VisibleTestView(View):
    name: str
    input: str
    expected: str


class ParameterView(View):
    name: str
    """In snake_case; starters write it as is their language's custom."""
    type: str
    """`list<list<int>>`, see docs/problems.md."""


class SignatureView(View):
    """Of the function that people write. Inputs of examples and tests have one line of JSON for each parameter."""

    name: str
    parameters: list[ParameterView]
    returns: str
    in_place: str | None
    """The parameter that the function changes, when that is the answer."""

    @classmethod
    def of(cls, signature: Signature) -> "SignatureView":
        return cls(
            name=signature.name,
            parameters=[ParameterView(name=one.name, type=str(one.type)) for one in signature.parameters],
            returns=str(signature.returns),
            in_place=signature.in_place,
        )


class ProblemView(View):
    slug: str
    title: str
    difficulty: Difficulty
    tags: list[str]
    statement: str
    """Markdown, without examples and constraints."""
    examples: list[ExampleView]
    constraints: list[str]
    """Markdown, one line each."""
    starters: dict[str, str]
    """Language id -> code."""
    visible_tests: list[VisibleTestView]
    signature: SignatureView | None
    """None: programs read standard input and print the answer."""
    time_limit_seconds: float | None
    """For each test; None: as for any program."""

    @classmethod
    def of(cls, problem: Problem) -> "ProblemView":
        return cls(
            slug=problem.slug,
            title=problem.title,
            difficulty=problem.difficulty,
            tags=list(problem.tags),
            statement=problem.statement,
            examples=[
                ExampleView(input=one.input, output=one.output, explanation=one.explanation) for one in problem.examples
            ],
            constraints=list(problem.constraints),
            starters=dict(problem.starters),
            visible_tests=[
                VisibleTestView(name=test.name, input=test.input, expected=test.expected)
                for test in problem.tests
                if not test.hidden
            ],
            signature=SignatureView.of(problem.signature) if problem.signature else None,
            time_limit_seconds=problem.time_limit_seconds,
        )


class ProblemsAnswer(View):
    problems: list[ProblemSummaryView]
    """Easy first, then by title."""


class ProblemAnswer(View):
    problem: ProblemView
