"""The calculator as a folder that a browser opens, without installation and without a network."""
