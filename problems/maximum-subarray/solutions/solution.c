#include <stdio.h>
#include <stdlib.h>

// Returns the largest sum of a non-empty run of neighbouring numbers.
int max_subarray(const int *nums, int n) {
    int best = nums[0];
    int ending_here = nums[0];
    for (int i = 1; i < n; i++) {
        ending_here = (ending_here > 0 ? ending_here : 0) + nums[i];
        if (ending_here > best) {
            best = ending_here;
        }
    }
    return best;
}

// Reads the input and prints the answer. Nothing to change below.
int main(void) {
    int n;
    if (scanf("%d", &n) != 1) return 1;
    int *nums = malloc(n * sizeof *nums);
    for (int i = 0; i < n; i++) {
        if (scanf("%d", &nums[i]) != 1) return 1;
    }
    printf("%d\n", max_subarray(nums, n));
    free(nums);
    return 0;
}
