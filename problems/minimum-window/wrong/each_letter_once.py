# verdict: wrong_answer
# Asks only which letters are needed, and not how often.
from collections import Counter


def min_window(text, letters):
    needed = set(letters)
    found = Counter()
    best = ""
    left = 0
    for right, letter in enumerate(text):
        if letter in needed:
            found[letter] += 1
        while len(found) == len(needed):
            if not best or right - left + 1 < len(best):
                best = text[left : right + 1]
            if text[left] in needed:
                found[text[left]] -= 1
                found += Counter()  # without those that are gone
            left += 1
    return best
