#include <stdio.h>
#include <stdlib.h>

static int ascending(const void *a, const void *b) {
    int left = *(const int *)a;
    int right = *(const int *)b;
    return (left > right) - (left < right);
}

// Returns the smallest number of rooms that lets all n meetings take place. Meeting i lasts from starts[i] to ends[i].
int min_rooms(int *starts, int *ends, int n) {
    qsort(starts, n, sizeof *starts, ascending);
    qsort(ends, n, sizeof *ends, ascending);
    int rooms = 0;
    int freed = 0;
    for (int i = 0; i < n; i++) {
        if (ends[freed] <= starts[i]) {
            freed++;
        } else {
            rooms++;
        }
    }
    return rooms;
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
