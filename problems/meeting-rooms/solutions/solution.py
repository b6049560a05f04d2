from heapq import heappop, heappush


def min_rooms(meetings: list[tuple[int, int]]) -> int:
    """Return the smallest number of rooms that lets every meeting (start, end) take place."""
    ends: list[int] = []  # of the meetings that hold a room; a room that becomes free is taken over
    for start, end in sorted(meetings):
        if ends and ends[0] <= start:
            heappop(ends)
        heappush(ends, end)
    return len(ends)
