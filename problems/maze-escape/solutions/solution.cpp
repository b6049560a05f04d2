#include <queue>
#include <string>
#include <utility>
#include <vector>

using namespace std;

int shortestPath(const vector<string>& grid) {
    const int rows = static_cast<int>(grid.size()), columns = static_cast<int>(grid[0].size());
    vector<vector<int>> moves(rows, vector<int>(columns, -1));
    queue<pair<int, int>> waiting;
    for (int row = 0; row < rows; row++) {
        if (auto column = grid[row].find('S'); column != string::npos) {
            moves[row][column] = 0;
            waiting.emplace(row, static_cast<int>(column));
        }
    }
    while (!waiting.empty()) {
        auto [row, column] = waiting.front();
        waiting.pop();
        if (grid[row][column] == 'E') return moves[row][column];
        for (auto [down, across] : {pair(-1, 0), pair(1, 0), pair(0, -1), pair(0, 1)}) {
            int r = row + down, c = column + across;
            if (r < 0 || r >= rows || c < 0 || c >= columns || grid[r][c] == '#' || moves[r][c] >= 0) continue;
            moves[r][c] = moves[row][column] + 1;
            waiting.emplace(r, c);
        }
    }
    return -1;
}
