"""Interview Platform: technical interviews in the browser, self-hosted."""

__version__ = "0.1.0"
