import sys
from bisect import bisect_left, bisect_right


def count_in_range(readings: list[int], low: int, high: int) -> int:
    """Return how many of the sorted readings lie between low and high, both included."""
    return bisect_right(readings, high) - bisect_left(readings, low)


# Reads the input and prints the answers. Nothing to change below.
def main() -> None:
    n, *numbers = map(int, sys.stdin.read().split())
    readings, bounds = numbers[:n], numbers[n + 1 :]
    for low, high in zip(bounds[::2], bounds[1::2]):
        print(count_in_range(readings, low, high))


if __name__ == "__main__":
    main()
