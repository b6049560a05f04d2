# verdict: time_limit
# Compares every prefix with every word: right, and too slow for the long lists.
def count_completions(words, prefixes):
    return [sum(word.startswith(prefix) for word in words) for prefix in prefixes]
