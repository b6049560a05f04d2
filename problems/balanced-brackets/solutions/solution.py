def is_balanced(code: str) -> bool:
    opener_of = {")": "(", "]": "[", "}": "{"}
    open_now: list[str] = []
    for char in code:
        if char in "([{":
            open_now.append(char)
        elif char in opener_of and (not open_now or open_now.pop() != opener_of[char]):
            return False
    return not open_now
