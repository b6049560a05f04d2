#include <list>
#include <string>
#include <unordered_map>
#include <utility>

using namespace std;

// Keeps at most `capacity` entries. The one that was used longest ago makes room for a new one.
class LRUCache {
public:
    explicit LRUCache(int capacity) : capacity(capacity) {
    }

    // Returns the value stored under key, or -1 when there is none. Counts as a use.
    int get(int key) {
        auto found = where.find(key);
        if (found == where.end()) return -1;
        entries.splice(entries.end(), entries, found->second);
        return found->second->second;
    }

    // Stores value under key, in place of an older value. Counts as a use.
    void put(int key, int value) {
        if (auto found = where.find(key); found != where.end()) {
            found->second->second = value;
            entries.splice(entries.end(), entries, found->second);
            return;
        }
        if (static_cast<int>(entries.size()) == capacity) {
            where.erase(entries.front().first);
            entries.pop_front();
        }
        entries.emplace_back(key, value);
        where[key] = prev(entries.end());
    }

private:
    int capacity;
    list<pair<int, int>> entries;  // key and value, the one used longest ago first
    unordered_map<int, list<pair<int, int>>::iterator> where;
};
