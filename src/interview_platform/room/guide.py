"""What helps those who interview with the session's problem: hints to give, solutions to compare with."""

from interview_platform.problems.ports import ProblemBank
from interview_platform.room.views import GuideAnswer, HintView, PadGuideView
from interview_platform.sessions.model import Session

FIRST_PAD = ""


class Guides:
    def __init__(self, problems: ProblemBank) -> None:
        self._problems = problems

    def of(self, session: Session) -> GuideAnswer:
        """For somebody of the staff. Of a problem that is not in the bank any more there is nothing to tell."""
        problem = self._problems.get(session.problem_slug)
        pads = []
        if problem is not None:
            hints = [HintView(title=hint.title, text=hint.text) for hint in problem.hints]
            pads.append(
                PadGuideView(
                    pad=FIRST_PAD,
                    problem=problem.slug,
                    title=problem.title,
                    hints=hints,
                    solutions=dict(problem.references),
                )
            )
        return GuideAnswer(pads=pads)
