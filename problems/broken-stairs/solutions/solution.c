#include <stdbool.h>
#include <stdio.h>

#define MAX_STEPS 70

// Returns in how many ways one can climb from the ground to step n without touching one of the k broken steps.
long long count_ways(int n, const int *broken, int k) {
    bool avoid[MAX_STEPS + 1] = {false};
    for (int i = 0; i < k; i++) {
        avoid[broken[i]] = true;
    }
    long long one_below = 1;
    long long two_below = 0;
    for (int step = 1; step <= n; step++) {
        long long here = avoid[step] ? 0 : one_below + two_below;
        two_below = one_below;
        one_below = here;
    }
    return one_below;
}

// Reads the input and prints the answer. Nothing to change below.
int main(void) {
    int n, k, broken[MAX_STEPS];
    if (scanf("%d %d", &n, &k) != 2) return 1;
    for (int i = 0; i < k; i++) {
        if (scanf("%d", &broken[i]) != 1) return 1;
    }
    printf("%lld\n", count_ways(n, broken, k));
    return 0;
}
