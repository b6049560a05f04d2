// For programs that say so themselves.
#include <bits/stdc++.h>
