from tests.api import api, database, database_url, empty_database
from tests.postgres import postgres_server, postgres_url

__all__ = ["api", "database", "database_url", "empty_database", "postgres_server", "postgres_url"]
