def min_window(text: str, letters: str) -> str:
    """Return the shortest piece of text that holds all the letters, the leftmost such piece, or ""."""
    # Write your solution here.
    return ""


# Reads the input and prints the answer. Nothing to change below.
def main() -> None:
    text, letters = input(), input()
    print(min_window(text, letters) or "-")


if __name__ == "__main__":
    main()
