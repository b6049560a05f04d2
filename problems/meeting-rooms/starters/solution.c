#include <stdio.h>
#include <stdlib.h>

// Returns the smallest number of rooms that lets all n meetings take place. Meeting i lasts from starts[i] to ends[i].
int min_rooms(int *starts, int *ends, int n) {
    // Write your solution here.
    return 0;
}

// Reads the input and prints the answer. Nothing to change below.
int main(void) {
    int n;
    if (scanf("%d", &n) != 1) return 1;
    int *starts = malloc(n * sizeof *starts);
    int *ends = malloc(n * sizeof *ends);
    for (int i = 0; i < n; i++) {
        if (scanf("%d %d", &starts[i], &ends[i]) != 2) return 1;
    }
    printf("%d\n", min_rooms(starts, ends, n));
    free(starts);
    free(ends);
    return 0;
}
