"""For all suites: what is not itself a test module but asserts must say what it compared."""

import os

import pytest

# Dozens of servers are started here, each on a new data folder. What boots or is compiled ahead of runs would keep the
# machine busy for all of them; the suites of the runner, the journeys of runs and the benchmark have it.
os.environ.setdefault("RUNNER_WARM", "off")

# Here, because it has to come before the first suite imports one of them, in whatever order they run.
pytest.register_assert_rewrite("tests.contracts", "tests.exploits.judge", "tests.api", "tests.journeys.room_page")
