from bisect import bisect_left, bisect_right


def count_in_range(readings: list[int], low: int, high: int) -> int:
    """Return how many of the sorted readings lie between low and high, both included."""
    return bisect_right(readings, high) - bisect_left(readings, low)
