#include <stdio.h>
#include <string.h>

#define MAX_LENGTH 50000

// Finds the shortest piece of text that holds all the letters, the leftmost such piece.
// Stores in *start where it begins and returns its length, or returns 0 when there is none.
int min_window(const char *text, const char *letters, int *start) {
    int needed[128] = {0};
    int missing = 0;
    for (const char *letter = letters; *letter != '\0'; letter++) {
        needed[(int)*letter]++;
        missing++;
    }
    int best = 0;
    int left = 0;
    for (int right = 0; text[right] != '\0'; right++) {
        if (needed[(int)text[right]]-- > 0) {
            missing--;
        }
        while (missing == 0) {
            if (best == 0 || right - left + 1 < best) {
                best = right - left + 1;
                *start = left;
            }
            if (++needed[(int)text[left++]] > 0) {
                missing++;
            }
        }
    }
    return best;
}

// Reads the input and prints the answer. Nothing to change below.
int main(void) {
    static char text[MAX_LENGTH + 2], letters[MAX_LENGTH + 2];
    if (fgets(text, sizeof text, stdin) == NULL || fgets(letters, sizeof letters, stdin) == NULL) return 1;
    text[strcspn(text, "\n")] = '\0';
    letters[strcspn(letters, "\n")] = '\0';

    int start = 0;
    int length = min_window(text, letters, &start);
    if (length == 0) {
        puts("-");
    } else {
        printf("%.*s\n", length, text + start);
    }
    return 0;
}
