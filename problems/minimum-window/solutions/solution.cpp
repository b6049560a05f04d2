#include <string>
#include <vector>

using namespace std;

string minWindow(const string& text, const string& letters) {
    vector<int> needed(128, 0);
    for (char letter : letters) needed[letter]++;
    int missing = static_cast<int>(letters.size());
    size_t bestFrom = 0, bestLength = string::npos, left = 0;
    for (size_t right = 0; right < text.size(); right++) {
        if (needed[text[right]]-- > 0) missing--;
        while (missing == 0) {
            if (right - left + 1 < bestLength) {
                bestFrom = left;
                bestLength = right - left + 1;
            }
            if (++needed[text[left++]] > 0) missing++;
        }
    }
    return bestLength == string::npos ? "" : text.substr(bestFrom, bestLength);
}
