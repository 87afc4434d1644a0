"""Whether a stretch of a view states a fact, or denies, plans, asks or wonders."""

import re

__all__ = ["is_fact"]

_UNREAL = re.compile(
    "(?<!不)(?:计划|打算|准备|预计|有望|或将|即将|拟|考虑|据传|传言|传闻|爆料|希望能?|"
    "未来将|将会|尚未|还未|并未|没有|未能|不是|并非|不基于|是否|如果|假如|若|敬请期待)"
    r"|(?<![就才便必])将(?=(?:在|于)?[^把,。;]{0,8}(?:发布|推出|开源|上线|公布|开放|支持|提供|达到|扩展))"
    r"|\b(?:will|would|plans? to|planning to|intends? to|expects? to|expected to|rumou?red|"
    "reportedly|may|might|could|not|never|isn't|wasn't|aren't|doesn't|didn't|don't|hasn't|"
    r"haven't|without|unlike|instead of|rather than|if|whether|upcoming|coming soon)\b"
)
_HEARSAY = re.compile(
    r"爆料|传闻|传言|据传|泄露的消息|\b(?:rumou?r(?:s|ed)?|reportedly|allegedly|leakers?)\b"
)
_CLAUSE = re.compile(r"[,。;!?:]|——")


def is_fact(view: str, start: int, end: int) -> bool:
    """Whether nothing in the matched stretch, or before it in its clause, makes it unreal.

    Examples
    --------
    >>> is_fact("公司计划发布新模型", 4, 9), is_fact("公司发布新模型", 2, 7)
    (False, True)
    """
    begin = max(0, start - 24)
    breaks = [found.end() for found in _CLAUSE.finditer(view, begin, start)]
    begin = breaks[-1] if breaks else begin
    sentence = max(view.rfind(mark, 0, start) for mark in "。;!?") + 1
    if _HEARSAY.search(view, sentence, end) or _UNREAL.search(view, begin, end):
        return False
    stop = view.find("?", end)
    return not (0 <= stop <= end + 20 and not re.search(r"[。!;]", view[end:stop]))
