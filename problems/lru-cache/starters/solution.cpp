#include <iostream>
#include <string>

using namespace std;

// Keeps at most `capacity` entries. The one that was used longest ago makes room for a new one.
class LRUCache {
public:
    explicit LRUCache(int capacity) : capacity(capacity) {
        // Prepare what you need here.
    }

    // Returns the value stored under key, or -1 when there is none. Counts as a use.
    int get(int key) {
        // Write your solution here.
        return -1;
    }

    // Stores value under key, in place of an older value. Counts as a use.
    void put(int key, int value) {
        // Write your solution here.
    }

private:
    int capacity;
};

// Reads the input and prints the answers. Nothing to change below.
int main() {
    int capacity = 0, commands = 0, key = 0, value = 0;
    cin >> capacity >> commands;
    LRUCache cache(capacity);
    for (string name; commands-- > 0 && cin >> name >> key;) {
        if (name == "get") {
            cout << cache.get(key) << '\n';
        } else {
            cin >> value;
            cache.put(key, value);
        }
    }
}
