"""Writes `contract/` from the server, and the TypeScript the web app is typed with from `contract/`.

`--check` writes nothing and fails when a file differs: the committed contract is what the code says.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from interview_platform.app.server import openapi_document
from interview_platform.room.contract import close_codes, room_schema

ROOT = Path(__file__).resolve().parents[1]
BIN = ROOT / "web" / "node_modules" / ".bin"


def text(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def typescript(command: list[str], source: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder, "schema.json")
        made = Path(folder, "schema.d.ts")
        given.write_text(source)
        subprocess.run(
            [str(BIN / command[0]), *[part.format(given=given, made=made) for part in command[1:]]],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        return made.read_text()


def files() -> dict[Path, str]:
    openapi = text(openapi_document())
    room = text(room_schema())
    api = ROOT / "web" / "src" / "lib" / "api"
    return {
        ROOT / "contract" / "openapi.json": openapi,
        ROOT / "contract" / "room.schema.json": room,
        ROOT / "contract" / "close-codes.json": text(close_codes()),
        api / "schema.d.ts": typescript(["openapi-typescript", "{given}", "-o", "{made}"], openapi),
        api / "room.d.ts": typescript(["json2ts", "-i", "{given}", "-o", "{made}"], room),
    }


def main() -> int:
    drifted = [path for path, wanted in files().items() if not path.exists() or path.read_text() != wanted]
    if "--check" not in sys.argv:
        for path, wanted in files().items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted)
        return 0
    for path in drifted:
        sys.stderr.write(f"{path.relative_to(ROOT)} is not what the code says: run `make contract`\n")
    return 1 if drifted else 0


if __name__ == "__main__":
    sys.exit(main())
