"""The only asker of Brightway.

A *store* holds the matrices and unit scores of an inventory, which Brightway has checked; it is built
once and only read afterwards. Brightway itself, bw2calc alone, calculates in a process of its own
(`process`, `worker`), on matrices that come through a pipe (`wire`): no project is opened or made,
neither the user's nor one of ours.
"""
