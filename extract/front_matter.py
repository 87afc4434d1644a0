"""The YAML front matter that opens Markdown files: its keys, title and date."""

import re
from dataclasses import dataclass

import yaml

from .dates import as_iso_date

__all__ = ["FrontMatter", "FrontMatterKey", "find_front_matter"]

_OPENING = re.compile(r"---[ \t]*\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_KEY = re.compile(
    r"""^(?:"([^"\n]{1,100})"|'([^'\n]{1,100})'|([^\W\d][\w .-]{0,100}?))"""
    r"""[ \t]{0,20}:(?=[ \t\n]|\Z)""",
    re.MULTILINE,
)
_YAML_LINE = re.compile(r"[^\W\d][\w.-]{0,100}[ \t]{0,20}:(?:[ \t]|$)|[ \t]|- |#")
_LONGEST = 100_000
_TITLES = ("title", "标题")
_DATES = ("date", "published", "日期", "发布日期", "发布时间")


@dataclass(frozen=True, slots=True)
class FrontMatterKey:
    """One top-level key and the offsets of its lines, nested values included."""

    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands between the two ``---`` lines at the top of a text.

    Parameters
    ----------
    end : int
        The offset behind the closing line; 0 when the front matter is malformed.
    keys : tuple of FrontMatterKey
    title : str
        May be empty.
    published : str or None
        ISO date.
    problem : str
        Why the lines cannot be read as YAML; empty when they can.
    line : int
        The number of the line with the problem, from 1; else 0.
    """

    end: int
    keys: tuple[FrontMatterKey, ...] = ()
    title: str = ""
    published: str | None = None
    problem: str = ""
    line: int = 0


def find_front_matter(text: str) -> FrontMatter | None:
    r"""Give the front matter of a text, None when the text opens without one.

    A text that opens with a horizontal rule and prose has no front matter; one that opens with
    keys but breaks YAML has a front matter with a `problem`.

    Examples
    --------
    >>> found = find_front_matter("---\ntitle: Llama 2\ndate: 2023-07-18\n---\nNews.")
    >>> found.title, found.published, [key.key for key in found.keys]
    ('Llama 2', '2023-07-18', ['title', 'date'])
    >>> broken = find_front_matter("---\ntitle: [Llama\n---\nNews.")
    >>> broken.line, broken.problem
    (3, "expected ',' or ']', but got '<stream end>'")
    >>> find_front_matter("---\nMeta released Llama 2.\n---\n") is None
    True
    """
    opening = _OPENING.match(text)
    if opening is None:
        return None
    start = opening.end()
    closing = _CLOSING.search(text, start)
    if closing is None:
        first = text[start : start + _LONGEST].split("\n\n", 1)[0].split("\n")
        looks_like_yaml = _KEY.match(first[0] + "\n") and all(
            _YAML_LINE.match(line) for line in first if line.strip()
        )
        return _malformed("no closing '---' line", 1) if looks_like_yaml else None
    if closing.start() - start > _LONGEST:
        return (
            _malformed(f"more than {_LONGEST:,} characters", 1) if _KEY.match(text, start) else None
        )
    body = text[start : closing.start()]
    try:
        root = yaml.compose(body, Loader=yaml.SafeLoader)
    except RecursionError:
        return _malformed("nested too deeply", 2)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return _refuse(body, str(error.problem or error.context), mark.line if mark else 0)
    except yaml.reader.ReaderError as error:
        return _refuse(body, f"the character #x{error.character:04x} is not allowed", 0)
    if not isinstance(root, yaml.MappingNode):
        return None
    keys = tuple(_keys(body, start))
    scalars = {
        name.value.lower(): value.value.strip()
        for name, value in root.value
        if isinstance(name, yaml.ScalarNode) and isinstance(value, yaml.ScalarNode)
    }
    title = next((scalars[key] for key in _TITLES if scalars.get(key)), "")
    dates = (as_iso_date(scalars[key]) for key in _DATES if key in scalars)
    return FrontMatter(
        end=min(closing.end() + 1, len(text)),
        keys=keys,
        title=" ".join(title.split()),
        published=next((date for date in dates if date), None),
    )


def _keys(body: str, offset: int) -> list[FrontMatterKey]:
    found = list(_KEY.finditer(body))
    ends = [*(match.start() for match in found), len(body)][1:]
    keys = []
    for match, end in zip(found, ends, strict=True):
        lines = body[match.start() : end].rstrip()
        key = next(group for group in match.groups() if group)
        keys.append(
            FrontMatterKey(key, offset + match.start(), offset + match.start() + len(lines))
        )
    return keys


def _refuse(body: str, problem: str, line: int) -> FrontMatter | None:
    """Prose between two rules is no broken front matter, however YAML minds it."""
    return _malformed(problem, line + 2) if _KEY.match(body.lstrip("\n")) else None


def _malformed(problem: str, line: int) -> FrontMatter:
    return FrontMatter(end=0, problem=problem, line=line)
