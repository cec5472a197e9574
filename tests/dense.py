"""The foreground as a dense matrix, to hold back substitution against general algebra."""

import numpy as np


def foreground_matrix(system):
    """Technosphere of the foreground, shape (scenarios, activities, activities).

    Diagonal 1 kg of product; use is negative, as usual.
    """
    amounts = [amount for _, _, amount in system.links] + [e.amount for e in system.exchanges]
    size = max((len(a) for a in [*amounts, system.mass] if np.ndim(a)), default=1)
    count = len(system.activities)
    matrix = np.zeros((size, count, count))
    matrix[:, range(count), range(count)] = 1.0
    for row, column, amount in system.links:
        matrix[:, row, column] -= amount
    return matrix
