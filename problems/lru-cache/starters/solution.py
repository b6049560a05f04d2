import sys


class LRUCache:
    """Keeps at most `capacity` entries. The one that was used longest ago makes room for a new one."""

    def __init__(self, capacity: int) -> None:
        # Prepare what you need here.
        self.capacity = capacity

    def get(self, key: int) -> int:
        """Return the value stored under key, or -1 when there is none. Counts as a use."""
        # Write your solution here.
        return -1

    def put(self, key: int, value: int) -> None:
        """Store value under key, in place of an older value. Counts as a use."""
        # Write your solution here.


# Reads the input and prints the answers. Nothing to change below.
def main() -> None:
    (capacity, n), *commands = map(str.split, sys.stdin)
    cache = LRUCache(int(capacity))
    for name, *arguments in commands[: int(n)]:
        if name == "get":
            print(cache.get(int(arguments[0])))
        else:
            cache.put(int(arguments[0]), int(arguments[1]))


if __name__ == "__main__":
    main()
