#include <algorithm>
#include <functional>
#include <queue>
#include <vector>

using namespace std;

struct Meeting {
    int start;
    int end;
};

// Returns the smallest number of rooms that lets every meeting take place.
int minRooms(vector<Meeting> meetings) {
    sort(meetings.begin(), meetings.end(), [](const Meeting& a, const Meeting& b) { return a.start < b.start; });
    priority_queue<int, vector<int>, greater<int>> ends;  // of the meetings that hold a room
    for (const Meeting& meeting : meetings) {
        if (!ends.empty() && ends.top() <= meeting.start) ends.pop();
        ends.push(meeting.end);
    }
    return static_cast<int>(ends.size());
}
