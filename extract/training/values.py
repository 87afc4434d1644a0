"""Values with the ways in which Chinese and English texts write them."""

import calendar
import random
from datetime import date

from .things import Value

__all__ = ["context_length", "date_forms", "parameters", "pick_date"]

_CONTEXTS = (
    (2048, ("2K", "2048", "2k")),
    (4096, ("4K", "4096", "4k")),
    (8192, ("8K", "8192", "8k")),
    (16384, ("16K", "16k")),
    (32768, ("32K", "32768", "32k")),
    (65536, ("64K", "64k")),
    (131072, ("128K", "128k")),
    (262144, ("256K", "256k")),
    (100000, ("100K", "100k")),
    (200000, ("200K", "200k")),
    (1000000, ("1M",)),
)


def parameters(size: str, lang: str) -> Value:
    """Give a size with its forms.

    Examples
    --------
    >>> parameters("7B", "zh").forms
    ('7B', '70亿', '70 亿')
    >>> parameters("7B", "en").forms
    ('7B', '7 billion', '7B')
    """
    number = float(size[:-1])
    unit = size[-1]
    plain = f"{number:g}"
    forms: tuple[str, ...]
    if unit == "M":
        zh = f"{number / 100:g}亿"
        forms = (size, zh) if lang == "zh" else (size, f"{plain} million")
    elif unit == "T":
        forms = (size, f"{plain}万亿") if lang == "zh" else (size, f"{plain} trillion")
    elif lang == "zh":
        forms = (size, f"{number * 10:g}亿", f"{number * 10:g} 亿")
    else:
        forms = (size, f"{plain} billion", size)
    return Value(size, forms)


def context_length(rng: random.Random) -> Value:
    """Give a context length with its forms."""
    length, forms = rng.choice(_CONTEXTS)
    return Value(str(length), forms)


def pick_date(rng: random.Random, before: date) -> date:
    """Give a day of the same year, not after a date."""
    return date.fromordinal(rng.randint(date(before.year, 1, 1).toordinal(), before.toordinal()))


def date_forms(day: date, lang: str, shape: str) -> Value:
    """Give a date as texts write it: in full (``date``), without year (``day``), in figures
    (``slash``), or the month alone (``month``).

    Examples
    --------
    >>> date_forms(date(2024, 3, 5), "zh", "date").forms[0]
    '2024年3月5日'
    >>> date_forms(date(2024, 3, 5), "en", "month")
    Value(value='2024-03', forms=('March 2024',))
    """
    year, month, number, iso = day.year, day.month, day.day, day.isoformat()
    name, short = calendar.month_name[month], calendar.month_abbr[month]
    if shape == "slash":
        forms = (iso, f"{year}/{month:02}/{number:02}", f"{year}.{month:02}.{number:02}")
        return Value(iso, forms)
    if shape == "iso":
        return Value(iso, (iso,))
    if lang == "zh":
        if shape == "month":
            return Value(iso[:7], (f"{year}年{month}月", f"{year} 年 {month} 月"))
        if shape == "day":
            return Value(iso, (f"{month}月{number}日", f"{month} 月 {number} 日"))
        return Value(iso, (f"{year}年{month}月{number}日", f"{year} 年 {month} 月 {number} 日"))
    if shape == "month":
        return Value(iso[:7], (f"{name} {year}",))
    if shape == "day":
        return Value(iso, (f"{name} {number}", f"{number} {name}"))
    return Value(
        iso, (f"{name} {number}, {year}", f"{number} {name} {year}", f"{short} {number}, {year}")
    )
