"""Pairs by gaoya, which tokenises, sketches and indexes texts by itself."""

import sys

import numpy as np
from gaoya.minhash import MinHashStringIndex

import compose
import pairs
import shingles

# With 32 bands its recall at a Jaccard similarity of .5 is .987.
BANDS, ROWS = 36, 4
# Its queries drop pairs whose sketches are less alike than this. At .5 it
# loses half of the pairs just above .5.
LEAST_ESTIMATE = 0.35


def find_candidates(texts, clock):
    index = MinHashStringIndex(
        hash_size=32,
        jaccard_threshold=LEAST_ESTIMATE,
        num_bands=BANDS,
        band_size=ROWS,
        analyzer="word",
        lowercase=True,
        ngram_range=(shingles.NGRAM, shingles.NGRAM),
        id_container="smallvec",
    )
    queries, found = [], []
    for article, text in enumerate(texts):
        # A query before the insertion finds each pair once.
        earlier = index.query(text)
        queries += [article] * len(earlier)
        found += earlier
        index.insert_document(article, text)
    clock.lap("shingles + sketch + candidates")
    return pairs.pack_pairs(queries, found)


def verify(texts, candidates):
    """As pairs.verify; shingles only the texts that are in a candidate."""
    both = pairs.unpack_pairs(candidates)
    articles = np.unique(np.concatenate(both))
    hashed = shingles.shingle_texts([texts[i] for i in articles])
    a, b = (np.searchsorted(articles, x) for x in both)
    renumbered = pairs.without_empty(pairs.pack_pairs(a, b), hashed.counts)
    found, jaccard = pairs.verify(hashed, renumbered)
    a, b = pairs.unpack_pairs(found)
    return pairs.pack_pairs(articles[a], articles[b]), jaccard


def main(file, output, steps):
    clock = compose.Clock()
    ids, texts = shingles.read_articles(file)
    clock.lap("read")
    candidates = find_candidates(texts, clock)
    found, jaccard = verify(texts, candidates)
    clock.lap("verify")
    pairs.write_pairs(output, ids, found, jaccard)
    clock.lap("write")
    clock.write(steps)


if __name__ == "__main__":
    main(*sys.argv[1:])
