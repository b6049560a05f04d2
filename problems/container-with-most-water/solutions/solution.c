#include <stdio.h>
#include <stdlib.h>

// Returns the most water that two of the n walls can hold between them.
int max_water(const int *heights, int n) {
    int best = 0;
    int left = 0;
    int right = n - 1;
    while (left < right) {
        int lower = heights[left] < heights[right] ? heights[left] : heights[right];
        if ((right - left) * lower > best) {
            best = (right - left) * lower;
        }
        // The lower wall can hold no more with any wall nearer to it.
        if (heights[left] == lower) {
            left++;
        } else {
            right--;
        }
    }
    return best;
}

// Reads the input and prints the answer. Nothing to change below.
int main(void) {
    int n;
    if (scanf("%d", &n) != 1) return 1;
    int *heights = malloc(n * sizeof *heights);
    for (int i = 0; i < n; i++) {
        if (scanf("%d", &heights[i]) != 1) return 1;
    }
    printf("%d\n", max_water(heights, n));
    free(heights);
    return 0;
}
