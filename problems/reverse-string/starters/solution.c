#include <stdio.h>
#include <string.h>

#define MAX_LENGTH 50000

// Reverses the n characters of chars in place.
void reverse_string(char *chars, int n) {
    // Write your solution here.
}

// Reads the input and prints the answer. Nothing to change below.
int main(void) {
    static char text[MAX_LENGTH + 2];
    if (fgets(text, sizeof text, stdin) == NULL) return 1;
    text[strcspn(text, "\n")] = '\0';

    reverse_string(text, strlen(text));
    puts(text);
    return 0;
}
