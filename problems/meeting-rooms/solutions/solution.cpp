#include <algorithm>
#include <functional>
#include <queue>
#include <vector>

using namespace std;

int minRooms(vector<vector<int>>& meetings) {
    sort(meetings.begin(), meetings.end());
    priority_queue<int, vector<int>, greater<int>> ends;  // of the meetings that hold a room
    for (const auto& meeting : meetings) {
        if (!ends.empty() && ends.top() <= meeting[0]) ends.pop();
        ends.push(meeting[1]);
    }
    return static_cast<int>(ends.size());
}
