"""A short notation for trees of queries, so that a test can say the tree that it expects."""

from search.tree import All, Any, Dated, Named, Node, Not, Phrase, Prefix, Required, Titled, Wildcard, Word


def notation(node: Node) -> str:
    """Words as typed; «phrases»~slop, prefixes* and w?ldc*rds folded; field=name, title[…], [first..last], +,
    -, {|}, {&}."""
    match node:
        case Word():
            return node.written
        case Prefix():
            return f"{node.letters}*"
        case Wildcard():
            return node.pattern
        case Phrase():
            words = " ".join(term.surface for term in node.terms)
            return f"«{words}»" + (f"~{node.slop}" if node.slop else "")
        case Named():
            return f"{node.field}={node.name}"
        case Titled():
            return f"title[{notation(node.child)}]"
        case Dated():
            return f"[{node.first or ''}..{node.last or ''}]"
        case Required():
            return f"+{notation(node.child)}"
        case Not():
            return f"-{notation(node.child)}"
        case Any():
            return "{" + " | ".join(map(notation, node.children)) + "}"
        case All():
            return "{" + " & ".join(map(notation, node.children)) + "}"


def top(root: All) -> str:
    """The children of a root, side by side."""
    return " ".join(map(notation, root.children))
