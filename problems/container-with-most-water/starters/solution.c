#include <stdio.h>
#include <stdlib.h>

// Returns the most water that two of the n walls can hold between them.
int max_water(const int *heights, int n) {
    // Write your solution here.
    return 0;
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
