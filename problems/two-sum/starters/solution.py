import sys


def two_sum(nums: list[int], target: int) -> list[int]:
    """Return the positions of the two numbers that add up to target, the smaller position first."""
    # Write your solution here.
    return []


# Reads the input and prints the answer. Nothing to change below.
def main() -> None:
    n, *numbers = map(int, sys.stdin.read().split())
    print(*two_sum(numbers[:n], numbers[n]))


if __name__ == "__main__":
    main()
