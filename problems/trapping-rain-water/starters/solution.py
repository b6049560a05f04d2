import sys


def trapped_water(heights: list[int]) -> int:
    """Return how many units of water stay between the blocks after the rain."""
    # Write your solution here.
    return 0


# Reads the input and prints the answer. Nothing to change below.
def main() -> None:
    _, *heights = map(int, sys.stdin.read().split())
    print(trapped_water(heights))


if __name__ == "__main__":
    main()
