"""Settings, composition, error table, command line: the only place that chooses adapters."""
