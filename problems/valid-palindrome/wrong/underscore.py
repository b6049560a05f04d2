# verdict: wrong_answer
# Takes the underscore for a letter, as \w does.
import re


def is_palindrome(text):
    kept = re.sub(r"\W", "", text).lower()
    return kept == kept[::-1]
