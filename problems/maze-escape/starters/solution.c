#include <stdio.h>

#define MAX_SIDE 300

// Returns the fewest moves from S to E, or -1 when there is no way. Cell grid[row][column] is one of S E . #
int shortest_path(int rows, int columns, char grid[][MAX_SIDE + 1]) {
    // Write your solution here.
    return 0;
}

// Reads the input and prints the answer. Nothing to change below.
int main(void) {
    static char grid[MAX_SIDE][MAX_SIDE + 1];
    int rows, columns;
    if (scanf("%d %d", &rows, &columns) != 2) return 1;
    for (int row = 0; row < rows; row++) {
        if (scanf("%300s", grid[row]) != 1) return 1;
    }
    printf("%d\n", shortest_path(rows, columns, grid));
    return 0;
}
