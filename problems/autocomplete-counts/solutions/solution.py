import sys
from collections import Counter


def count_completions(words: list[str], prefixes: list[str]) -> list[int]:
    """Return, for each prefix, how many of the words begin with it."""
    beginnings = Counter(word[:length] for word in words for length in range(1, len(word) + 1))
    return [beginnings[prefix] for prefix in prefixes]


# Reads the input and prints the answers. Nothing to change below.
def main() -> None:
    n, *lines = sys.stdin.read().split()
    words, prefixes = lines[: int(n)], lines[int(n) + 1 :]
    for count in count_completions(words, prefixes):
        print(count)


if __name__ == "__main__":
    main()
