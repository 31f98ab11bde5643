"""Lists and blocks of text in lines of a certain width."""

from __future__ import annotations

# A block is its lines; what it is put into indents them all.
Block = list[str]


def indented(block: Block, first: str, others: str) -> Block:
    """The block with something before its first line, and something before each other."""
    return [f"{first}{block[0]}", *(f"{others}{line}" for line in block[1:])]


def closed(block: Block, end: str) -> Block:
    """The block with something behind its last line."""
    return [*block[:-1], f"{block[-1]}{end}"]


def enclosed(block: Block) -> Block:
    """The block in parentheses."""
    return closed(indented(block, "(", " "), ")")


def filled(prefix: str, blocks: list[Block], width: int, hang: int | None = None) -> Block:
    """A list with commas: as many elements on each line as fit, those of several lines by themselves.

    Args:
        prefix: what stands before the first element, with its blank.
        blocks: the elements.
        width: how long a line may become, where its element leaves the choice.
        hang: how far the further lines are indented, else as far as the prefix reaches.
    """
    margin = " " * (len(prefix) if hang is None else hang)
    lines: Block = []
    line, is_fresh = prefix, True
    for number, block in enumerate(blocks):
        comma = "," if number < len(blocks) - 1 else ""
        fits = len(block) == 1 and len(line) + len(block[0]) + len(comma) + 1 <= width
        if not is_fresh:
            if fits:
                line += " "
            else:
                lines.append(line)
                line = margin
        placed = closed(indented(block, line, margin), comma)
        lines += placed[:-1]
        line, is_fresh = placed[-1], False
        if len(block) > 1 and comma:
            lines.append(line)
            line, is_fresh = margin, True
    return [*lines, line]
