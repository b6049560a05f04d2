"""Stream (getstream.io): video and chat over its documented HTTP. Its SDKs are proprietary: they stay out of here."""
