#include <stdio.h>

#define MAX_SIDE 300

// Returns the fewest moves from S to E, or -1 when there is no way. Cell grid[row][column] is one of S E . #
int shortest_path(int rows, int columns, char grid[][MAX_SIDE + 1]) {
    static int moves[MAX_SIDE][MAX_SIDE];  // plus one, so that 0 means "not reached"
    static int waiting[MAX_SIDE * MAX_SIDE];
    int first = 0;
    int last = 0;
    for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
            if (grid[row][column] == 'S') {
                moves[row][column] = 1;
                waiting[last++] = row * columns + column;
            }
        }
    }
    const int steps[4][2] = {{-1, 0}, {1, 0}, {0, -1}, {0, 1}};
    while (first < last) {
        int row = waiting[first] / columns;
        int column = waiting[first] % columns;
        first++;
        if (grid[row][column] == 'E') {
            return moves[row][column] - 1;
        }
        for (int i = 0; i < 4; i++) {
            int r = row + steps[i][0];
            int c = column + steps[i][1];
            if (r < 0 || r >= rows || c < 0 || c >= columns || grid[r][c] == '#' || moves[r][c] != 0) {
                continue;
            }
            moves[r][c] = moves[row][column] + 1;
            waiting[last++] = r * columns + c;
        }
    }
    return -1;
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
