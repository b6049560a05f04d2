#include <stdio.h>
#include <stdlib.h>

// Returns how many units of water stay between the n columns of blocks after the rain.
int trapped_water(const int *heights, int n) {
    int total = 0;
    int left = 0;
    int right = n - 1;
    int left_wall = 0;
    int right_wall = 0;
    while (left <= right) {
        // The side with the lower wall decides: whatever lies further in, the water stands at that wall's height.
        if (left_wall <= right_wall) {
            if (heights[left] > left_wall) {
                left_wall = heights[left];
            }
            total += left_wall - heights[left++];
        } else {
            if (heights[right] > right_wall) {
                right_wall = heights[right];
            }
            total += right_wall - heights[right--];
        }
    }
    return total;
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
