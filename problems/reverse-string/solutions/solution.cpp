#include <string>
#include <utility>

using namespace std;

// Reverses text in place.
void reverseString(string& text) {
    int left = 0, right = static_cast<int>(text.size()) - 1;
    while (left < right) swap(text[left++], text[right--]);
}
