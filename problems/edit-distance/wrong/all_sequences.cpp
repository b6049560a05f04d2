// verdict: time_limit
// Tries all three changes at every place and remembers nothing.
#include <algorithm>
#include <string>

using namespace std;

int changes(const string& source, const string& target, size_t i, size_t j) {
    if (i == source.size()) return static_cast<int>(target.size() - j);
    if (j == target.size()) return static_cast<int>(source.size() - i);
    if (source[i] == target[j]) return changes(source, target, i + 1, j + 1);
    return 1 + min({changes(source, target, i + 1, j + 1), changes(source, target, i + 1, j), changes(source, target, i, j + 1)});
}

int editDistance(const string& source, const string& target) {
    return changes(source, target, 0, 0);
}
