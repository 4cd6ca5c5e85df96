"""Clusters by text-dedup's minhash command: bands, then union-find."""

import pickle
import sys
import tempfile
from pathlib import Path

from text_dedup import minhash

SETTINGS = (
    "--path json --split train --column text --idx_column id --debug"
    " --num_perm 128 --b 32 --r 4 --ngram 5 --min_length 1"
    " --hash_func xxh3 --hash_bits 32 --num_proc 1"
).split()


def main(file, output):
    with tempfile.TemporaryDirectory() as folder:
        places = ["--data_files", file, "--cache_dir", f"{folder}/cache"]
        places += ["--output", f"{folder}/output"]
        minhash.main(SETTINGS + places, standalone_mode=False)
        clusters = pickle.loads(Path(folder, "output/uf.pkl").read_bytes())
    with open(output, "w", encoding="utf-8") as out:
        for article in clusters.parent:
            out.write(f"{article}\t{clusters.find(article)}\n")


if __name__ == "__main__":
    main(*sys.argv[1:3])
