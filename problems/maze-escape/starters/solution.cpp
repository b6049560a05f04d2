#include <iostream>
#include <string>
#include <vector>

using namespace std;

// Returns the fewest moves from S to E, or -1 when there is no way. The strings are the rows of the maze.
int shortestPath(const vector<string>& grid) {
    // Write your solution here.
    return 0;
}

// Reads the input and prints the answer. Nothing to change below.
int main() {
    int rows = 0, columns = 0;
    cin >> rows >> columns;
    vector<string> grid(rows);
    for (string& line : grid) cin >> line;

    cout << shortestPath(grid) << '\n';
}
