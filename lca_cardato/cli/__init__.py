"""The command ``lca-cardato``; each command parses, calls one function and renders."""
