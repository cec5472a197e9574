"""Exchange with other programs of the field."""
