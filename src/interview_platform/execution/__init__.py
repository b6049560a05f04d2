"""Running code: queue, sandbox, languages, verdicts."""
