#include <stdio.h>
#include <stdlib.h>

// Returns how many of the n sorted readings lie between low and high, both included.
int count_in_range(const int *readings, int n, int low, int high) {
    // Write your solution here.
    return 0;
}

// Reads the input and prints the answers. Nothing to change below.
int main(void) {
    int n, questions, low, high;
    if (scanf("%d", &n) != 1) return 1;
    int *readings = malloc(n * sizeof *readings);
    for (int i = 0; i < n; i++) {
        if (scanf("%d", &readings[i]) != 1) return 1;
    }
    if (scanf("%d", &questions) != 1) return 1;

    for (int i = 0; i < questions; i++) {
        if (scanf("%d %d", &low, &high) != 2) return 1;
        printf("%d\n", count_in_range(readings, n, low, high));
    }
    free(readings);
    return 0;
}
