#include <stdio.h>
#include <stdlib.h>

typedef struct {
    int num;
    int position;
} Entry;

static int by_num(const void *a, const void *b) {
    const Entry *left = a;
    const Entry *right = b;
    return (left->num > right->num) - (left->num < right->num);
}

// Stores in positions the two positions whose numbers add up to target, the smaller position first.
void two_sum(const int *nums, int n, int target, int positions[2]) {
    // Sorted by value, two fingers from both ends close in on the target.
    Entry *entries = malloc(n * sizeof *entries);
    for (int i = 0; i < n; i++) {
        entries[i] = (Entry){nums[i], i};
    }
    qsort(entries, n, sizeof *entries, by_num);
    int low = 0;
    int high = n - 1;
    while (entries[low].num + entries[high].num != target) {
        if (entries[low].num + entries[high].num < target) {
            low++;
        } else {
            high--;
        }
    }
    int first = entries[low].position;
    int second = entries[high].position;
    positions[0] = first < second ? first : second;
    positions[1] = first < second ? second : first;
    free(entries);
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
