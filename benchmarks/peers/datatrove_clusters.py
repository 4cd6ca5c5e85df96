"""Clusters by datatrove's MinHash pipeline, run on this machine."""

import sys
import tempfile
from pathlib import Path

import numpy as np
import orjson
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.dedup import (
    MinhashDedupBuckets,
    MinhashDedupCluster,
    MinhashDedupSignature,
)
from datatrove.pipeline.dedup.minhash import MinhashConfig
from datatrove.pipeline.readers import JsonlReader
from datatrove.utils.hashing import HashConfig
from datatrove.utils.text import TextNormConfig
from datatrove.utils.word_tokenizers import WordTokenizer

BANDS, ROWS = 32, 4


class SplitAtBlanks(WordTokenizer):
    """Its texts have no punctuation left; its own tokeniser is slower."""

    def word_tokenize(self, text):
        return text.split()

    def sent_tokenize(self, text):
        raise NotImplementedError

    def span_tokenize(self, text):
        raise NotImplementedError


def stages(file, folder):
    """(steps, tasks) of each stage; a stage reads what the last one wrote."""
    config = MinhashConfig(
        n_grams=5,
        num_buckets=BANDS,
        hashes_per_bucket=ROWS,
        hash_config=HashConfig(precision=64, hash_fc="xxhash"),
        # Lower case and no punctuation, as the words of the other peers.
        norm_config=TextNormConfig(
            norm_numbers=False, norm_unicode_diacritics=False
        ),
    )
    reader = JsonlReader(str(file.parent), glob_pattern=file.name)
    signature = MinhashDedupSignature(
        f"{folder}/signatures", config, SplitAtBlanks()
    )
    yield [reader, signature], 1
    yield (
        [
            MinhashDedupBuckets(
                f"{folder}/signatures", f"{folder}/buckets", config=config
            )
        ],
        BANDS,
    )
    yield (
        [
            MinhashDedupCluster(
                f"{folder}/buckets",
                f"{folder}/clusters",
                config=config,
                save_cluster_id=True,
            )
        ],
        1,
    )


def main(file, output):
    file = Path(file).absolute()
    with tempfile.TemporaryDirectory() as folder:
        for number, (steps, tasks) in enumerate(stages(file, folder)):
            LocalPipelineExecutor(
                steps, tasks=tasks, logging_dir=f"{folder}/logs{number}"
            ).run()
        members = np.fromfile(f"{folder}/clusters/000000.clusters", "<u4")
    with open(file, "rb") as lines:
        ids = [orjson.loads(line)["id"] for line in lines]
    with open(output, "w", encoding="utf-8") as out:
        for article, cluster in members.reshape(-1, 2).tolist():
            out.write(f"{ids[article]}\t{cluster}\n")


if __name__ == "__main__":
    main(*sys.argv[1:3])
