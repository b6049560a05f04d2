#include <stdio.h>
#include <stdlib.h>

#define MAX_KEY 10000

// Keeps at most `capacity` entries. The one that was used longest ago makes room for a new one.
typedef struct {
    int capacity;
    // Add what you need here. Keys go from 0 to MAX_KEY.
} LRUCache;

LRUCache *cache_create(int capacity) {
    LRUCache *cache = calloc(1, sizeof *cache);
    cache->capacity = capacity;
    // Prepare what you need here.
    return cache;
}

// Returns the value stored under key, or -1 when there is none. Counts as a use.
int cache_get(LRUCache *cache, int key) {
    // Write your solution here.
    return -1;
}

// Stores value under key, in place of an older value. Counts as a use.
void cache_put(LRUCache *cache, int key, int value) {
    // Write your solution here.
}

// Reads the input and prints the answers. Nothing to change below.
int main(void) {
    int capacity, commands, key, value;
    char name[4];
    if (scanf("%d %d", &capacity, &commands) != 2) return 1;
    LRUCache *cache = cache_create(capacity);
    for (int i = 0; i < commands; i++) {
        if (scanf("%3s %d", name, &key) != 2) return 1;
        if (name[0] == 'g') {
            printf("%d\n", cache_get(cache, key));
        } else {
            if (scanf("%d", &value) != 1) return 1;
            cache_put(cache, key, value);
        }
    }
    free(cache);
    return 0;
}
