from collections import Counter


def count_completions(words: list[str], prefixes: list[str]) -> list[int]:
    beginnings = Counter(word[:length] for word in words for length in range(1, len(word) + 1))
    return [beginnings[prefix] for prefix in prefixes]
