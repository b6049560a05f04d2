"""JSON shapes of problems. Hidden tests and reference solutions have no place in any of them."""

from interview_platform.kit.views import View
from interview_platform.problems.model import Difficulty, Problem


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
        )


class ProblemsAnswer(View):
    problems: list[ProblemSummaryView]
    """Easy first, then by title."""


class ProblemAnswer(View):
    problem: ProblemView
