"""Recall and precision of printed pairs or clusters against true pairs."""

import collections
import json

LEVELS = (0.5, 0.6, 0.7)


def read_ids(path):
    """(ids, bytes of text) of a file of JSON lines."""
    ids, size = set(), 0
    with open(path, encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            ids.add(record["id"])
            size += len(record["text"].encode())
    return ids, size


def read_pairs(path, ids=None):
    """{(id, id) in order: similarity} of lines "id id similarity ...".

    With ids only pairs of two of them, so that the pairs of a file serve for
    a part of it, too.
    """
    pairs = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            a, b, similarity = line.rstrip("\n").split("\t")[:3]
            if ids is None or (a in ids and b in ids):
                pairs[min(a, b), max(a, b)] = float(similarity)
    return pairs


def _scores(gold, is_found, num_printed):
    """Counts and shares; is_found says of a true pair whether it is there."""
    found = [similarity for pair, similarity in gold.items() if is_found(pair)]

    def recall(level):
        # Similarities are rounded where they were written.
        least = level - 1e-6
        wanted = sum(similarity >= least for similarity in gold.values())
        return sum(similarity >= least for similarity in found) / max(wanted, 1)

    return {
        "printed": num_printed,
        "recall": {str(level): recall(level) for level in LEVELS},
        "precision": len(found) / max(num_printed, 1),
        "not_in_gold": num_printed - len(found),
    }


def score_pairs(path, gold):
    printed = read_pairs(path)
    return _scores(gold, printed.__contains__, len(printed))


def score_clusters(path, gold):
    """Of all pairs inside of clusters; lines "id cluster"."""
    with open(path, encoding="utf-8") as file:
        cluster = dict(line.rstrip("\n").split("\t") for line in file)
    sizes = collections.Counter(cluster.values())
    num_pairs = sum(size * (size - 1) // 2 for size in sizes.values())

    def is_found(pair):
        a, b = (cluster.get(article) for article in pair)
        return a is not None and a == b

    return _scores(gold, is_found, num_pairs)


SCORERS = {"pairs": score_pairs, "clusters": score_clusters}
