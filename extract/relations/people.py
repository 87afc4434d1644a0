"""Who belongs to which organisation."""

from ...ontology.terms import EntityType, Predicate
from .rule import PatternRule

__all__ = ["PEOPLE"]

_ROLE_ZH = (
    r"(?P<role>[^,。;!?:()\ue000-\ue00f]{0,30}?(?:CEO|CTO|COO|CFO|ceo|cto|coo|cfo|总裁|总监|"
    "总经理|经理|董事长|创始人|合伙人|科学家|工程师|负责人|主任|院长|教授|研究员|博士|"
    r"博士生|学生|副总裁|主席|院士|主管|首席[^,。;\ue000-\ue00f]{0,8}|顾问|掌门人|高管|成员|"
    "员工|老板|掌门|所长|校长|讲师|作者|组长|领队|总工|分析师|发言人|专家|秘书长|理事长|"
    r"合伙人|架构师|一号位|教师|老师|院系|代表|ceo兼[^,。;\ue000-\ue00f]{0,8}))"
)
_ROLE_EN = (
    r"(?P<role>(?:[\w-]+ ){0,6}?(?:ceo|cto|coo|cfo|founder|co-?founder|president|vp|"
    r"vice president|chief[\w ]{0,24}|head of [\w ]{1,24}|director|scientist|engineer|"
    "researcher|professor|lead|manager|chair(?:man|woman)?|partner|analyst|fellow|student|"
    "officer|spokesperson|spokeswoman|spokesman|employee|evangelist|executive|boss|chief|"
    "advisor|member|architect|developer|author|lecturer|head|svp|evp|gm|"
    r"general manager)(?: (?:and|&) (?:[\w-]+ ){0,3}[\w-]+)?)"
)


def _rule(name: str, pattern: str, veto: str = "") -> PatternRule:
    return PatternRule(
        "affiliated." + name,
        Predicate.AFFILIATED_WITH,
        pattern,
        implied=EntityType.ORGANIZATION,
        veto=veto,
        factual=False,
        flat=False,
    )


PEOPLE = (
    _rule(
        "zh-role",
        (
            rf"<o:org>(?:公司|集团|旗下)?的?(?:<domain>)?{_ROLE_ZH}"
            rf"(?:兼[^,。;\ue000-\ue00f]{{1,8}})?(?:、|,|:)?<s:person>"
        ),
    ),
    _rule(
        "zh-role-behind",
        (
            rf"<s:person>,?(?:是|为|现任|担任|任|出任|曾任|系|作为|\()(?:了|前|"
            rf"现)?<=:6><o:org>的?{_ROLE_ZH}"
        ),
    ),
    _rule(
        "zh-founded",
        (
            "<s:person><=:16>(?P<role>联合创立|联合创办|创办|创立|创建|成立|联合创始|加入|加盟|"
            "执掌|掌舵|离开|离职)(?:了|的)?<-:8><o:org>"
        ),
    ),
    _rule("zh-parenthesis", r"<s:person>\s?\(<-:6><o:org><-:24>\)"),
    _rule("zh-of", r"<o:org>的?<s:person>"),
    _rule("zh-topic-role", rf"(?:^|[,。;:]){_ROLE_ZH}<s:person>"),
    _rule(
        "en-role-of",
        (
            rf"<s:person>,? \(?(?:is |was |who is |as )?(?:the |an? |now |"
            rf"former )?{_ROLE_EN} (?:of|"
            rf"at|for|with|from|in)(?: the)?(?: [\w-]+){{0,2}}? <o:org>"
        ),
    ),
    _rule("en-role", rf"<o:org>(?:'s)? {_ROLE_EN},? (?:and \w+ )?<s:person>"),
    _rule("en-of-role", rf"<s:person>,? (?:is |was )?(?:the )?<o:org>(?:'s)?,? {_ROLE_EN}"),
    _rule(
        "en-at",
        ("<s:person>,? (?:at|of|from|with|who works (?:at|for)) (?:the )?<o:org>"),
    ),
    _rule("en-parenthesis", r"<s:person> ?\((?:[^()\ue000-\ue00f]{0,20},? )?<o:org>[,)]"),
    _rule("en-comma", r"<s:person>, <o:org>\b"),
    _rule("en-role-name", rf"{_ROLE_EN} (?:of|at) (?:the )?<o:org>,? <s:person>"),
    _rule("zh-chain", rf"(?<=[\ue000-\ue00f])(?:、|和|及|以及|,){_ROLE_ZH}<s:person>"),
    _rule(
        "zh-behind",
        rf"<s:person>\s?(?:\([^()]{{0,30}}\))?,?(?:原|前|现任|曾任|现)?<o:org>的?{_ROLE_ZH}",
    ),
    _rule(
        "zh-any",
        r"<o:org>(?P<role>[^,。;!?:()与和对在是了被向将由的、给\ue000-\ue00f]{1,14})<s:person>",
    ),
    _rule("zh-title-bracket", rf"<s:person>\s?\({_ROLE_ZH}\)"),
    _rule("zh-beside", r"<o:org><-org|person:30><s:person>"),
    _rule(
        "en-founded-by",
        (
            r"<o:org>(?:,)? (?:was |is |an? \S+ )?(?:<-org|person:30>)(?P<role>co-?founded|founded|"
            r"led|headed|started|run) by (?:\S+ ){0,3}?<s:person>"
        ),
    ),
    _rule(
        "en-founds",
        (
            "<s:person>(?:'s)?,? (?:who )?(?:also |recently |now |has )?(?P<role>co-?founded|"
            "founded|launche[sd]|started|leads|heads|runs|joined|left|created|"
            r"established)(?: \S+){0,4}? ?<o:org>"
        ),
    ),
    _rule("en-title", rf"^(?:\W|\d)*<s:person>(?: \(|:|,| -| —)\s?{_ROLE_EN}"),
    _rule(
        "en-have-been",
        rf"<s:person>,? who (?:had |has )?(?:been|was|is|served as|serves as) <o:org>'s {_ROLE_EN}",
    ),
    _rule("en-beside", r"<o:org>'s (?:[\w-]+ ){0,5}?<s:person>"),
)
