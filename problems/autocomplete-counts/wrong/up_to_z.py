# verdict: wrong_answer
# Takes prefix + "z" for the last word with this beginning; "jazzy" comes after "jaz" + "z".
from bisect import bisect_left, bisect_right


def count_completions(words, prefixes):
    words = sorted(words)
    return [bisect_right(words, prefix + "z") - bisect_left(words, prefix) for prefix in prefixes]
