from bisect import bisect_left, bisect_right


def count_in_range(readings: list[int], questions: list[list[int]]) -> list[int]:
    return [bisect_right(readings, high) - bisect_left(readings, low) for low, high in questions]
