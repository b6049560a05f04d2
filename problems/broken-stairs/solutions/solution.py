def count_ways(n: int, broken: list[int]) -> int:
    avoid = set(broken)
    one_below, two_below = 1, 0
    for step in range(1, n + 1):
        here = 0 if step in avoid else one_below + two_below
        one_below, two_below = here, one_below
    return one_below
