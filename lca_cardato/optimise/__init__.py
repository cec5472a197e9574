"""The best blend of a space: exact program, solver, proof."""
