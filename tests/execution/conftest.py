from tests.api import database, database_url, empty_database
from tests.execution.rooms import rooms
from tests.execution.runners import runner, runner_folder

__all__ = ["database", "database_url", "empty_database", "rooms", "runner", "runner_folder"]
