"""Indicators and results."""
