"""SQLite and PostgreSQL behind the features' store ports (SQLAlchemy Core, Alembic)."""
