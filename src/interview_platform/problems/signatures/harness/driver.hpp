// C++'s driver: JSON to the function's arguments and its result to JSON, and the conversation of kit/exchange.py with a
// process for every case. It stands before the candidate's text, so that no macro of theirs changes it; behind the text
// come `interview_case`, `interview_flush` and `main`. Strings are UTF-8.
//
// The conversation is held by a constructor that runs before the candidate's static objects are made: the process that
// was started never runs code of theirs. A child comes back from it, goes on to `main`, works on its one case there
// and answers through a pipe of its own; it has neither the channel nor the secret.

#include <cctype>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <cxxabi.h>
#include <exception>
#include <fcntl.h>
#include <optional>
#include <poll.h>
#include <string>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <type_traits>
#include <typeinfo>
#include <unistd.h>
#include <utility>
#include <vector>

namespace interview_driver {

constexpr int IN_FD = 5, OUT_FD = 6;
constexpr int NODES_MAX = 1'000'000;                 // as in model.py: more is taken for a cycle
constexpr long long LONG_MAXIMUM = (1LL << 53) - 1;  // JavaScript's
constexpr int LOOK_MS = 50;  // how often to see whether a child died whose pipe something else holds open

struct Wrong {
    std::string what;
};
struct Missing {};  // what a function returns that the candidate did not write

// ---- JSON to values

struct Reader {
    const std::string& text;  // ends with NUL, as strings do
    size_t at = 0;

    char peek() {
        while (text[at] == ' ' || text[at] == '\t' || text[at] == '\r') ++at;
        return text[at];
    }
    bool take(char sign) {
        if (peek() != sign) return false;
        ++at;
        return true;
    }
    bool take(const char* word) {
        peek();
        size_t length = std::strlen(word);
        if (text.compare(at, length, word) != 0) return false;
        at += length;
        return true;
    }
    [[noreturn]] void fail(const char* wanted) {
        throw Wrong{std::string("is not as declared: ") + wanted + " is expected at column " + std::to_string(at + 1)};
    }
    void expect(char sign) {
        if (!take(sign)) fail(std::string{'\'', sign, '\''}.c_str());
    }
    void finish() {
        if (peek() || at < text.size()) fail("the end");
    }
    // Calls `element` for each one of an array.
    template <class Element>
    void array(Element element) {
        if (!take('[')) fail("[");
        if (take(']')) return;
        do element();
        while (take(','));
        expect(']');
    }
    // By hand: the library's templates take longer to compile than all the rest.
    long long whole(const char* wanted) {
        peek();
        size_t start = at, digits = 0;
        bool negative = text[at] == '-';
        long long value = 0;
        for (at += negative; text[at] >= '0' && text[at] <= '9'; ++at, ++digits)
            if (digits < 18) value = value * 10 + (text[at] - '0');
        if (digits == 0 || digits > 18 || text[at] == '.' || text[at] == 'e' || text[at] == 'E') at = start, fail(wanted);
        return negative ? -value : value;
    }
    double real(const char* wanted) {
        char first = peek();
        double value = 0;
        if (first != '-' && (first < '0' || first > '9')) fail(wanted);
        auto [stop, error] = std::from_chars(text.data() + at, text.data() + text.size(), value);
        if (error != std::errc()) fail(wanted);
        at = stop - text.data();
        return value;
    }
};

template <class T>
void read(Reader& in, std::vector<T>& values);
template <class T>
void read(Reader& in, std::optional<T>& value);
template <class Node>
void read(Reader& in, Node*& node);

inline void read(Reader& in, int& value) {
    long long found = in.whole("an int");
    value = int(found);
    if (value != found) in.fail("an int");
}

inline void read(Reader& in, long long& value) {
    value = in.whole("a long");
    if (value > LONG_MAXIMUM || value < -LONG_MAXIMUM) in.fail("a long");
}

inline void read(Reader& in, double& value) {
    if (in.take("\"NaN\"")) value = __builtin_nan("");
    else if (in.take("\"Infinity\"")) value = __builtin_inf();
    else if (in.take("\"-Infinity\"")) value = -__builtin_inf();
    else value = in.real("a float");
}

inline void read(Reader& in, bool& value) {
    value = in.take("true");
    if (!value && !in.take("false")) in.fail("true or false");
}

inline unsigned hex4(Reader& in) {
    unsigned code = 0;
    for (int digit = 0; digit < 4; ++digit) {
        char sign = in.text[in.at];  // NUL at the end
        if (!isxdigit((unsigned char)sign)) in.fail("a string");
        code = code << 4 | unsigned(sign <= '9' ? sign - '0' : (sign | 0x20) - 'a' + 10);
        ++in.at;
    }
    return code;
}

inline void append(std::string& text, unsigned code) {
    auto more = [&](int shift) { text += char(0x80 | ((code >> shift) & 0x3F)); };
    if (code < 0x80) text += char(code);
    else if (code < 0x800) text += char(0xC0 | (code >> 6)), more(0);
    else if (code < 0x10000) text += char(0xE0 | (code >> 12)), more(6), more(0);
    else text += char(0xF0 | (code >> 18)), more(12), more(6), more(0);
}

inline void read_escape(Reader& in, std::string& value) {
    static const char names[] = "\"\\/bfnrt", signs[] = "\"\\/\b\f\n\r\t";
    char name = in.text[in.at++];
    if (name == 'u') {
        unsigned code = hex4(in);
        if (code >= 0xD800 && code < 0xDC00 && in.text.compare(in.at, 2, "\\u") == 0) {
            in.at += 2;
            code = 0x10000 + ((code - 0xD800) << 10) + (hex4(in) - 0xDC00);
        }
        append(value, code);
    } else if (const char* found = name ? std::strchr(names, name) : nullptr) {
        value += signs[found - names];
    } else {
        in.fail("a string");
    }
}

inline void read(Reader& in, std::string& value) {
    if (!in.take('"')) in.fail("a string");
    while (true) {
        size_t end = in.text.find_first_of("\"\\", in.at);
        if (end == std::string::npos) in.fail("a string");
        value.append(in.text, in.at, end - in.at);
        in.at = end + 1;
        if (in.text[end] == '"') return;
        read_escape(in, value);
    }
}

template <class T>
void read(Reader& in, std::vector<T>& values) {
    in.array([&] {
        T value{};
        read(in, value);
        values.push_back(std::move(value));
    });
}

template <class T>
void read(Reader& in, std::optional<T>& value) {
    if (in.take("null")) return;
    read(in, value.emplace());
}

template <class Node>
void read(Reader& in, Node*& head) {
    using Value = std::remove_cvref_t<decltype(head->val)>;
    head = nullptr;
    if constexpr (requires { head->next; }) {
        Node** last = &head;
        in.array([&] {
            Value value{};
            read(in, value);
            *last = new Node(value);
            last = &(*last)->next;
        });
    } else {
        std::vector<Node**> places{&head};  // in level order
        size_t next = 0;
        in.array([&] {
            std::optional<Value> value;
            read(in, value);
            if (next == places.size()) in.fail("a tree in level order");
            Node** place = places[next++];
            if (!value) return;
            *place = new Node(*value);
            places.push_back(&(*place)->left);
            places.push_back(&(*place)->right);
        });
    }
}

// ---- Values to JSON

template <class T>
void write(std::string& out, const std::vector<T>& values);
template <class T>
void write(std::string& out, const std::optional<T>& value);
template <class Node>
void write(std::string& out, Node* const& node);

inline void write_whole(std::string& out, long long value) {
    char digits[24], *first = digits + sizeof digits;
    unsigned long long rest = value < 0 ? 0ULL - value : value;
    do *--first = char('0' + rest % 10);
    while (rest /= 10);
    if (value < 0) *--first = '-';
    out.append(first, digits + sizeof digits - first);
}

inline void write(std::string& out, const int& value) { write_whole(out, value); }

inline void write(std::string& out, const long long& value) {
    if (value > LONG_MAXIMUM || value < -LONG_MAXIMUM) throw Wrong{std::to_string(value) + " (beyond 2^53 - 1)"};
    write_whole(out, value);
}

inline void write(std::string& out, const double& value) {
    if (__builtin_isnan(value)) out += "\"NaN\"";
    else if (__builtin_isinf(value)) out += value > 0 ? "\"Infinity\"" : "\"-Infinity\"";
    else {
        size_t start = out.size();
        char digits[32];
        out.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr - digits);
        if (out.find_first_of(".e", start) == std::string::npos) out += ".0";
    }
}

inline void write(std::string& out, const bool& value) { out += value ? "true" : "false"; }

// The length of the UTF-8 sequence at `at`; 0: it is none.
inline int sequence(const std::string& text, size_t at) {
    auto byte = [&](size_t index) { return index < text.size() ? (unsigned char)text[index] : 0u; };
    unsigned first = byte(at);
    if (first < 0x80) return 1;
    int length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    unsigned code = first & (0xFF >> (length + 1));
    for (int index = 1; index < length; ++index) {
        if ((byte(at + index) & 0xC0) != 0x80) return 0;
        code = code << 6 | (byte(at + index) & 0x3F);
    }
    static const unsigned least[] = {0, 0, 0x80, 0x800, 0x10000};
    bool sound = first >= 0xC0 && first < 0xF8 && code >= least[length] && code <= 0x10FFFF;
    return sound && (code < 0xD800 || code > 0xDFFF) ? length : 0;
}

inline void write(std::string& out, const std::string& value) {
    static const char digits[] = "0123456789abcdef";
    out += '"';
    for (size_t at = 0; at < value.size();) {
        int length = sequence(value, at);
        if (!length) throw Wrong{"a string that is not UTF-8"};
        unsigned char sign = value[at];
        if (sign < 0x20) out += std::string("\\u00") + digits[sign >> 4] + digits[sign & 15];
        else {
            if (sign == '"' || sign == '\\') out += '\\';
            out.append(value, at, length);
        }
        at += length;
    }
    out += '"';
}

template <class T>
void write(std::string& out, const std::vector<T>& values) {
    out += '[';
    bool first = true;
    for (const auto& each : values) {
        if (!first) out += ',';
        first = false;
        const T& value = each;  // of vector<bool> as well
        write(out, value);
    }
    out += ']';
}

template <class T>
void write(std::string& out, const std::optional<T>& value) {
    if (value) write(out, *value);
    else out += "null";
}

template <class Node>
void write(std::string& out, Node* const& head) {
    out += '[';
    if constexpr (requires { head->next; }) {
        int nodes = 0;
        for (auto node = head; node; node = node->next) {
            if (nodes) out += ',';
            if (++nodes > NODES_MAX) throw Wrong{"a linked list with a cycle (more than 1000000 nodes)"};
            write(out, node->val);
        }
    } else {
        std::vector<Node*> nodes{head};
        size_t end = out.size();  // behind the last value that is no null
        for (size_t at = 0; at < nodes.size(); ++at) {
            if (at) out += ',';
            Node* node = nodes[at];
            if (!node) {
                out += "null";
                continue;
            }
            if (nodes.size() > 2u * NODES_MAX) throw Wrong{"a tree with a cycle (more than 1000000 nodes)"};
            write(out, node->val);
            end = out.size();
            nodes.push_back(node->left);
            nodes.push_back(node->right);
        }
        out.resize(end);
    }
    out += ']';
}

template <class Declared, class Got>
void write_as(std::string& out, const Got& value) {
    if constexpr (std::is_same_v<Declared, Got>) write(out, value);
    else if constexpr (std::is_same_v<Declared, long long> && std::is_same_v<Got, long>) write(out, (long long)value);
}

template <class Declared, class Got>
constexpr bool is_declared = std::is_same_v<Declared, std::remove_cvref_t<Got>> ||
                             (std::is_same_v<Declared, long long> && std::is_same_v<long, std::remove_cvref_t<Got>>);

}  // namespace interview_driver
