"""What helps those who interview with the session's problems: hints to give, solutions to compare with."""

from interview_platform.problems.ports import ProblemBank
from interview_platform.room.views import GuideAnswer, HintView, PadGuideView
from interview_platform.sessions.model import Session
from interview_platform.timeline.pads import pads_of
from interview_platform.timeline.ports import TimelineStore

FIRST_PAD = ""


class Guides:
    def __init__(self, problems: ProblemBank, timeline: TimelineStore) -> None:
        self._problems = problems
        self._timeline = timeline

    async def of(self, session: Session) -> GuideAnswer:
        """For somebody of the staff. Of a problem that is not in the bank any more there is nothing to tell."""
        added = await pads_of(self._timeline, session.id)
        problems = [(FIRST_PAD, session.problem_slug), *((pad.id, pad.problem) for pad in added)]
        found = [self._of_pad(pad, slug) for pad, slug in problems]
        return GuideAnswer(pads=[guide for guide in found if guide is not None])

    def _of_pad(self, pad: str, slug: str) -> PadGuideView | None:
        problem = self._problems.get(slug)
        if problem is None:
            return None
        return PadGuideView(
            pad=pad,
            problem=problem.slug,
            title=problem.title,
            hints=[HintView(title=hint.title, text=hint.text) for hint in problem.hints],
            solutions=dict(problem.references),
        )
