#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_LENGTH 50000

// Tells whether every bracket in code is closed by its partner, in the right order.
bool is_balanced(const char *code) {
    const char *openers = "([{";
    const char *closers = ")]}";
    char *expected = malloc(strlen(code) + 1);
    int depth = 0;
    bool balanced = true;
    for (const char *c = code; *c != '\0' && balanced; c++) {
        const char *opener = strchr(openers, *c);
        if (opener != NULL) {
            expected[depth++] = closers[opener - openers];
        } else if (strchr(closers, *c) != NULL) {
            balanced = depth > 0 && expected[--depth] == *c;
        }
    }
    free(expected);
    return balanced && depth == 0;
}

// Reads the input and prints the answer. Nothing to change below.
int main(void) {
    static char code[MAX_LENGTH + 2];
    if (fgets(code, sizeof code, stdin) == NULL) return 1;
    code[strcspn(code, "\n")] = '\0';

    puts(is_balanced(code) ? "true" : "false");
    return 0;
}
