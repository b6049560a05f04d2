from collections import OrderedDict


def run_cache(capacity: int, commands: list[list[int]]) -> list[int]:
    values: OrderedDict[int, int] = OrderedDict()  # the one used longest ago first
    answers: list[int] = []
    for key, *new in commands:
        if new:
            values[key] = new[0]
        else:
            answers.append(values.get(key, -1))
        if key in values:
            values.move_to_end(key)
        if len(values) > capacity:
            values.popitem(last=False)
    return answers
