"""The shell: the screens and services around the panes."""
