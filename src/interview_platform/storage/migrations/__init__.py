"""The schema's history, run at every start by `storage/migrate.py`. How to add a revision: docs/storage.md."""
