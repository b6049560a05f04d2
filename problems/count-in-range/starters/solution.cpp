#include <iostream>
#include <vector>

using namespace std;

// Returns how many of the sorted readings lie between low and high, both included.
int countInRange(const vector<int>& readings, int low, int high) {
    // Write your solution here.
    return 0;
}

// Reads the input and prints the answers. Nothing to change below.
int main() {
    int n = 0, questions = 0, low = 0, high = 0;
    cin >> n;
    vector<int> readings(n);
    for (int& reading : readings) cin >> reading;
    cin >> questions;

    while (questions-- > 0 && cin >> low >> high) {
        cout << countInRange(readings, low, high) << '\n';
    }
}
