#include <stdio.h>
#include <stdlib.h>

// Returns how many units of water stay between the n columns of blocks after the rain.
int trapped_water(const int *heights, int n) {
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
    printf("%d\n", trapped_water(heights, n));
    free(heights);
    return 0;
}
