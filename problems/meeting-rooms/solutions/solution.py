from heapq import heappop, heappush


def min_rooms(meetings: list[list[int]]) -> int:
    ends: list[int] = []  # of the meetings that hold a room; a room that becomes free is taken over
    for start, end in sorted(meetings):
        if ends and ends[0] <= start:
            heappop(ends)
        heappush(ends, end)
    return len(ends)
