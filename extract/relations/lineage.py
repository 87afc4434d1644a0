"""Generations, products on models, platforms of organisations."""

from ...ontology.terms import EntityType, Predicate
from .rule import PatternRule

__all__ = ["LINEAGE"]


def _rule(
    name: str, predicate: Predicate, pattern: str, veto: str = "", generations: bool = False
) -> PatternRule:
    implied = (
        EntityType.ORGANIZATION
        if predicate is Predicate.OPERATES
        else EntityType.PRODUCT
        if predicate is Predicate.POWERED_BY
        else EntityType.MODEL
    )
    return PatternRule(
        name,
        predicate,
        pattern,
        implied=implied,
        veto=veto,
        flat=predicate is not Predicate.OPERATES,
        generations=generations,
    )


LINEAGE = (
    _rule(
        "succeeds.zh-is",
        Predicate.SUCCEEDS,
        (
            r"<s:model><-model:16>(?:是|作为|为|系)<-:20><o:model>\)?的?<=:8>(?:升级|继任|后续|"
            "下一代|新一代|第二代|迭代|后继|改进版|接班|续作|更新)"
        ),
    ),
    _rule(
        "succeeds.zh-to",
        Predicate.SUCCEEDS,
        r"<o:model><=:6>(?:升级|迭代|更新|进化|演进)(?:到|为|至|成|成为)了?<-:6><s:model>",
    ),
    _rule(
        "succeeds.zh-upgraded",
        Predicate.SUCCEEDS,
        r"<o:model><-model:24>(?:升级|迭代|更新)了<-:6><s:model>",
    ),
    _rule(
        "succeeds.zh-compared",
        Predicate.SUCCEEDS,
        (
            "<s:model><-model:12>(?:相比|相较于?|较|对比)<-:6>(?:上一?代|前代|前作|前一代|初代|"
            "一代)(?:的|模型|产品)*<o:model>"
        ),
    ),
    _rule(
        "succeeds.en",
        Predicate.SUCCEEDS,
        (
            r"<s:model><-model:40>\b(?:successor|follow-?up|sequel|upgrade|upgraded version|update|"
            "updated version|replacement|replaces|replacing|succeed(?:s|ing)|supersedes|"
            "next generation|newer version|next version|next iteration|evolution|"
            r"builds? on the (?:success|foundation))\b(?: (?:\S+)){0,4}? ?(?:to |of |over |from |"
            r"for )?(?:\S+ ){0,3}?<o:model>"
        ),
    ),
    _rule(
        "succeeds.en-predecessor",
        Predicate.SUCCEEDS,
        (
            r"<s:model><-model:50>\b(?:predecessors?|previous generation|prior generation|"
            "earlier version|previous version|previous model|previous flagship)(?:,|"
            r" model)? ?(?:\S+ )?<o:model>"
        ),
    ),
    _rule(
        "succeeds.en-improves",
        Predicate.SUCCEEDS,
        (
            r"<s:model><-model:30>\b(?:significant|major|substantial|big) (?:improvements?|"
            r"upgrades?|step up|advances?) (?:over|from|on)(?: \S+){0,2}? <o:model>"
        ),
    ),
    _rule(
        "powered.zh-behind",
        Predicate.POWERED_BY,
        r"<s:app><-:12>(?:背后|底层|底座|内核)的?<-:16><o:model>",
    ),
    _rule(
        "powered.zh-by",
        Predicate.POWERED_BY,
        (
            "<s:app><-app|model:30>(?:基于|由|搭载|接入|采用|使用|启用|内置|集成|依托|换上|用上|"
            "整合|切换(?:到|为|至)|升级(?:到|为|至))了?<-:14><o:model>"
        ),
    ),
    _rule(
        "powered.zh-drives",
        Predicate.POWERED_BY,
        (
            "<o:model><-:16>(?:驱动|赋能|支持|支撑|集成到|接入|应用于|用于|上线|落地|加持)(?:的|了|"
            "到|于)?<-:12><s:app>"
        ),
    ),
    _rule(
        "powered.zh-on",
        Predicate.POWERED_BY,
        (
            "(?:基于|依托|以|搭载|由)<-:8><o:model><-model:24>(?:推出|打造|开发|构建|研发|上线|"
            "发布|的)<-:20><s:app>"
        ),
    ),
    _rule(
        "powered.en-by",
        Predicate.POWERED_BY,
        (
            r"<s:app><-app|model:60>\b(?:powered by|running on|runs on|run on|built on(?: top of)?|"
            r"based on|built using|built with|uses|using|driven by|built around|switch\w* to|"
            r"backed by|underpinned by|default(?:s|ed|ing)? to|is now)(?: \S+){0,5}? ?<o:model>"
        ),
    ),
    _rule(
        "powered.en-powers",
        Predicate.POWERED_BY,
        (
            r"<o:model><-app|model:40>\b(?:powers?|powering|behind|drives|underpins|underpinning|"
            "underlying|used (?:in|by)|available in|available on|available to|integrated into|"
            r"rolling out (?:in|to)|fuels)\b(?: \S+){0,4}? ?<s:app>"
        ),
    ),
    _rule(
        "operates.zh",
        Predicate.OPERATES,
        (
            "<s:org>(?:旗下|的|自家|运营|推出|打造|上线|发起|建设|拥有|自有)?(?:的|"
            "了)?<-:12><o:platform>"
        ),
        "在|开源|上线到|模型",
    ),
    _rule(
        "operates.zh-verb",
        Predicate.OPERATES,
        r"<s:org><=:20>(?:推出|打造|上线|发起|运营|建立|搭建|建设)了?<-:12><o:platform>",
        "模型|开源了",
    ),
    _rule(
        "operates.zh-elided",
        Predicate.OPERATES,
        (
            "<s:org><-org:90>[,;](?:并|同时|还|也|又)?(?:推出|打造|上线|建设|搭建|"
            "运营)了?<-org|platform:14><o:platform>"
        ),
    ),
    _rule(
        "operates.en",
        Predicate.OPERATES,
        r"<s:org>(?:'s|s')(?: (?!model|open)\S+){0,4}? <o:platform>",
    ),
    _rule(
        "succeeds.en-kin",
        Predicate.SUCCEEDS,
        (
            r"<s:model><-model:70>\b(?:improv\w+|updates?|updated|upgrade\w*|advance\w*|leap|"
            r"step up|builds?|iteration|version|generation|refresh)\b<-model:24>(?:over|on|upon|"
            r"from|of|to|on top of)(?: \S+){0,4}?(?:,)? ?<o:model>"
        ),
        generations=True,
    ),
    _rule(
        "succeeds.en-new-version",
        Predicate.SUCCEEDS,
        (
            "(?:new|newer|next|latest|improved|updated|upgraded|second|third) (?:version|"
            "generation|iteration) of <o:model><-model:50>(?::|,|called|named|"
            "dubbed)<-model:12><s:model>"
        ),
    ),
    _rule(
        "succeeds.en-updated-to",
        Predicate.SUCCEEDS,
        r"(?:updated|upgraded|update|upgrade) (?:\S+ ){0,3}?<o:model> to <s:model>",
    ),
    _rule(
        "succeeds.zh-kin",
        Predicate.SUCCEEDS,
        (
            "<s:model><-model:30>(?:在|相比|较|相较|对|比起|相对|从|"
            "是)<-model:12><o:model><-model:30>(?:第二代|新一代|下一代|升级|迭代|基础上|提升|改进|"
            "进步|优化|全面)"
        ),
        generations=True,
    ),
    _rule(
        "succeeds.zh-new-version",
        Predicate.SUCCEEDS,
        (
            "(?:新版本?|新一代|第二代|升级版|改进版)的?<o:model><-model:24>(?::|——|,|"
            "即)<-:4><s:model>"
        ),
    ),
    _rule(
        "succeeds.zh-unlike",
        Predicate.SUCCEEDS,
        (
            "(?:与|和|比起|相比于?|相较于?|较)<-model:14><o:model><-model:8>,?<-model:4><s:model>"
            "<-model:60>(?:提升|改进|进步|优化|增强|升级)"
        ),
        generations=True,
    ),
    _rule(
        "powered.zh-into",
        Predicate.POWERED_BY,
        (
            "<o:model><-model:30>(?:接入|应用|落地|上线|服务|用于|使用|支撑|"
            "赋能)<-model:60>(?:包括|如|比如|例如|在|了)?<-app|model:8><s:app>"
        ),
    ),
    _rule(
        "powered.zh-apps",
        Predicate.POWERED_BY,
        (
            "<s:app><-model:30>(?:已|都|也|均|全部|陆续|宣布)?(?:接入|应用了?|使用了?|采用了?|"
            "搭载了?|更新至|升级至|切换到|对应模型[是为]|脱胎于|同步)<-model:12><o:model>"
        ),
    ),
    _rule("powered.bracket", Predicate.POWERED_BY, r"<s:app>\s?\(<-:8><o:model>\)"),
    _rule(
        "powered.en-adjective",
        Predicate.POWERED_BY,
        r"<o:model>-(?:powered|based|driven) (?:\S+ ){0,3}?<s:app>",
    ),
    _rule(
        "powered.en-features",
        Predicate.POWERED_BY,
        (
            r"<s:app><-model:40>\b(?:features?|featuring|offers?|includes?|integrates?|supports?|"
            r"bundles?|adds?|added|gets?|got)\b(?: \S+){0,4}? ?<o:model>"
        ),
    ),
)
