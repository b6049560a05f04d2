#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define MAX_LENGTH 50000

// Tells whether the letters and digits of text read the same in both directions, upper case or lower case.
bool is_palindrome(const char *text) {
    int left = 0;
    int right = (int)strlen(text) - 1;
    while (left < right) {
        if (!isalnum((unsigned char)text[left])) {
            left++;
        } else if (!isalnum((unsigned char)text[right])) {
            right--;
        } else if (tolower((unsigned char)text[left++]) != tolower((unsigned char)text[right--])) {
            return false;
        }
    }
    return true;
}

// Reads the input and prints the answer. Nothing to change below.
int main(void) {
    static char text[MAX_LENGTH + 2];
    if (fgets(text, sizeof text, stdin) == NULL) return 1;
    text[strcspn(text, "\n")] = '\0';

    puts(is_palindrome(text) ? "true" : "false");
    return 0;
}
