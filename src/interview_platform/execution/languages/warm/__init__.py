"""Programs that boot inside a sandbox ahead of the run they are for: docs/execution.md, "Warm"."""
