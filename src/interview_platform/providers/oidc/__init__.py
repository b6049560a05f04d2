"""Sign-in by any OpenID provider (by discovery; preset `google`) and by GitHub, which speaks OAuth 2 only.

What a page of ours needs of it: `GET /api/auth/oidc/start`, which ends in an ordinary cookie of ours.
"""
