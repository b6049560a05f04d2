# verdict: runtime_error
# Swaps the ends and calls itself for the rest: deeper than Python goes.
def reverse_string(chars, left=0):
    right = len(chars) - 1 - left
    if left < right:
        chars[left], chars[right] = chars[right], chars[left]
        reverse_string(chars, left + 1)
