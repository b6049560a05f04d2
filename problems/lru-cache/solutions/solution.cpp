#include <list>
#include <unordered_map>
#include <utility>
#include <vector>

using namespace std;

class LruCache {
public:
    explicit LruCache(int capacity) : capacity(capacity) {
    }

    int get(int key) {
        auto found = where.find(key);
        if (found == where.end()) return -1;
        entries.splice(entries.end(), entries, found->second);
        return found->second->second;
    }

    void put(int key, int value) {
        if (auto found = where.find(key); found != where.end()) {
            found->second->second = value;
            entries.splice(entries.end(), entries, found->second);
            return;
        }
        if (entries.size() == capacity) {
            where.erase(entries.front().first);
            entries.pop_front();
        }
        entries.emplace_back(key, value);
        where[key] = prev(entries.end());
    }

private:
    size_t capacity;
    list<pair<int, int>> entries;  // key and value, the one used longest ago first
    unordered_map<int, list<pair<int, int>>::iterator> where;
};

vector<int> runCache(int capacity, const vector<vector<int>>& commands) {
    LruCache cache(capacity);
    vector<int> answers;
    for (const auto& command : commands) {
        if (command.size() == 1) answers.push_back(cache.get(command[0]));
        else cache.put(command[0], command[1]);
    }
    return answers;
}
