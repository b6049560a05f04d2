#include <stdio.h>
#include <string.h>

#define MAX_LENGTH 1000

static int smaller(int a, int b) {
    return a < b ? a : b;
}

// Returns the fewest single-letter changes that turn source into target.
int edit_distance(const char *source, const char *target) {
    static int changes[MAX_LENGTH + 1][MAX_LENGTH + 1];
    int rows = strlen(source);
    int columns = strlen(target);
    for (int i = 0; i <= rows; i++) {
        for (int j = 0; j <= columns; j++) {
            if (i == 0 || j == 0) {
                changes[i][j] = i + j;
                continue;
            }
            int replaced = changes[i - 1][j - 1] + (source[i - 1] != target[j - 1]);
            changes[i][j] = smaller(replaced, 1 + smaller(changes[i - 1][j], changes[i][j - 1]));
        }
    }
    return changes[rows][columns];
}

// Reads the input and prints the answer. Nothing to change below.
int main(void) {
    char source[MAX_LENGTH + 2], target[MAX_LENGTH + 2];
    if (fgets(source, sizeof source, stdin) == NULL || fgets(target, sizeof target, stdin) == NULL) return 1;
    source[strcspn(source, "\n")] = '\0';
    target[strcspn(target, "\n")] = '\0';

    printf("%d\n", edit_distance(source, target));
    return 0;
}
