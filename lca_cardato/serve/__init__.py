"""Pages on this machine: runs, comparison of two, blends with sliders, a form of scenarios."""
