"""The only importer of Brightway.

The tool keeps its own Brightway directory and never opens a project of the user. A *store*
holds one project, named after the hash of the inventories in it, and the arrays that were
exported from it; it is built once in a process of its own and only read afterwards.
"""
