"""What this process holds of the system."""

from pathlib import Path


def open_files() -> int:
    """Files, sockets and pipes that are open now."""
    return sum(1 for _ in Path("/proc/self/fd").iterdir())
