"""From signatures to candidates, from candidates to exactly verified pairs.

What the peers leave to their user, as fast as numpy and scipy do it.
"""

import numpy as np
import scipy.sparse

from shingles import mix, offsets_of

MIN_JACCARD = 0.5
PAIRS_AT_ONCE = 4096


def pack_pairs(a, b):
    """The pairs as numbers, each once, ascending, smaller article first."""
    a, b = np.asarray(a, np.int64), np.asarray(b, np.int64)
    low, high = np.minimum(a, b), np.maximum(a, b)
    return np.unique((low << 32 | high)[low != high])


def unpack_pairs(pairs):
    return pairs >> 32, pairs & 0xFFFFFFFF


def band_pairs(signatures, rows):
    """Pairs of rows of a matrix that are equal in all columns of a band.

    A sort of (key of the band, row) for each band; no hash tables.
    """
    found = [np.empty(0, np.int64)]
    for first in range(0, signatures.shape[1], rows):
        keys = signatures[:, first].astype(np.uint64)
        for column in range(first + 1, first + rows):
            keys = mix(keys * np.uint64(31) + signatures[:, column])
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        distance, at = 1, np.flatnonzero(keys[1:] == keys[:-1])
        while len(at):
            found.append(order[at] << 32 | order[at + distance])
            distance += 1
            at = at[at + distance < len(keys)]
            at = at[keys[at] == keys[at + distance]]
    return np.unique(np.concatenate(found))


def without_empty(pairs, counts):
    """Drops pairs of texts without words: an empty text matches nothing."""
    a, b = unpack_pairs(pairs)
    return pairs[(counts[a] > 0) & (counts[b] > 0)]


def _set_matrix(shingles, articles):
    """A sparse 0/1 matrix: row i has the shingle set of articles[i]."""
    begins, ends = shingles.offsets[articles], shingles.offsets[articles + 1]
    # Column numbers are hashes, so they must fit a signed integer.
    rows = [
        shingles.hashes[i:j] >> np.uint64(1)
        for i, j in zip(begins.tolist(), ends.tolist())
    ]
    for row in rows:
        row.sort()
    columns = np.concatenate(rows)
    first_of_row = offsets_of([len(row) for row in rows])
    keep = np.ones(len(columns), bool)
    keep[1:] = columns[1:] != columns[:-1]
    keep[first_of_row[:-1]] = True
    first_of_row = offsets_of(keep)[first_of_row]
    columns = columns[keep].astype(np.int64)
    matrix = scipy.sparse.csr_array(
        (np.ones(len(columns), np.int8), columns, first_of_row),
        shape=(len(articles), 2**63 - 1),
    )
    matrix.has_canonical_format = True  # sorted, nothing twice
    return matrix


def verify(shingles, pairs):
    """(pairs of exact Jaccard similarity >= MIN_JACCARD, similarities)."""
    if not len(pairs):
        return pairs, np.empty(0)
    articles = np.unique(np.concatenate(unpack_pairs(pairs)))
    a, b = (np.searchsorted(articles, x) for x in unpack_pairs(pairs))
    matrix = _set_matrix(shingles, articles)
    sizes = np.diff(matrix.indptr)
    common = np.empty(len(pairs), np.int64)
    for i in range(0, len(pairs), PAIRS_AT_ONCE):
        part = slice(i, i + PAIRS_AT_ONCE)
        both = matrix[a[part]].multiply(matrix[b[part]])
        common[part] = np.diff(both.indptr)
    jaccard = common / (sizes[a] + sizes[b] - common)
    keep = jaccard >= MIN_JACCARD
    return pairs[keep], jaccard[keep]


def write_pairs(path, ids, pairs, jaccard):
    a, b = unpack_pairs(pairs)
    with open(path, "w", encoding="utf-8") as file:
        for i, j, similarity in zip(a.tolist(), b.tolist(), jaccard.tolist()):
            file.write(f"{ids[i]}\t{ids[j]}\t{similarity:.6f}\n")
