#include <iostream>
#include <string>

using namespace std;

// Returns the fewest single-letter changes that turn source into target.
int editDistance(const string& source, const string& target) {
    // Write your solution here.
    return 0;
}

// Reads the input and prints the answer. Nothing to change below.
int main() {
    string source, target;
    getline(cin, source);
    getline(cin, target);

    cout << editDistance(source, target) << '\n';
}
