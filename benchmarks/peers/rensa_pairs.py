"""Pairs by rensa: its sketch and its LSH, or bands sorted by numpy."""

import numpy as np
from rensa import RMinHash, RMinHashLSH

import compose
import pairs

HASHES, BANDS, SEED = 128, 32, 42
ARTICLES_AT_ONCE = 1000


def slices(count):
    for first in range(0, count, ARTICLES_AT_ONCE):
        yield first, min(first + ARTICLES_AT_ONCE, count)


def shingle_bytes(shingles, first, last):
    """The shingles of articles first to last - 1, as lists of eight bytes."""
    offsets = shingles.offsets[first : last + 1]
    data = shingles.hashes[offsets[0] : offsets[-1]].tobytes()
    ends = (8 * (offsets - offsets[0])).tolist()
    return [
        [data[k : k + 8] for k in range(begin, end, 8)]
        for begin, end in zip(ends, ends[1:])
    ]


def lsh_pairs(shingles, clock):
    """Its objects take tokens, not hashes; its index takes only objects."""
    sketches = []
    for first, last in slices(len(shingles.counts)):
        tokens = shingle_bytes(shingles, first, last)
        sketches += RMinHash.from_token_sets(tokens, HASHES, SEED)
    clock.lap("sketch")
    lsh = RMinHashLSH(pairs.MIN_JACCARD, HASHES, BANDS)
    lsh.insert_many(sketches, 0)
    found = lsh.query_all(sketches)
    queries = np.repeat(np.arange(len(found)), [len(x) for x in found])
    return pairs.pack_pairs(queries, np.concatenate(found))


def matrix_pairs(shingles, clock):
    """Its sketch of hashes, which its index cannot list the pairs of."""
    signatures = np.empty((len(shingles.counts), HASHES), np.uint32)
    for first, last in slices(len(signatures)):
        offsets = shingles.offsets[first : last + 1]
        signatures[first:last] = RMinHash.digest_matrix_from_flat_token_hashes(
            shingles.hashes[offsets[0] : offsets[-1]],
            (offsets - offsets[0]).astype(np.uint64),
            HASHES,
            SEED,
        ).to_rows()
    clock.lap("sketch")
    return pairs.band_pairs(signatures, HASHES // BANDS)


def find_candidates(shingles, clock, bands):
    find = matrix_pairs if bands == "numpy" else lsh_pairs
    return find(shingles, clock)


if __name__ == "__main__":
    compose.main(find_candidates)
