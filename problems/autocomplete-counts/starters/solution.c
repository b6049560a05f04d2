#include <stdio.h>
#include <stdlib.h>

#define MAX_LENGTH 20

typedef char Word[MAX_LENGTH + 1];

// Stores in counts[i] how many of the n words begin with prefixes[i], for each of the q prefixes.
void count_completions(Word *words, int n, Word *prefixes, int q, int *counts) {
    // Write your solution here.
}

// Reads the input and prints the answers. Nothing to change below.
Word *read_list(int *length) {
    if (scanf("%d", length) != 1) exit(1);
    Word *list = malloc(*length * sizeof *list);
    for (int i = 0; i < *length; i++) {
        if (scanf("%20s", list[i]) != 1) exit(1);
    }
    return list;
}

int main(void) {
    int n, q;
    Word *words = read_list(&n);
    Word *prefixes = read_list(&q);
    int *counts = calloc(q, sizeof *counts);

    count_completions(words, n, prefixes, q, counts);
    for (int i = 0; i < q; i++) {
        printf("%d\n", counts[i]);
    }
    free(words);
    free(prefixes);
    free(counts);
    return 0;
}
