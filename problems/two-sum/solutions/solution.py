import sys


def two_sum(nums: list[int], target: int) -> list[int]:
    """Return the positions of the two numbers that add up to target, the smaller position first."""
    position_of: dict[int, int] = {}
    for position, num in enumerate(nums):
        if target - num in position_of:
            return [position_of[target - num], position]
        position_of[num] = position
    return []


# Reads the input and prints the answer. Nothing to change below.
def main() -> None:
    n, *numbers = map(int, sys.stdin.read().split())
    print(*two_sum(numbers[:n], numbers[n]))


if __name__ == "__main__":
    main()
