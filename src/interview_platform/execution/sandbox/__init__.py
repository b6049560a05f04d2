"""One process in a bubblewrap sandbox, used once, with limits that hold. Essay: docs/execution.md."""
