"""Pairs by datasketch: MinHash of hashes and MinHashLSH."""

import operator

import numpy as np
from datasketch import MinHash, MinHashLSH

import compose
import pairs

HASHES, BANDS = 128, 32


def token_lists(shingles):
    """The shingles of every article as Python numbers of 32 bits."""
    hashes = (shingles.hashes & np.uint64(0xFFFFFFFF)).astype(np.uint32)
    offsets = shingles.offsets.tolist()
    for begin, end in zip(offsets, offsets[1:]):
        yield hashes[begin:end].tolist()


def find_candidates(shingles, clock):
    # operator.index returns the number it is given: they are hashes already.
    sketches = MinHash.bulk(
        token_lists(shingles), num_perm=HASHES, hashfunc=operator.index
    )
    clock.lap("sketch")
    lsh = MinHashLSH(num_perm=HASHES, params=(BANDS, HASHES // BANDS))
    queries, found = [], []
    for article, sketch in enumerate(sketches):
        # A query before the insertion finds each pair once.
        earlier = lsh.query(sketch)
        queries += [article] * len(earlier)
        found += earlier
        lsh.insert(article, sketch, check_duplication=False)
    return pairs.pack_pairs(queries, found)


if __name__ == "__main__":
    compose.main(find_candidates)
