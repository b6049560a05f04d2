import sys


def min_rooms(meetings: list[tuple[int, int]]) -> int:
    """Return the smallest number of rooms that lets every meeting (start, end) take place."""
    # Write your solution here.
    return 0


# Reads the input and prints the answer. Nothing to change below.
def main() -> None:
    _, *times = map(int, sys.stdin.read().split())
    print(min_rooms(list(zip(times[::2], times[1::2]))))


if __name__ == "__main__":
    main()
