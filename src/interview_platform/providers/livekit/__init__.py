"""LiveKit: calls through a media server of the operator's, or LiveKit's own (docs/providers.md)."""
