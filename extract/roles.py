"""What the words around a name say about the kind of thing that it names."""

import re

from ..ontology.terms import EntityType

__all__ = ["role_scores"]

_OPEN = r"[\"“”'‘’(（《「\s]*$"
_CLOSE = r"[\"”’)）》」\s]*"

_BEFORE: tuple[tuple[EntityType, float, re.Pattern[str]], ...] = tuple(
    (type, weight, re.compile(rf"(?:{words}){_OPEN}"))
    for type, weight, words in (
        (
            EntityType.ORGANIZATION,
            0.4,
            r"公司|机构|团队|来自|初创企业|加盟|加入|离开|收购|投资|起诉|\bfrom|\bby|company|startup|lab\b|firm|joined|"
            r"co-founded|founded|acquired|backed by|合作伙伴|创立|创办|联合|employees? at|researchers? at|CEO of",
        ),
        (
            EntityType.MODEL,
            0.35,
            r"模型|基于|微调|底座|基座|超越|超过|优于|媲美|击败|对标|models?|based on|fine-tun(?:ed|ing|e)(?: of| from| on)?"
            r"|outperform(?:s|ed|ing)?|beats?|surpass(?:es|ed|ing)?|base_model:|versions? of|variants? of|derived from"
            r"|compared (?:to|with)|similar to|相比|相较于?|量化|蒸馏|like|such as|including",
        ),
        (
            EntityType.PRODUCT,
            0.35,
            r"聊天机器人|产品|应用|助手|助理|类|app|chatbot|assistant|使用|用户|APP|接入|浏览器|搜索引擎",
        ),
        (
            EntityType.LICENSE,
            0.6,
            r"[Ll]icen[sc]e[d:]?|licensed under|under (?:the|an?|its)|许可|协议",
        ),
        (
            EntityType.PLATFORM,
            0.45,
            r"\bon(?: the)?|available (?:on|via|through|at)|hosted (?:on|at|by)|\bvia|上传(?:到|至)|托管(?:在|于)|下载[:：]?|"
            r"已?在|登陆|登录|部署(?:在|到)|访问|平台|uploaded to|pushed to|download(?:ed)? from|社区|上线|地址[:：]?",
        ),
        (
            EntityType.DATASET,
            0.4,
            r"trained on|数据集|语料|dataset|corpus|在|datasets?:|从|subset of|trained with|data from|using",
        ),
        (
            EntityType.BENCHMARK,
            0.4,
            r"\bon|benchmarks?|在|评测|榜单|基准|scores?|evaluated (?:on|with)|测试|evals?",
        ),
        (
            EntityType.TECHNIQUE,
            0.35,
            r"using|with|via|采用|使用|通过|利用|technique|方法|技术|引入|算法|基于",
        ),
    )
)
_AFTER: tuple[tuple[EntityType, float, re.Pattern[str]], ...] = tuple(
    (type, weight, re.compile(rf"{_CLOSE}(?:{words})"))
    for type, weight, words in (
        (
            EntityType.ORGANIZATION,
            0.45,
            r"公司|团队|推出|发布|宣布|开源[了的]|旗下|(?:的)?(?:联合)?创始人|(?:的)?首席|研发|开发|提出|CEO|CTO|员工|工程师|研究员"
            r"|研究人员|科学家|表示|称|计划|将|也|则|此前|内部|创立|['’]s\b|['’] |(?:has |have |had |also |today |recently )?"
            r"(?:released?|announced?|said|says|launched|unveiled|introduced|open-sourced|is working|plans|claims|trained"
            r"|developed|built|published|wants|raised|employees|researchers|engineers|team|founder|co-founder|models?\b)"
            r"|and [A-Z][a-z]+ (?:released|announced)|合作|的模型|估值|融资|在",
        ),
        (
            EntityType.MODEL,
            0.45,
            r"系列|模型|大模型|大语言模型|的?权重|基座|底座|参数|\d+[BM]\b|models?\b|LLMs?\b|weights|family|series|checkpoints?"
            r"|进行微调|上微调|outperforms|achieves|was trained|is trained|were trained|has \d+|with \d+|的参数|was released"
            r"|is an? (?:\d+|large|open|new|small|family|multi|state)|版本|支持|拥有|基础上",
        ),
        (
            EntityType.PRODUCT,
            0.4,
            r"APP|App\b|app\b|应用|助手|聊天机器人|用户|chatbot|assistant|users?\b|产品|网页|上线|插件|的出现|Plus|Enterprise",
        ),
        (
            EntityType.LICENSE,
            0.7,
            r"(?:[A-Za-z]+ )?[Ll]icen[sc]e|许可|开源协议|协议|LICENSE|授权|Agreement",
        ),
        (
            EntityType.PLATFORM,
            0.45,
            r"上(?!的?一)|平台|社区|Hub\b|hub\b|仓库|[Ss]paces|[Mm]arketplace|下载|API|模型库|云|账号|链接|和 ?(?:GitHub|魔搭|ModelScope)",
        ),
        (
            EntityType.DATASET,
            0.6,
            r"(?:[a-z-]+ )?(?:[Dd]ata(?:sets?)?\b|[Cc]orpus|corpora)|数据|语料",
        ),
        (
            EntityType.BENCHMARK,
            0.6,
            r"(?:[a-z-]+ )?(?:benchmarks?\b|leaderboard|scores?\b|test\b|evaluation)|基准|评测|榜|得分|测试|上(?:的)?(?:得分|表现|准确率|超)"
            r"|[:：=(（ ]*\d+(?:\.\d+)?\s*(?:%|分)|任务",
        ),
        (
            EntityType.TECHNIQUE,
            0.5,
            r"(?:fine-?tun|train|adapter|optimi[sz]|quanti[sz]|technique|method|algorithm|attention)|微调|训练|技术|方法|算法|量化|优化",
        ),
        (EntityType.PERSON, 0.4, r"表示|认为|指出|said|says"),
    )
)


def role_scores(before: str, after: str) -> dict[EntityType, float]:
    """Give how much the words around a name speak for each type.

    Parameters
    ----------
    before, after : str
        Some 30 characters on each side.

    Returns
    -------
    dict of EntityType to float
        Weights of the cues that are there; types without a cue are left out.

    Examples
    --------
    >>> scores = role_scores("初创公司", "宣布开源")
    >>> max(scores, key=scores.get).value
    'Organization'
    """
    scores: dict[EntityType, float] = {}
    for type, weight, pattern in _BEFORE:
        if pattern.search(before):
            scores[type] = scores.get(type, 0.0) + weight
    for type, weight, pattern in _AFTER:
        if pattern.match(after):
            scores[type] = scores.get(type, 0.0) + weight
    return scores
