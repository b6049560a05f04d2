#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_LENGTH 20

typedef char Word[MAX_LENGTH + 1];

static int alphabetical(const void *a, const void *b) {
    return strcmp(a, b);
}

// How many of the sorted words come before all that begin with prefix; after them, when `past` is 1.
static int count_before(Word *words, int n, const char *prefix, int past) {
    size_t length = strlen(prefix);
    int from = 0;
    int to = n;
    while (from < to) {
        int middle = from + (to - from) / 2;
        if (strncmp(words[middle], prefix, length) < past) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return from;
}

// Stores in counts[i] how many of the n words begin with prefixes[i], for each of the q prefixes.
void count_completions(Word *words, int n, Word *prefixes, int q, int *counts) {
    qsort(words, n, sizeof *words, alphabetical);
    for (int i = 0; i < q; i++) {
        counts[i] = count_before(words, n, prefixes[i], 1) - count_before(words, n, prefixes[i], 0);
    }
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
