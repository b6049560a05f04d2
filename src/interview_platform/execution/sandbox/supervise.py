"""Process 1 of a sandbox where there is no perl: see supervise.pl. Run as a program; costs 20 ms more."""

import ctypes
import os
import resource
import sys

REPORT = 3


def main() -> None:
    limit, program = int(sys.argv[1]), sys.argv[2:]
    resource.setrlimit(resource.RLIMIT_NPROC, (limit, limit))
    if ctypes.CDLL(None).prctl(4, 0, 0, 0, 0) != 0:  # PR_SET_DUMPABLE: the program cannot write here for us
        os._exit(125)
    child = os.fork()
    if child == 0:
        os.close(REPORT)
        try:
            os.execv(program[0], program)  # noqa: S606 - what it is for
        except OSError as error:
            os.write(2, f"cannot start {program[0]}: {error.strerror}\n".encode())
        os._exit(127)
    ended, status = 0, 0
    while ended != child:
        ended, status = os.wait()
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    os.write(REPORT, b"%d %f %d\n" % (status, usage.ru_utime + usage.ru_stime, usage.ru_maxrss))


if __name__ == "__main__":
    main()
