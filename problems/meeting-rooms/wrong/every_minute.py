# verdict: time_limit
# Counts the meetings of every minute one by one: right, and too slow for many long meetings.
def min_rooms(meetings):
    busy = [0] * 1_000_001
    for start, end in meetings:
        for minute in range(start, end):
            busy[minute] += 1
    return max(busy)
