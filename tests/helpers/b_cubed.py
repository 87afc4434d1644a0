"""How well clusters of mentions are the things that they mention."""

from collections import Counter

__all__ = ["b_cubed"]


def b_cubed(clusters, things):
    """Give precision, recall and F1, each the mean over mentions."""
    thing_of = {mention.id: label for label, mentions in things.items() for mention in mentions}
    sizes = Counter(thing_of.values())
    precision = recall = 0.0
    for ids in clusters:
        inside = Counter(thing_of[id] for id in ids)
        precision += sum(count * count for count in inside.values()) / len(ids)
        recall += sum(count * count / sizes[label] for label, count in inside.items())
    precision, recall = precision / len(thing_of), recall / len(thing_of)
    return precision, recall, 2 * precision * recall / (precision + recall)
