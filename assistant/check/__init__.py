"""The check: whether cited words say what a sentence says."""

from assistant.check.checking import Checked, Support, check
from assistant.check.sources import Source

__all__ = ["Checked", "Source", "Support", "check"]
