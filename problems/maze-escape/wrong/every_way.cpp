// verdict: time_limit
// Tries every way and keeps the shortest: right, and too slow as soon as there is room to go round.
#include <algorithm>
#include <string>
#include <vector>

using namespace std;

const int NONE = 1'000'000;

int from(vector<string>& grid, int row, int column) {
    if (row < 0 || row >= static_cast<int>(grid.size())) return NONE;
    if (column < 0 || column >= static_cast<int>(grid[0].size())) return NONE;
    char cell = grid[row][column];
    if (cell == '#') return NONE;
    if (cell == 'E') return 0;
    grid[row][column] = '#';
    int best = NONE;
    for (auto [down, across] : {pair(-1, 0), pair(1, 0), pair(0, -1), pair(0, 1)}) {
        best = min(best, from(grid, row + down, column + across) + 1);
    }
    grid[row][column] = cell;
    return best;
}

int shortestPath(vector<string>& grid) {
    for (int row = 0; row < static_cast<int>(grid.size()); row++) {
        auto column = grid[row].find('S');
        if (column == string::npos) continue;
        int moves = from(grid, row, static_cast<int>(column));
        return moves >= NONE ? -1 : moves;
    }
    return -1;
}
