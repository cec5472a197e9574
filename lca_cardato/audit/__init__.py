"""The run folder: inputs, results and proof, to be verified and reproduced by somebody else."""
