"""A machine that lets nobody have user namespaces: `python blocked.py UID COMMAND...` runs a command as on one.

In a user namespace of its own, with all users in it where root starts this, which allows no further ones. The same
errors come from a kernel without them, from AppArmor and from Docker's profile. UID: who the command is; 0 for root.
"""

import ctypes
import os
import sys
from pathlib import Path

_CLONE_NEWUSER = 0x10000000
_ALL_USERS = 4294967295


def main() -> None:
    uid, command = int(sys.argv[1]), sys.argv[2:]
    there, is_there = os.pipe()
    mapped, is_mapped = os.pipe()
    child = os.fork()
    if child == 0:
        if ctypes.CDLL(None).unshare(_CLONE_NEWUSER) != 0:
            os._exit(99)
        os.close(is_there)
        os.close(is_mapped)
        os.read(mapped, 1)
        Path("/proc/sys/user/max_user_namespaces").write_text("0")
        if os.getuid() == 0 and uid != 0:
            os.setgroups([])
            os.setresgid(uid, uid, uid)
            os.setresuid(uid, uid, uid)
        os.execvp(command[0], command)
    os.close(is_there)
    os.read(there, 1)
    me, count = (0, _ALL_USERS) if os.getuid() == 0 else (os.getuid(), 1)
    if me:
        Path(f"/proc/{child}/setgroups").write_text("deny")
    for kind in ("uid", "gid"):
        own = me if kind == "uid" or me == 0 else os.getgid()
        Path(f"/proc/{child}/{kind}_map").write_text(f"{own} {own} {count}")
    os.write(is_mapped, b".")
    os.close(is_mapped)
    _, status = os.waitpid(child, 0)
    sys.exit(os.waitstatus_to_exitcode(status) & 0xFF)


if __name__ == "__main__":
    main()
