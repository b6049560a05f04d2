def edit_distance(source: str, target: str) -> int:
    # Cell j of a row: the changes that turn the source read so far into target[:j].
    row = list(range(len(target) + 1))
    for deleted, letter in enumerate(source, start=1):
        above, row = row, [deleted]
        for j, wanted in enumerate(target):
            replaced = above[j] + (letter != wanted)
            row.append(min(replaced, above[j + 1] + 1, row[j] + 1))
    return row[-1]
