"""How well the check tells true sentences from false ones: `byline eval check`."""
