from tests.coturn import coturn

__all__ = ["coturn"]
