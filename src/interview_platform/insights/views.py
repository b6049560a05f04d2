"""JSON shapes of insights."""

from interview_platform.insights.model import Dashboard
from interview_platform.kit.views import View


class DashboardAnswer(View):
    """True counts of the person who asks; what each counts stands at `insights.model.Dashboard`."""

    active: int
    hosted: int
    taken: int
    completed: int
    people: int
    runs: int
    minutes: int

    @classmethod
    def of(cls, numbers: Dashboard) -> "DashboardAnswer":
        return cls(
            active=numbers.active,
            hosted=numbers.hosted,
            taken=numbers.taken,
            completed=numbers.completed,
            people=numbers.people,
            runs=numbers.runs,
            minutes=numbers.minutes,
        )
