"""Files: read with bounds, written whole."""
