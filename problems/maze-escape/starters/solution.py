import sys


def shortest_path(grid: list[str]) -> int:
    """Return the fewest moves from S to E, or -1 when there is no way."""
    # Write your solution here.
    return 0


# Reads the input and prints the answer. Nothing to change below.
def main() -> None:
    _, _, *grid = sys.stdin.read().split()
    print(shortest_path(grid))


if __name__ == "__main__":
    main()
