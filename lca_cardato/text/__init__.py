"""Reading of text: strict YAML with positions, and quantities with units."""
