#include <iostream>
#include <string>
#include <vector>

using namespace std;

// Returns, for each prefix, how many of the words begin with it.
vector<int> countCompletions(const vector<string>& words, const vector<string>& prefixes) {
    // Write your solution here.
    return {};
}

// Reads the input and prints the answers. Nothing to change below.
vector<string> readList() {
    int length = 0;
    cin >> length;
    vector<string> list(length);
    for (string& item : list) cin >> item;
    return list;
}

int main() {
    vector<string> words = readList();
    vector<string> prefixes = readList();
    for (int count : countCompletions(words, prefixes)) cout << count << '\n';
}
