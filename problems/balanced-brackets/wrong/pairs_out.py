# verdict: time_limit
# Takes the innermost pairs out until none is left: right, and one round for every level of nesting.
def is_balanced(code):
    code = "".join(char for char in code if char in "()[]{}")
    while "()" in code or "[]" in code or "{}" in code:
        code = code.replace("()", "").replace("[]", "").replace("{}", "")
    return code == ""
