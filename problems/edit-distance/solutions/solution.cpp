#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

using namespace std;

int editDistance(const string& source, const string& target) {
    // Cell j of a row: the changes that turn the source read so far into the first j letters of target.
    vector<int> above(target.size() + 1), row(target.size() + 1);
    iota(row.begin(), row.end(), 0);
    for (size_t i = 1; i <= source.size(); i++) {
        swap(above, row);
        row[0] = static_cast<int>(i);
        for (size_t j = 1; j <= target.size(); j++) {
            int replaced = above[j - 1] + (source[i - 1] != target[j - 1]);
            row[j] = min({replaced, above[j] + 1, row[j - 1] + 1});
        }
    }
    return row[target.size()];
}
