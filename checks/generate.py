"""Write ``formulas.py`` from ``checks.tsv``: ``python -m gouji.checks.generate [--check]``.

The only place that needs sympy. Each formula is solved for each of its roles, brought into a form in
which every argument occurs once (naive interval evaluation is then exact), proved equal to the formula,
and written as plain Python. A formula that is no equation gets a kind of its own, or the kind ``custom``
with the reason.
"""

from __future__ import annotations

import ast
import csv
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import sympy  # type: ignore[import-untyped]

HERE = Path(__file__).parent
SOURCE = HERE / "checks.tsv"
TARGET = HERE / "formulas.py"

# Formulas that are no equation between the printed figures, and why.
CUSTOM = {
    "wording": "words give the bound on current/prior; the relation carries it",
    "series_break": "custom gives the bound on current/prior, the same for all",
}

_SUM = re.compile(r"sum\(((?:[^()]|\([^()]*\))*)\)")
_INTEGER = re.compile(r"exists integer (\w+): (.*)")
_BETWEEN = re.compile(r"min\((\w+)\) <= (\w+) <= max\(\1\)")
_COUNT = re.compile(r"(\w+) = len\((\w+)\)")
_ORDER = re.compile(r"(\w+)_i >= \1_j")
# Marks a function that is told of the members of a sum, not of the formula.
_OF_MEMBERS = " of members"

HEADER = '''"""The formulas of ``checks.tsv``, solved for every role. Generated: do not edit."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from .formula import Formula, Linear, Members, Value, added, complement, without
'''


@dataclass(frozen=True)
class Row:
    """A line of the table; ``variadic`` are the roles marked with an ellipsis."""

    check: str
    name: str
    roles: tuple[str, ...]
    variadic: frozenset[str]
    formula: str
    strength: str


def rows() -> Iterator[Row]:
    """Read the table."""
    with SOURCE.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            roles = [role.strip() for role in line["roles"].split(",")]
            yield Row(
                line["check"],
                line["中文"],
                tuple(role.rstrip("…") for role in roles),
                frozenset(role.rstrip("…") for role in roles if role.endswith("…")),
                line["formula"].strip(),
                line["strength"].strip(),
            )


# -- one occurrence of every symbol -------------------------------------------------------------------


def _occurrences(expr: sympy.Expr) -> dict[sympy.Symbol, int]:
    found: dict[sympy.Symbol, int] = {}
    for node in sympy.preorder_traversal(expr):
        if isinstance(node, sympy.Symbol):
            found[node] = found.get(node, 0) + 1
    return found


def _rewrites(expr: sympy.Expr) -> Iterator[sympy.Expr]:
    """Equal forms of an expression, of its terms and of its factors."""
    yield sympy.expand(expr)
    yield sympy.factor(expr)
    yield sympy.together(expr)
    for symbol in sorted(expr.free_symbols, key=str):
        yield sympy.collect(sympy.expand(expr), symbol)
        if expr.is_rational_function(symbol):
            yield sympy.apart(sympy.together(expr), symbol)
    top, bottom = sympy.fraction(sympy.together(expr))
    for above in sympy.Mul.make_args(top):
        for below in sympy.Mul.make_args(bottom):
            if above.free_symbols & below.free_symbols:
                rest = expr * below / above
                yield sympy.simplify(rest) / sympy.expand(below / above)
                yield sympy.simplify(rest) * sympy.expand(above / below)
    if isinstance(expr, sympy.Add | sympy.Mul):
        for index, part in enumerate(expr.args):
            if len(part.free_symbols) > 1:
                others = [*expr.args[:index], *expr.args[index + 1 :]]
                for form in _rewrites(part):
                    yield expr.func(*others, form)


def _poles(expr: sympy.Expr) -> int:
    """Count the symbols at whose 0 a form divides by 0 although the value itself is finite there."""
    value = sympy.fraction(sympy.cancel(sympy.together(expr)))[1]
    divisors = [power.base for power in expr.atoms(sympy.Pow) if power.exp.could_extract_minus_sign()]
    return sum(
        any(divisor.subs(symbol, 0) == 0 for divisor in divisors) and value.subs(symbol, 0) != 0
        for symbol in expr.free_symbols
    )


def forms(expr: sympy.Expr) -> list[sympy.Expr]:
    """List equal forms in which every symbol occurs once. Raises ``ValueError`` when none is found."""
    seen = {expr}
    layer = [expr]
    for _ in range(2 if max(_occurrences(expr).values(), default=0) > 1 else 0):
        layer = sorted({form for old in layer for form in _rewrites(old)} - seen, key=str)
        seen.update(layer)
    found = [form for form in seen if all(count == 1 for count in _occurrences(form).values())]
    if not found:
        raise ValueError(f"no form with single occurrences: {expr}")
    return sorted(found, key=str)


def isolate(left: sympy.Expr, right: sympy.Expr, symbol: sympy.Symbol) -> sympy.Expr | None:
    """Solve ``left = right`` for a symbol that occurs once, by undoing one operation after the other.

    No other symbol is ever duplicated on the way. ``None`` where undoing needs a root or a logarithm.
    """
    side, other = (left, right) if left.has(symbol) else (right, left)
    while side != symbol:
        inner = next(part for part in side.args if part.has(symbol))
        rest = [part for part in side.args if part is not inner]
        if isinstance(side, sympy.Add):
            other = other - sympy.Add(*rest)
        elif isinstance(side, sympy.Mul):
            other = other / sympy.Mul(*rest)
        elif isinstance(side, sympy.Pow) and side.exp == -1:
            other = 1 / other
        else:
            return None
        side = inner
    return other


def _sides(formula: str) -> tuple[str, str]:
    left, right = formula.split(" = " if " = " in formula else " <= ")
    return left, right


# -- from a row to Python -----------------------------------------------------------------------------


class Solved:
    """A row as equation: its symbols, its sums, and one function for every role that has one."""

    def __init__(self, row: Row, formula: str) -> None:
        """Solve ``formula``, the equation in the row."""
        self.row = row
        self.sums: dict[str, str] = {}  # placeholder -> what is added up
        text = _SUM.sub(self._placeholder, formula)
        names = sorted(set(re.findall(r"[a-z_]\w*", text)))
        self.symbols = {name: sympy.Symbol(name) for name in names}
        left, right = (sympy.sympify(side, locals=self.symbols) for side in _sides(text))
        self.left, self.right = left, right
        inside = {name for term in self.sums.values() for name in re.findall(r"[a-z]\w*?(?=_i\b|\b)", term)}
        extra = sorted((set(names) - set(self.sums)) - set(row.roles))
        self.arguments = tuple(role for role in (*row.roles, *extra) if role in inside or role in names)
        self.functions: dict[str, str] = {}
        self.members: tuple[str, ...] = ()  # the roles of a sum of computed members
        self.lines: list[str] = []  # statements before the return
        self.solve_all()

    def _placeholder(self, match: re.Match[str]) -> str:
        name = f"sum_of_{len(self.sums)}"
        self.sums[name] = match[1]
        return name

    def solve_all(self) -> None:
        """Solve from the form whose solutions divide least by what may be 0, then from the shortest."""
        answers = []
        for left in forms(self.left):
            for right in forms(self.right):
                solved = {name: isolate(left, right, symbol) for name, symbol in self.symbols.items()}
                known = {name: form for name, form in solved.items() if form is not None}
                poles = sum(_poles(form) for form in known.values())
                size = sum(sympy.count_ops(form) for form in known.values())
                answers.append((poles, size, str(right), known))
        for name, form in min(answers, key=lambda answer: answer[:3])[3].items():
            self._prove(name, form)
            if name in self.sums:
                if role := self._plain(name):
                    self._emit(role, f"without({self._python(form)}, {role})", form)
                else:
                    self._emit_members(self.sums[name], form)
            else:
                self._emit(name, self._python(form), form)

    def linear(self, result: str) -> str:
        """Write ``left - right`` as one role times a sum of roles, and another sum; "" where it is no such thing.

        ``result`` is taken for the factor where several roles would do.
        """
        roles = {symbol: self.sums.get(name, name) for name, symbol in self.symbols.items()}
        if not all(role.isidentifier() for role in roles.values()):
            return ""
        whole = sympy.expand(sympy.fraction(sympy.together(self.left - self.right))[0])
        if not whole.is_polynomial(*roles):
            return ""
        if sympy.Poly(whole, *roles).total_degree() <= 1:
            return f'Linear("", {{}}, {_coefficients(whole, roles)})'
        for symbol in sorted(roles, key=lambda s: (roles[s] != result, str(s))):
            if sympy.degree(whole, symbol) != 1 or roles[symbol] in self.row.variadic:
                continue
            times, plus = whole.coeff(symbol, 1), whole.coeff(symbol, 0)
            if all(sympy.Poly(part, *roles).total_degree() <= 1 for part in (times, plus)):
                return (
                    f'Linear("{roles[symbol]}", {_coefficients(times, roles)}, {_coefficients(plus, roles)})'
                )
        return ""

    def _prove(self, name: str, form: sympy.Expr) -> None:
        if sympy.simplify((self.left - self.right).subs(self.symbols[name], form)) != 0:
            raise ValueError(f"{self.row.check}: {name} = {form} does not satisfy the formula")
        if any(count > 1 for count in _occurrences(form).values()):
            raise ValueError(f"{self.row.check}: {name} = {form} repeats an argument")

    def below(self) -> tuple[str, ...]:
        """Name the roles with which the left side grows or the right side falls: a limit holds them down."""
        inside = {
            name: sympy.sympify(term.replace("_i", ""), locals={r: sympy.Symbol(r) for r in self.arguments})
            for name, term in self.sums.items()
        }
        gap = (self.left - self.right).subs({self.symbols[name]: form for name, form in inside.items()})
        at = {sympy.Symbol(role): 10 + place for place, role in enumerate(self.arguments)}
        return tuple(role for role in self.arguments if gap.diff(sympy.Symbol(role)).subs(at) > 0)

    def _plain(self, placeholder: str) -> str | None:
        """Name the role of a plain sum; a sum of quotients has no member function."""
        term = self.sums[placeholder]
        return term if term.isidentifier() else None

    def _emit_members(self, term: str, form: sympy.Expr) -> None:
        """Write the functions of a sum of computed members: the sum, a member, and the roles of a member."""
        roles = tuple(
            sorted(set(re.findall(r"([a-z]\w*)_i\b", term)), key=lambda role: self.row.roles.index(role))
        )
        member = sympy.Symbol("member")
        symbols = {role: sympy.Symbol(role) for role in roles}
        inside = sympy.sympify(term.replace("_i", ""), locals=symbols)
        outside = [name for name in self.arguments if name not in roles]
        self.members = roles
        self._emit_plain("members", outside, str(form), "the sum of its members")
        self._emit_plain("member", list(roles), str(inside), "a member of the sum")
        for role in roles:
            solved = isolate(inside, member, symbols[role])
            if solved is None or sympy.simplify((inside - member).subs(symbols[role], solved)) != 0:
                raise ValueError(f"{self.row.check}: {role} of a member has no solution")
            others = ["member", *(name for name in roles if name != role)]
            self._emit_plain(role, others, str(solved), f"{role} of a member")

    def _emit_plain(self, name: str, arguments: list[str], body: str, what: str) -> None:
        heads = ", ".join(f"{argument}: Value" for argument in arguments)
        self.functions[name + _OF_MEMBERS] = (
            f"{_head(f'{self.row.check}__{name}', heads)}"
            f'    """Solve ``{self.row.formula}`` for {what}."""\n'
            f"    return {ast.unparse(ast.parse(body, mode='eval'))}\n"
        )

    def _python(self, form: sympy.Expr) -> str:
        text = str(form)
        self.lines = []
        for placeholder, term in self.sums.items():
            if term.isidentifier():
                text = text.replace(placeholder, f"added({term})")
            else:
                members = sorted(set(re.findall(r"([a-z]\w*)_i\b", term)), key=term.index)
                body = re.sub(r"\b([a-z]\w*)_i\b", r"\1_", term)
                heads = ", ".join(f"{member}_" for member in members)
                lists = ", ".join(members)
                self.lines.append(f"terms = [{body} for {heads} in zip({lists}, strict=True)]")
                text = text.replace(placeholder, "added(terms)")
        return text

    def _emit(self, role: str, body: str, form: sympy.Expr) -> None:
        own = role in self.row.variadic
        names = [name for name in self.arguments if name != role]
        if own:
            names.insert(0, role)
        if own and not form.free_symbols:
            body = body.replace(f"without({form}", f"complement({form}")
        tree = ast.parse(body, mode="eval")
        if any(isinstance(node, ast.Constant) and isinstance(node.value, float) for node in ast.walk(tree)):
            raise ValueError(f"{self.row.check}: a float in {body}")
        types = []
        for name in names:
            kind = "Sequence[Value]" if name in self.row.variadic else "int" if name == "years" else "Value"
            types.append(f"{name}: {kind}")
        gives = "Value"
        if not names:  # a limit that is a number
            tree, gives = ast.parse(f"Fraction({body})", mode="eval"), "Fraction"
        self.functions[role] = (
            f"{_head(f'{self.row.check}__{role}', ', '.join(types), gives)}"
            f'    """Solve ``{self.row.formula}`` for {role}."""\n'
            + "".join(f"    {ast.unparse(ast.parse(line))}\n" for line in self.lines)
            + f"    return {ast.unparse(tree)}\n"
        )


def _coefficients(form: sympy.Expr, roles: dict[sympy.Symbol, str]) -> str:
    """Write a sum as coefficients of roles; "" is the constant."""
    found = {role: form.coeff(symbol) for symbol, role in roles.items()}
    found[""] = form.subs(dict.fromkeys(roles, 0))
    return "{" + ", ".join(f'"{role}": {number}' for role, number in found.items() if number) + "}"


def _row(row: Row) -> tuple[str, list[str]]:
    """Return the functions of one row and the entry of the table."""
    functions: dict[str, str] = {}
    arguments: tuple[str, ...] = row.roles
    below: tuple[str, ...] = ()
    reason = CUSTOM.get(row.check, "")
    linear = ""
    result = row.roles[0]
    solved: Solved | None = None
    if reason:
        kind = "custom"
    elif match := _COUNT.fullmatch(row.formula):
        kind, result = "count", match[1]
    elif _ORDER.fullmatch(row.formula):
        kind = "order"
    elif match := _BETWEEN.fullmatch(row.formula):
        kind, result = "between", match[2]
    elif match := _INTEGER.fullmatch(row.formula):
        solved = Solved(row, match[2])
        kind, functions, arguments = "integer", solved.functions, solved.arguments
        result = _sides(match[2])[0]
    elif row.formula == "first = second" and row.variadic:
        kind = "tuple"
    elif row.formula.startswith("max(first_i/second_i) <="):
        kind = "rates"
    elif row.formula == "first <= second":
        kind = "days"
    elif "_i = " in row.formula:
        plain = Row(row.check, row.name, row.roles, frozenset(), row.formula.replace("_i", ""), row.strength)
        solved = Solved(plain, plain.formula)
        kind, functions, arguments = "each", solved.functions, solved.arguments
        result = _sides(plain.formula)[0]
        linear = solved.linear(result)
    else:
        solved = Solved(row, row.formula)
        kind, functions, arguments = "equation", solved.functions, solved.arguments
        left, right = _sides(row.formula)
        stripped = _SUM.sub(r"\1", left)
        result = stripped if stripped in arguments else row.roles[0]
        if " <= " in row.formula:
            kind = "bound"
            below = solved.below()
            # A limit on several figures is told of the one on the other side.
            if result in row.variadic:
                result = right
        linear = solved.linear(result)
    inner = solved.members if solved else ()
    named = [role for role in functions if not role.endswith(_OF_MEMBERS)]
    solve = ", ".join(f'"{role}": {row.check}__{role}' for role in named)
    entry = [
        f'    "{row.check}": Formula(',
        f'        check="{row.check}",',
        f'        name="{row.name}",',
        f'        text="{row.formula}",',
        f'        kind="{kind}",',
        f'        strength="{row.strength}",',
        f"        roles={_tuple(row.roles)},",
        f"        arguments={_tuple(arguments)},",
        f"        variadic={_set(row.variadic)},",
        f'        result="{result}",',
    ]
    if named:
        one_line = f"        solve={{{solve}}},"
        if len(one_line) <= 110:
            entry.append(one_line)
        else:
            entry.append("        solve={")
            entry.extend(f'            "{role}": {row.check}__{role},' for role in named)
            entry.append("        },")
    if below:
        entry.append(f"        below={_set(frozenset(below))},")
    if linear:
        entry.append(f"        linear={linear},")
    if reason:
        entry.append(f'        reason="{reason}",')
    if inner:
        entry.append("        members=Members(")
        entry.append(f"            roles={_tuple(inner)},")
        entry.append(f"            value={row.check}__member,")
        entry.append(f"            whole={row.check}__members,")
        entry.append(
            "            solve={" + ", ".join(f'"{role}": {row.check}__{role}' for role in inner) + "},"
        )
        entry.append("        ),")
    entry.append("    ),")
    return "\n\n".join(functions.values()), entry


def _head(name: str, arguments: str, gives: str = "Value") -> str:
    """Write the head of a function, over three lines where one is too long."""
    line = f"def {name}({arguments}) -> {gives}:"
    return f"{line}\n" if len(line) <= 110 else f"def {name}(\n    {arguments}\n) -> {gives}:\n"


def _tuple(names: tuple[str, ...]) -> str:
    inside = ", ".join(f'"{name}"' for name in names)
    return f"({inside},)" if len(names) == 1 else f"({inside})"


def _set(names: frozenset[str]) -> str:
    if not names:
        return "frozenset()"
    return "frozenset({" + ", ".join(f'"{name}"' for name in sorted(names)) + "})"


def generate() -> str:
    """Return the text of ``formulas.py``."""
    functions, entries = [], []
    for row in rows():
        code, entry = _row(row)
        if code:
            functions.append(code)
        entries.extend(entry)
    body = "\n\n".join(functions)
    table = "\n".join(["FORMULAS: dict[str, Formula] = {", *entries, "}"])
    return f"{HEADER}\n\n{body}\n\n{table}\n"


def main() -> int:
    """Write the file, or with ``--check`` only tell by the exit status whether it is up to date."""
    text = generate()
    if "--check" in sys.argv[1:]:
        return 0 if TARGET.read_text(encoding="utf-8") == text else 1
    TARGET.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
