def reverse_string(chars: list[str]) -> None:
    """Reverse chars in place; return nothing."""
    # Write your solution here.


# Reads the input and prints the answer. Nothing to change below.
def main() -> None:
    chars = list(input())
    reverse_string(chars)
    print("".join(chars))


if __name__ == "__main__":
    main()
