def edit_distance(source: str, target: str) -> int:
    """Return the fewest single-letter changes that turn source into target."""
    # Write your solution here.
    return 0


# Reads the input and prints the answer. Nothing to change below.
def main() -> None:
    source, target = input(), input()
    print(edit_distance(source, target))


if __name__ == "__main__":
    main()
