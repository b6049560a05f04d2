import sys


def max_subarray(nums: list[int]) -> int:
    """Return the largest sum of a non-empty run of neighbouring numbers."""
    # Write your solution here.
    return 0


# Reads the input and prints the answer. Nothing to change below.
def main() -> None:
    _, *nums = map(int, sys.stdin.read().split())
    print(max_subarray(nums))


if __name__ == "__main__":
    main()
