# verdict: wrong_answer
# Keeps as many letters as it can: it may be cheaper to replace them.
def edit_distance(source, target):
    row = [0] * (len(target) + 1)
    for letter in source:
        above, row = row, [0]
        for j, wanted in enumerate(target):
            row.append(above[j] + 1 if letter == wanted else max(above[j + 1], row[j]))
    return max(len(source), len(target)) - row[-1]
