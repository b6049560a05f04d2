# verdict: time_limit
# Turns a copy around anew for each place: right, and too slow for the long lists.
def turned(chars):
    result = []
    for char in chars:
        result.insert(0, char)
    return result


def reverse_string(chars):
    before = list(chars)
    for place in range(len(chars)):
        chars[place] = turned(before)[place]
