# verdict: time_limit
# Every command makes all entries older, and the oldest one is searched for: right, and too slow for a large cache.
def run_cache(capacity, commands):
    values = {}
    ages = {}
    answers = []
    for key, *new in commands:
        for other in ages:
            ages[other] += 1
        if not new:
            answers.append(values.get(key, -1))
        elif key not in values and len(values) == capacity:
            oldest = max(ages, key=ages.get)
            del values[oldest], ages[oldest]
        if new:
            values[key] = new[0]
        if key in values:
            ages[key] = 0
    return answers
