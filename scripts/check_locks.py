"""Lock files must not name the host a package came from: any registry or mirror must do."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HOST = re.compile(r'"resolved"\s*:|^\s*(--)?(extra-)?index-url|^--find-links|@ https?://', re.MULTILINE)


def main() -> int:
    locks = [*ROOT.glob("requirements*.txt"), ROOT / "web" / "package-lock.json"]
    bad = [lock.name for lock in locks if HOST.search(lock.read_text())]
    unhashed = [lock.name for lock in locks if lock.suffix == ".txt" and "--hash=sha256:" not in lock.read_text()]
    for name in bad:
        sys.stderr.write(f"{name} names a registry host\n")
    for name in unhashed:
        sys.stderr.write(f"{name} has no hashes\n")
    return 1 if bad or unhashed else 0


if __name__ == "__main__":
    sys.exit(main())
