"""The org's resources, one file per family: paths in, JSON out."""
