"""What Alembic runs. The connection, already in a transaction, comes from `storage/migrate.py`."""

from alembic import context

from interview_platform.storage.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=True)
context.run_migrations()
