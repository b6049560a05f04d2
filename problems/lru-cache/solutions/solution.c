#include <stdio.h>
#include <stdlib.h>

#define MAX_KEY 10000

// The entries form a ring through slot 0: after it comes the one used longest ago, before it the one used last.
// Key k lives in slot k + 1.
// Keeps at most `capacity` entries. The one that was used longest ago makes room for a new one.
typedef struct {
    int capacity;
    int size;
    int value[MAX_KEY + 2];
    int before[MAX_KEY + 2];  // 0 with after 0 for a key that is not stored
    int after[MAX_KEY + 2];
    char stored[MAX_KEY + 2];
} LRUCache;

static void take_out(LRUCache *cache, int slot) {
    cache->after[cache->before[slot]] = cache->after[slot];
    cache->before[cache->after[slot]] = cache->before[slot];
}

static void make_newest(LRUCache *cache, int slot) {
    cache->before[slot] = cache->before[0];
    cache->after[slot] = 0;
    cache->after[cache->before[0]] = slot;
    cache->before[0] = slot;
}

LRUCache *cache_create(int capacity) {
    LRUCache *cache = calloc(1, sizeof *cache);
    cache->capacity = capacity;
    return cache;
}

// Returns the value stored under key, or -1 when there is none. Counts as a use.
int cache_get(LRUCache *cache, int key) {
    int slot = key + 1;
    if (!cache->stored[slot]) {
        return -1;
    }
    take_out(cache, slot);
    make_newest(cache, slot);
    return cache->value[slot];
}

// Stores value under key, in place of an older value. Counts as a use.
void cache_put(LRUCache *cache, int key, int value) {
    int slot = key + 1;
    if (cache->stored[slot]) {
        take_out(cache, slot);
    } else if (cache->size == cache->capacity) {
        int oldest = cache->after[0];
        take_out(cache, oldest);
        cache->stored[oldest] = 0;
    } else {
        cache->size++;
    }
    cache->stored[slot] = 1;
    cache->value[slot] = value;
    make_newest(cache, slot);
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
