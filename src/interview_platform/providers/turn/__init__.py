"""The relay of calls: coturn, or another TURN server with time-limited credentials (`use-auth-secret`)."""
