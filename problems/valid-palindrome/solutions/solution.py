def is_palindrome(text: str) -> bool:
    """Tell whether the letters and digits of text read the same in both directions, upper case or lower case."""
    kept = [char.lower() for char in text if char.isalnum()]
    return kept == kept[::-1]
