#include <iostream>
#include <string>

using namespace std;

// Reverses text in place.
void reverseString(string& text) {
    // Write your solution here.
}

// Reads the input and prints the answer. Nothing to change below.
int main() {
    string text;
    getline(cin, text);

    reverseString(text);
    cout << text << '\n';
}
