// verdict: wrong_answer
// Keeps a room until the minute after the end.
#include <map>
#include <vector>

using namespace std;

int minRooms(const vector<vector<int>>& meetings) {
    map<int, int> change;
    for (const auto& meeting : meetings) {
        change[meeting[0]]++;
        change[meeting[1] + 1]--;
    }
    int rooms = 0, now = 0;
    for (auto [minute, difference] : change) rooms = max(rooms, now += difference);
    return rooms;
}
