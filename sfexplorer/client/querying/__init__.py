"""What stands behind `Query`: walking its pages, keeping them small, reading their rows, writing them out."""
