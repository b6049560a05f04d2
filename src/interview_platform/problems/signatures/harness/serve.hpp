// C++'s driver, part two: the conversation. See driver.hpp.

// Nothing here is worth the time to make it fast.
#pragma GCC push_options
#pragma GCC optimize("O0")

namespace interview_driver {

struct State {  // no constructor: it has to be there before any
    int source, sink;
    int answer;  // where a child writes its answer
    bool channel, in_process;
    int number;
    std::string *secret, *rest, *line;
};
inline State state;

inline void send(int fd, const std::string& text) {
    for (size_t done = 0; done < text.size();) {
        ssize_t written = ::write(fd, text.data() + done, text.size() - done);
        if (written < 0 && errno != EINTR) _exit(1);
        if (written > 0) done += written;
    }
}

// False at the end.
inline bool next_line(std::string& line) {
    std::string& rest = *state.rest;
    static char chunk[1 << 16];
    size_t seen = 0, end;
    while ((end = rest.find('\n', seen)) == std::string::npos) {
        seen = rest.size();
        ssize_t got = ::read(state.source, chunk, sizeof chunk);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        rest.append(chunk, got);
    }
    line.assign(rest, 0, end);
    rest.erase(0, end + 1);
    return true;
}

inline bool is_channel(int fd) {
    struct stat found;
    return fstat(fd, &found) == 0 && (S_ISFIFO(found.st_mode) || S_ISSOCK(found.st_mode));
}

inline void answer(const std::string& frame, long kilobytes) {
    // Where standard output is shared, the program's last line may have no end.
    send(state.sink, (state.channel ? "" : "\n") + *state.secret + " {\"n\": " + std::to_string(state.number++) + ", " +
                         frame + ", \"memory\": " + std::to_string(kilobytes * 1024) + "}\n");
}

inline std::string died(int status) {
    bool killed = WIFSIGNALED(status);
    int code = killed ? WTERMSIG(status) : WEXITSTATUS(status);
    return std::string("\"error\": {\"kind\": \"died\", \"") + (killed ? "signal" : "status") + "\": " + std::to_string(code) + "}";
}

// The child's answer, or how it died. Afterwards nothing of its process group is left.
inline void hear(pid_t child, int pipe) {
    static char chunk[1 << 16];
    std::string frame;
    struct rusage usage;
    int status = 0;
    bool ended = false, whole = false;
    while (!whole) {
        struct pollfd wait = {pipe, POLLIN, 0};
        int ready = poll(&wait, 1, LOOK_MS);
        if (ready < 0) continue;
        if (ready == 0) {
            if (ended) break;
            ended = wait4(child, &status, WNOHANG, &usage) == child;
            continue;
        }
        ssize_t got = ::read(pipe, chunk, sizeof chunk);
        if (got <= 0) break;
        const void* end = std::memchr(chunk, '\n', got);
        whole = end != nullptr;
        frame.append(chunk, whole ? (const char*)end - chunk : got);
    }
    if (whole && !ended) kill(child, SIGKILL);  // what it would still do is no part of the answer
    while (!ended && wait4(child, &status, 0, &usage) < 0 && errno == EINTR) {}
    kill(-child, SIGKILL);
    answer(whole ? frame : died(status), usage.ru_maxrss);
}

// The parent. Comes back only in a child or, where fork is refused, to work in this process.
inline void serve() {
    state.channel = is_channel(IN_FD) && is_channel(OUT_FD);
    state.source = IN_FD, state.sink = OUT_FD;
    if (!state.channel) {
        state.source = dup(0), state.sink = dup(1);
        // The program's own input is empty: later cases are none of its business.
        dup2(open("/dev/null", O_RDONLY), 0);
    }
    state.rest = new std::string, state.line = new std::string, state.secret = new std::string;
    std::string hello;
    if (!next_line(hello)) _exit(0);
    size_t from = hello.find(':'), first = hello.find('"', from), last = hello.rfind('"');
    state.secret->assign(hello, first + 1, last - first - 1);
    std::memset(hello.data(), 0, hello.size());
    while (next_line(*state.line)) {
        int ends[2] = {-1, -1};
        pid_t child = pipe(ends) == 0 ? fork() : -1;
        if (child == 0) {
            setpgid(0, 0);
            for (int fd : {ends[0], state.source, state.sink}) close(fd);
            state.answer = ends[1];
            std::memset(state.secret->data(), 0, state.secret->size());
            return;
        }
        close(ends[1]);
        if (child > 0) hear(child, ends[0]);
        close(ends[0]);
        state.in_process = child < 0;
        if (state.in_process) return;
    }
    _exit(0);
}

inline std::string failed(const char* kind, const std::string& message) {
    std::string said;
    try {
        write(said, message);
    } catch (const Wrong&) {
        said = "\"a message that is not UTF-8\"";
    }
    return std::string("\"error\": {\"kind\": \"") + kind + "\", \"message\": " + said + "}";
}

inline std::string name_of(const std::type_info* type) {
    int status = 0;
    char* name = type ? abi::__cxa_demangle(type->name(), nullptr, nullptr, &status) : nullptr;
    return name ? name : "an exception";
}

using Case = void (*)(Reader*, std::string&);

inline std::string framed(Case run, const char* name, const char* declared) {
    try {
        Reader in{*state.line};
        std::string out = "\"ok\": ";
        run(&in, out);
        return out;
    } catch (const Wrong& error) {
        return failed("wrong_type", name + (" " + error.what) + "; " + declared + " is declared");
    } catch (const std::exception& error) {
        return failed("exception", name_of(&typeid(error)) + ": " + error.what());
    } catch (const char* said) {
        return failed("exception", said);
    } catch (...) {
        return failed("exception", "threw " + name_of(abi::__cxa_current_exception_type()));
    }
}

// In a child or, where fork is refused, in the process itself.
inline void work(Case run, void (*flush)(), const char* name, const char* declared) {
    do {
        std::string frame = framed(run, name, declared);
        flush();
        if (!state.in_process) {
            send(state.answer, frame + "\n");
        } else {
            struct rusage usage;
            getrusage(RUSAGE_SELF, &usage);
            answer(frame, usage.ru_maxrss);
        }
    } while (state.in_process && next_line(*state.line));
    _exit(0);
}

[[noreturn]] inline void refuse(const std::string& said) {
    send(2, "Standard input, " + said + "\n");
    _exit(2);
}

// One argument: of the line of the conversation, or (`in` is null) a line of standard input of its own.
template <class T>
void argument(Reader* in, int number, const char* name, T& value) {
    if (in) {
        in->expect(number == 1 ? '[' : ',');
        return read(*in, value);
    }
    std::string line, where = "line " + std::to_string(number) + " (" + name + ") ";
    // Byte by byte: what comes behind is for the program.
    for (char sign; ::read(0, &sign, 1) == 1 && sign != '\n';) line += sign;
    Reader own{line};
    if (!own.peek()) refuse(where + "is missing: one line of JSON for each parameter");
    try {
        read(own, value);
        own.finish();
    } catch (const Wrong& error) {
        refuse(where + error.what);
    }
}

// Outside judging: one call.
inline int call(Case run, void (*flush)(), const char* name, const char* declared) {
    std::string out;
    try {
        run(nullptr, out);
    } catch (const Wrong& error) {
        flush();
        send(2, name + (" " + error.what) + "; " + declared + " is declared\n");
        return 1;
    }
    flush();
    send(1, out + "\n");
    return 0;
}

}  // namespace interview_driver

#pragma GCC pop_options
