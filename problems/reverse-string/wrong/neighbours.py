# verdict: time_limit
# Brings each character to its place past one neighbour after the other: right, and too slow for the long lists.
def swap(chars, one, other):
    chars[one], chars[other] = chars[other], chars[one]


def reverse_string(chars):
    for place in range(len(chars)):
        for position in range(len(chars) - 1, place, -1):
            swap(chars, position - 1, position)
