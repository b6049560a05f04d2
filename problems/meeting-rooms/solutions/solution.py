import sys
from heapq import heappop, heappush


def min_rooms(meetings: list[tuple[int, int]]) -> int:
    """Return the smallest number of rooms that lets every meeting (start, end) take place."""
    ends: list[int] = []  # of the meetings that hold a room; a room that becomes free is taken over
    for start, end in sorted(meetings):
        if ends and ends[0] <= start:
            heappop(ends)
        heappush(ends, end)
    return len(ends)


# Reads the input and prints the answer. Nothing to change below.
def main() -> None:
    _, *times = map(int, sys.stdin.read().split())
    print(min_rooms(list(zip(times[::2], times[1::2]))))


if __name__ == "__main__":
    main()
