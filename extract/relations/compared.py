"""Which model is said to match, near or beat which."""

from ...ontology.terms import Comparison, EntityType, Predicate
from .rule import PatternRule

__all__ = ["COMPARED"]

_BETTER_ZH = (
    "(?:超过|超越|优于|胜过|领先于?|击败|碾压|反超|赶超|强于|高于|好于|超出|打败|吊打|力压|"
    "完胜|秒杀|战胜|压过|甩开|高过|好过|强过|超|赢过|胜出|远超|打赢|干翻|干掉|跑赢|险胜|"
    "完爆|大幅领先|力克|盖过|直超|赶超)"
)
_PAR_ZH = (
    "(?:媲美|比肩|持平|相当于?|看齐|齐平|匹敌|堪比|不输给?|不逊于|不逊色于|比得上|不亚于|"
    "对标|对齐|追平|打平|不弱于|叫板|抗衡|打得有来有回|可与|达到|达到了|平齐|对打|硬刚|"
    "肩比)"
)
_NEAR_ZH = r"(?:接近|逼近|直逼|逼平|仅次于|紧追|紧随|追赶|略低于)"
_WORSE_ZH = (
    r"(?:略逊于|稍逊于|略弱于|不如|不及|落后于?|弱于|逊于|逊色于|低于|输给|差于|比不上|败给|不敌)"
)
_EVEN_ZH = (
    "(?:相当|持平|媲美|不相上下|看齐|相近|齐平|比肩|旗鼓相当|同级|接近|平分秋色|并驾齐驱|"
    "差不多|打平|匹敌|抗衡|一较高下|相媲美|平起平坐|处于同一|同一水平|难分伯仲|掰手腕|并列)"
)
_SPEED = (
    "速度|价格|成本|尺寸|体积|便宜|训练数据|token|显存|吞吐|延迟|下载|费用|参数规模|参数量|"
    "cheaper|faster|smaller|larger|price|cost|tokens|parameters|speed|throughput|latency|"
    "downloads"
)

_BETTER_EN = (
    "(?:outperform(?:s|ed|ing)?|beat(?:s|ing|en)?|surpass(?:es|ed|ing)?|exceed(?:s|ed|"
    "ing)?|outscor(?:es?|ed|ing)|top(?:s|ped|ping)|edg(?:es|ed|ing) (?:out|past|ahead of)|"
    "outrank(?:s|ed)?|overtak(?:es?|ing)|overtook|ahead of|better than|superior to|"
    "stronger than|higher than|crush(?:es|ed)?|eclips(?:es|ed)|outclass(?:es|ed)?|"
    "outshin(?:es|ed)|outpac(?:es|ed|ing)|outpaces|over|leads?|improv(?:es|ed|ement|ements|"
    "ing) (?:over|on|upon)|gains over|smarter than|more capable than|more accurate than|"
    "defeats?|defeated|wins over|preferred over|blows? past|leapfrog(?:s|ged)?)"
)
_PAR_EN = (
    "(?:(?:comparable|competitive|similar|equivalent|identical|near-parity|parity|equal|"
    "same|on-par)(?:(?:,? (?:or|and|if not|and sometimes|"
    r"or even) \w+)? (?:\w+ ){0,3}?(?:performance|results?|accuracy|quality|capabilities|"
    "scores?|level|ability|outputs?))? (?:to|with|against|as|relative to)|comparable (?:to|"
    "with)|comparably to|competitive (?:with|to|performance (?:with|to))|rival(?:s|ed|"
    "ing)?|match(?:es|ed|ing)?|on par with|on a par with|par with|compet(?:es|e|ing) with|"
    "ties with|tied with|equal(?:s|ing)? (?:to )?|equivalent to|similar (?:to|"
    "performance to)|as good as|parity with|level of|in line with|"
    "comparable performance to|comparable results to|matches or exceeds|match or exceed|"
    "head-to-head with|go toe-to-toe with|toe-to-toe with|as capable as|same level as)"
)
_NEAR_EN = (
    "(?:close to|clos(?:es|ing|er) (?:in on|to|the gap (?:with|to))|approach(?:es|ed|ing)?|"
    r"near(?:s|ly|ing)?(?: as good as| matches| matching)?|within \S+ (?:percent |"
    "points? )?of|just behind|second only to|slightly behind|nearly as good as|just below|"
    "narrowly trailing|nips at)"
)
_WORSE_EN = (
    "(?:trail(?:s|ed|ing)?|lag(?:s|ged|ging)?(?: behind)?|behind|worse than|inferior to|"
    "weaker than|lower than|underperform(?:s|ed|ing)?|falls? (?:short of|behind)|"
    "fell short of|loses to|lost to|below|not as good as)"
)


def _rules(kind: Comparison, name: str, *patterns: str, veto: str = _SPEED) -> list[PatternRule]:
    return [
        PatternRule(
            f"compared.{name}{index or ''}",
            Predicate.COMPARABLE_TO,
            pattern,
            (("relation", str(kind)),),
            EntityType.MODEL,
            veto,
        )
        for index, pattern in enumerate(patterns)
    ]


_GAIN_EN = (
    "(?:outperform|improv|advance|better|superior|surpass|exceed|stronger|gains?|leap|"
    "upgrade|higher|beat|excel|boost|enhanc|more capable|more accurate|progress)"
)
_GAIN_ZH = r"(?:提升|优于|更(?:好|强|高|优|准|聪明|出色|快)|提高|领先|进步|优化|改进|增强|超|胜)"
_S = "<s:model>"
_O = "<o:model>"
_MANY = (
    "(?:了|包括|如|像|等|的|最强的?|目前|现有的?|前代|上一代|比如|甚至|同等规模的?|"
    "同级别?的?|同尺寸的?|闭源的?|开源的?|模型|大模型|,|:|<org>(?:的|旗下的?)?)*+"
)

COMPARED = (
    *_rules(Comparison.WORSE, "zh-worse", rf"{_S}<-model:40>{_WORSE_ZH}{_MANY}<-:8>{_O}"),
    *_rules(Comparison.NEAR, "zh-near", rf"{_S}<-model:40>{_NEAR_ZH}{_MANY}<-:8>{_O}"),
    *_rules(
        Comparison.ON_PAR,
        "zh-par",
        rf"{_S}<-model:40>{_PAR_ZH}{_MANY}<-:8>{_O}",
        rf"{_S}<-model:36>(?:与|和|跟|同){_MANY}<-:6>{_O}<-model:14>{_EVEN_ZH}",
    ),
    *_rules(
        Comparison.BETTER,
        "zh-better",
        rf"{_S}<-model:50>{_BETTER_ZH}{_MANY}<-:14>{_O}",
        (
            rf"{_S}<-model:30>(?:相比|相较于?|相对于?|对比|较|比)(?:起|于|"
            rf"之)?{_MANY}<-:6>{_O}<-model:24>(?:提升|优于|更(?:好|强|高|优|准|聪明)|提高|"
            rf"领先|高出|"
            rf"有(?:显著|明显|大幅)|进步|胜|强|高|好)"
        ),
        rf"{_S}<-model:14>以<-model:24>(?:成绩|得分|分数|优势)<-model:10>{_BETTER_ZH}<-:8>{_O}",
    ),
    *_rules(Comparison.WORSE, "en-worse", rf"{_S}<-model:60>\b{_WORSE_EN}\b(?: \S+){{0,4}}? ?{_O}"),
    *_rules(Comparison.NEAR, "en-near", rf"{_S}<-model:60>\b{_NEAR_EN}\b(?: \S+){{0,4}}? ?{_O}"),
    *_rules(Comparison.ON_PAR, "en-par", rf"{_S}<-model:70>\b{_PAR_EN}\b(?: \S+){{0,6}}? ?{_O}"),
    *_rules(
        Comparison.BETTER,
        "en-better",
        rf"{_S}<-model:70>\b{_BETTER_EN}\b(?: \S+){{0,6}}? ?{_O}",
    ),
    *_rules(
        Comparison.BETTER,
        "zh-unlike",
        (
            rf"(?:与|和|跟|比起|相比于?|相较于?|较|对比|相对于?){_MANY}<-model:12>{_O}"
            rf"<-model:12>(?:相比|对比|,)<-model:24>{_S}<-model:40>{_GAIN_ZH}"
        ),
    ),
    *_rules(
        Comparison.BETTER,
        "en-unlike",
        (
            rf"(?:compared (?:to|with)|relative to|over) (?:\S+ ){{0,4}}?{_O}<-model:24>"
            rf", (?:\S+ ){{0,4}}?{_S}<-model:60>\b{_GAIN_EN}"
        ),
        (
            rf"{_S}<-model:60>\b{_GAIN_EN}<-model:50>\b(?:compared (?:to|with)|relative to|"
            rf"over|than|"
            rf"versus|vs\.?) (?:\S+ ){{0,5}}?{_O}"
        ),
    ),
)
