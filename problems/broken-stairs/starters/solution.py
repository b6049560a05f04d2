import sys


def count_ways(n: int, broken: list[int]) -> int:
    """Return in how many ways one can climb from the ground to step n without touching a broken step."""
    # Write your solution here.
    return 0


# Reads the input and prints the answer. Nothing to change below.
def main() -> None:
    n, _, *broken = map(int, sys.stdin.read().split())
    print(count_ways(n, broken))


if __name__ == "__main__":
    main()
