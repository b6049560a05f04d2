# verdict: time_limit
# Walks through all the readings for every question: right, and too slow for the long lists.
def count_in_range(readings, questions):
    return [sum(low <= reading <= high for reading in readings) for low, high in questions]
