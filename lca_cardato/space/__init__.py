"""Spaces: many scenarios as read from one file."""
