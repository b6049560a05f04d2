import sys


def max_water(heights: list[int]) -> int:
    """Return the most water that two of the walls can hold between them."""
    # Write your solution here.
    return 0


# Reads the input and prints the answer. Nothing to change below.
def main() -> None:
    _, *heights = map(int, sys.stdin.read().split())
    print(max_water(heights))


if __name__ == "__main__":
    main()
