"""Clerk: its session tokens, its users, its webhooks. Measured against stand-ins: see docs/providers.md.

No `clerk-backend-api`: it has no option for where the key set is, does not look at `iss` and `sts`, and its strict
models break on what they do not expect (docs/decisions/0009-sign-in-providers.md).
"""
