from collections import OrderedDict


class LRUCache:
    """Keeps at most `capacity` entries. The one that was used longest ago makes room for a new one."""

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.values: OrderedDict[int, int] = OrderedDict()  # the one used longest ago first

    def get(self, key: int) -> int:
        """Return the value stored under key, or -1 when there is none. Counts as a use."""
        if key not in self.values:
            return -1
        self.values.move_to_end(key)
        return self.values[key]

    def put(self, key: int, value: int) -> None:
        """Store value under key, in place of an older value. Counts as a use."""
        self.values[key] = value
        self.values.move_to_end(key)
        if len(self.values) > self.capacity:
            self.values.popitem(last=False)
