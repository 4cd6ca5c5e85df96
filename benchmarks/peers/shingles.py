"""Reading articles and hashing their word 5-grams, as fast as numpy does it.

Words are runs of ASCII letters, ASCII digits and bytes of other characters, in
lower case (ASCII only). A text of fewer than five words is one shingle of all
of them; a text without words has none.

Every peer that takes hashes is given these, so that no peer is charged for a
slow loop of ours.
"""

import dataclasses

import numpy as np
import orjson

NGRAM = 5
BLOCK_BYTES = 1 << 18  # of text: the arrays of a block stay in the cache

GOLDEN = 0x9E3779B97F4A7C15


def _lower_table():
    """256 bytes: the byte in lower case, 0 where it is part of no word."""
    table = bytearray(256)
    for byte in range(256):
        if byte >= 128:
            table[byte] = byte
        elif chr(byte).isalnum():
            table[byte] = ord(chr(byte).lower())
    return bytes(table)


LOWER = _lower_table()
# The first n bytes of eight, n from 0 to 8.
FIRST_BYTES = np.array([2 ** (8 * n) - 1 for n in range(9)], np.uint64)


@dataclasses.dataclass
class Shingles:
    """Shingles of text i: hashes[offsets[i]:offsets[i + 1]], with repeats."""

    hashes: np.ndarray
    offsets: np.ndarray

    @property
    def counts(self):
        return np.diff(self.offsets)


def mix(x):
    """The finaliser of MurmurHash3; changes x."""
    x ^= x >> np.uint64(33)
    x *= np.uint64(0xFF51AFD7ED558CCD)
    x ^= x >> np.uint64(33)
    x *= np.uint64(0xC4CEB9FE1A85EC53)
    x ^= x >> np.uint64(33)
    return x


def offsets_of(counts):
    return np.concatenate(([0], np.cumsum(counts, dtype=np.int64)))


def _hash_words(lowered, starts, lengths):
    """The hash of every word, from its bytes eight at a time.

    `lowered` has eight bytes more than the text.
    """
    # Eight bytes from any position: the bytes seen with a stride of one.
    eights = np.ndarray(len(lowered) - 7, "<u8", lowered, 0, (1,))
    hashes = mix(eights[starts] & FIRST_BYTES[np.minimum(lengths, 8)])
    done = 8
    longer = np.flatnonzero(lengths > done)
    while len(longer):
        rest = np.minimum(lengths[longer] - done, 8)
        part = eights[starts[longer] + done] & FIRST_BYTES[rest]
        hashes[longer] = mix(hashes[longer] * np.uint64(31) + part)
        done += 8
        longer = longer[lengths[longer] > done]
    return hashes


def _hash_ngrams(words):
    """The hash of every NGRAM words that follow each other."""
    size = max(len(words) - NGRAM + 1, 0)
    hashes = words[:size].copy()
    for k in range(1, NGRAM):
        hashes *= np.uint64(GOLDEN)
        hashes += words[k : k + size]
    return mix(hashes)


def _hash_short(words):
    """The one shingle of a text of fewer than NGRAM words."""
    total = len(words)
    for word in words.tolist():
        total = (total * GOLDEN + word) % 2**64
    return mix(np.array([total], np.uint64))[0]


def _find_words(texts):
    """(hashes of all words, word offsets of each text) of a list of bytes."""
    lowered = (b"\n".join(texts) + b"\n" * 9).translate(LOWER)
    in_word = np.frombuffer(lowered, np.uint8) != 0
    edges = np.flatnonzero(in_word[1:] != in_word[:-1]) + 1
    if in_word[0]:
        edges = np.concatenate(([0], edges))
    starts, ends = edges[0::2], edges[1::2]
    text_ends = np.cumsum([len(text) + 1 for text in texts])
    offsets = np.concatenate(([0], np.searchsorted(starts, text_ends)))
    return _hash_words(lowered, starts, ends - starts), offsets


def _shingle_block(texts):
    """(hashes, number of each text's) of a list of texts as bytes."""
    words, offsets = _find_words(texts)
    num_words = np.diff(offsets)
    counts = np.maximum(num_words - NGRAM + 1, 0)
    # Of the n-grams of the whole block those that begin and end in one text.
    skipped = offsets[:-1] - offsets_of(counts)[:-1]
    hashes = _hash_ngrams(words)[
        np.repeat(skipped, counts) + np.arange(counts.sum())
    ]
    short = np.flatnonzero((num_words > 0) & (num_words < NGRAM))
    if len(short):
        whole = [_hash_short(words[offsets[i] : offsets[i + 1]]) for i in short]
        hashes = np.insert(hashes, offsets_of(counts)[short], whole)
        counts[short] = 1
    return hashes, counts


def _blocks(lengths):
    """Ranges of texts that have about BLOCK_BYTES together."""
    begin, size = 0, 0
    for i, length in enumerate(lengths):
        size += length
        if size >= BLOCK_BYTES:
            yield begin, i + 1
            begin, size = i + 1, 0
    if begin < len(lengths):
        yield begin, len(lengths)


def shingle_texts(texts):
    """The Shingles of a list of texts."""
    hashes, counts = [np.empty(0, np.uint64)], [np.empty(0, np.int64)]
    for begin, end in _blocks([len(text) for text in texts]):
        block_hashes, block_counts = _shingle_block(
            [text.encode() for text in texts[begin:end]]
        )
        hashes.append(block_hashes)
        counts.append(block_counts)
    return Shingles(np.concatenate(hashes), offsets_of(np.concatenate(counts)))


def read_articles(path):
    """(ids, texts) of a file of JSON lines."""
    ids, texts = [], []
    with open(path, "rb") as file:
        for line in file:
            record = orjson.loads(line)
            ids.append(record["id"])
            texts.append(record["text"])
    return ids, texts
