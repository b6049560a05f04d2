# verdict: wrong_answer
# Takes the ways over each broken step off all the ways: those over two of them go off twice.
def count_ways(n, broken):
    whole = [1, 1]
    while len(whole) <= n:
        whole.append(whole[-1] + whole[-2])
    return whole[n] - sum(whole[step] * whole[n - step] for step in broken)
