"""Datasets, steps and sources: their shape, loading and checks."""
