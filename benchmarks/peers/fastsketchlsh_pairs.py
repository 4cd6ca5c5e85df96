"""Pairs by FastSketchLSH: its sketch; its LSH, or bands sorted by numpy."""

import numpy as np
from FastSketchLSH import LSH, FastSimilaritySketch

import compose
import pairs

HASHES, BANDS = 128, 32


def lsh_pairs(signatures):
    lsh = LSH(num_perm=HASHES, num_bands=BANDS, num_threads=1)
    lsh.insert(signatures)
    found, offsets = lsh.query(signatures, format="csr")
    counts = np.diff(np.asarray(offsets).astype(np.int64))
    return pairs.pack_pairs(np.repeat(np.arange(len(counts)), counts), found)


def find_candidates(shingles, clock, bands):
    sketch = FastSimilaritySketch(size=HASHES, seed=42)
    offsets = shingles.offsets.astype(np.uint64)
    signatures = sketch.batch_csr(
        shingles.hashes, offsets, prehashed=True, num_threads=1
    )
    clock.lap("sketch")
    if bands == "numpy":
        return pairs.band_pairs(signatures, HASHES // BANDS)
    return lsh_pairs(signatures)


if __name__ == "__main__":
    compose.main(find_candidates)
