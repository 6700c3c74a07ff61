"""Pin every version, transitive ones too, in pyproject.toml's `[tool.uv] constraint-dependencies`.

    python .ci/pins.py            write the pins for the newest versions that fit
    python .ci/pins.py --check    fail if what would be installed is not what is pinned

The lock file itself stays out of git, because it names the host that packages were fetched from.
"""

import re
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parent.parent / "pyproject.toml"
PINS = re.compile(r"constraint-dependencies = \[\n.*?\n\]\n", re.DOTALL)


def main() -> int:
    if "--check" in sys.argv[1:]:
        return check()
    text = PROJECT.read_text("utf-8")
    PROJECT.write_text(PINS.sub("", text), "utf-8")
    try:
        wanted = resolve("--upgrade")
    except subprocess.CalledProcessError:
        PROJECT.write_text(text, "utf-8")
        raise
    lines = "".join(f'    "{pin}",\n' for pin in wanted)
    bare = PROJECT.read_text("utf-8")
    pinned = bare.replace("[tool.uv]\n", f"[tool.uv]\nconstraint-dependencies = [\n{lines}]\n", 1)
    PROJECT.write_text(pinned, "utf-8")
    print(f"{len(wanted)} versions pinned in {PROJECT.name}")
    return 0


def check() -> int:
    match = PINS.search(PROJECT.read_text("utf-8"))
    pinned = set(re.findall(r'^    "(.*)",$', match[0], re.MULTILINE)) if match else set()
    resolved = set(resolve())
    for line in sorted(resolved - pinned):
        print(f"not pinned: {line}", file=sys.stderr)
    for line in sorted(pinned - resolved):
        print(f"pinned but not used: {line}", file=sys.stderr)
    if resolved != pinned:
        print("run `python .ci/pins.py` and commit pyproject.toml", file=sys.stderr)
        return 1
    print(f"{len(pinned)} versions are pinned, no more and no less")
    return 0


def resolve(*options: str) -> list[str]:
    """Every package of every group with its version and marker, as constraints."""
    subprocess.run(["uv", "lock", "--quiet", *options], check=True, cwd=PROJECT.parent)
    command = ["uv", "export", "--quiet", "--frozen", "--all-groups", "--no-hashes", "--no-emit-project"]
    exported = subprocess.run(
        [*command, "--no-header", "--no-annotate"], check=True, cwd=PROJECT.parent, capture_output=True, text=True
    ).stdout
    lines = (" ".join(line.split()) for line in exported.splitlines())
    return sorted(line.replace('"', "'") for line in lines if "==" in line)


if __name__ == "__main__":
    sys.exit(main())
