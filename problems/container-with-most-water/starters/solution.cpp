#include <iostream>
#include <vector>

using namespace std;

// Returns the most water that two of the walls can hold between them.
int maxWater(const vector<int>& heights) {
    // Write your solution here.
    return 0;
}

// Reads the input and prints the answer. Nothing to change below.
int main() {
    int n = 0;
    cin >> n;
    vector<int> heights(n);
    for (int& height : heights) cin >> height;

    cout << maxWater(heights) << '\n';
}
