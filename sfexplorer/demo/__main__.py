"""`python -m sfexplorer.demo`: the org alone, without the rest of sfexplorer."""

from __future__ import annotations

from sfexplorer.demo.command import demo

if __name__ == "__main__":
    demo(prog_name="sfexplorer demo")
