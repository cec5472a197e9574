"""Life cycle assessment of carded (woollen-spun) yarns and fabrics, and their claims."""

__version__ = "0.1.0"
