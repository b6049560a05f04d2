#include <stdio.h>
#include <string.h>

#define MAX_LENGTH 50000

// Finds the shortest piece of text that holds all the letters, the leftmost such piece.
// Stores in *start where it begins and returns its length, or returns 0 when there is none.
int min_window(const char *text, const char *letters, int *start) {
    // Write your solution here.
    return 0;
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
