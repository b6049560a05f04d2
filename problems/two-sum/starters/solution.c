#include <stdio.h>
#include <stdlib.h>

// Stores in positions the two positions whose numbers add up to target, the smaller position first.
void two_sum(const int *nums, int n, int target, int positions[2]) {
    // Write your solution here.
    positions[0] = 0;
    positions[1] = 0;
}

// Reads the input and prints the answer. Nothing to change below.
int main(void) {
    int n, target;
    if (scanf("%d", &n) != 1) return 1;
    int *nums = malloc(n * sizeof *nums);
    for (int i = 0; i < n; i++) {
        if (scanf("%d", &nums[i]) != 1) return 1;
    }
    if (scanf("%d", &target) != 1) return 1;

    int positions[2];
    two_sum(nums, n, target, positions);
    printf("%d %d\n", positions[0], positions[1]);
    free(nums);
    return 0;
}
