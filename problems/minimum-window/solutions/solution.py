from collections import Counter


def min_window(text: str, letters: str) -> str:
    needed = Counter(letters)
    missing = len(letters)
    best = ""
    left = 0
    for right, letter in enumerate(text):
        missing -= needed[letter] > 0
        needed[letter] -= 1
        if missing:
            continue
        while needed[text[left]] < 0:
            needed[text[left]] += 1
            left += 1
        if not best or right - left + 1 < len(best):
            best = text[left : right + 1]
        # Give up the leftmost letter, so that the next window starts further right.
        needed[text[left]] += 1
        missing += 1
        left += 1
    return best
