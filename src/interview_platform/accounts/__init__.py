"""People: sign-in, profile, guests, access tokens."""
