"""Studies: assess, compare, draw, vary."""
