#include <iostream>
#include <vector>

using namespace std;

struct Meeting {
    int start;
    int end;
};

// Returns the smallest number of rooms that lets every meeting take place.
int minRooms(vector<Meeting> meetings) {
    // Write your solution here.
    return 0;
}

// Reads the input and prints the answer. Nothing to change below.
int main() {
    int n = 0;
    cin >> n;
    vector<Meeting> meetings(n);
    for (Meeting& meeting : meetings) cin >> meeting.start >> meeting.end;

    cout << minRooms(meetings) << '\n';
}
