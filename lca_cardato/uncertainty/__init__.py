"""Uncertainty: paired draws, comparison, sensitivity."""
