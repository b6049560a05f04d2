"""For all suites: what is not itself a test module but asserts must say what it compared."""

import pytest

# Here, because it has to come before the first suite imports one of them, in whatever order they run.
pytest.register_assert_rewrite("tests.contracts", "tests.exploits.judge", "tests.api", "tests.journeys.room_page")
