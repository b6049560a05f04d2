#include <iostream>
#include <string>
#include <utility>

using namespace std;

// Reverses text in place.
void reverseString(string& text) {
    int left = 0, right = static_cast<int>(text.size()) - 1;
    while (left < right) swap(text[left++], text[right--]);
}

// Reads the input and prints the answer. Nothing to change below.
int main() {
    string text;
    getline(cin, text);

    reverseString(text);
    cout << text << '\n';
}
