def is_balanced(code: str) -> bool:
    """Tell whether every bracket in code is closed by its partner, in the right order."""
    # Write your solution here.
    return False


# Reads the input and prints the answer. Nothing to change below.
def main() -> None:
    code = input()
    print("true" if is_balanced(code) else "false")


if __name__ == "__main__":
    main()
