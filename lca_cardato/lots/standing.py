"""What can be known of who signed a lot sheet."""

UNSIGNED, UNKNOWN, KNOWN = "unsigned", "unknown", "known"
"""Nobody; somebody whose key is not trusted; somebody whose key is."""
