"""What the programs that run a peer have in common: clock, input, output."""

import json
import sys
import time

import pairs
import shingles


class Clock:
    """CPU seconds of each step of this process, its start included."""

    def __init__(self):
        self.steps = {}
        self._last = 0.0
        self.lap("start")

    def lap(self, step):
        now = time.process_time()
        self.steps[step] = self.steps.get(step, 0.0) + now - self._last
        self._last = now

    def write(self, path):
        with open(path, "w", encoding="utf-8") as file:
            json.dump(self.steps, file)


def main(find_candidates):
    """Runs FILE -> shingles -> find_candidates -> verified pairs -> OUTPUT.

    find_candidates(shingles, clock, *arguments) returns packed pairs.
    Arguments of the program: FILE OUTPUT STEPS [ARGUMENT...].
    """
    file, output, steps, *arguments = sys.argv[1:]
    clock = Clock()
    ids, texts = shingles.read_articles(file)
    clock.lap("read")
    hashed = shingles.shingle_texts(texts)
    del texts
    clock.lap("shingles")
    candidates = find_candidates(hashed, clock, *arguments)
    candidates = pairs.without_empty(candidates, hashed.counts)
    clock.lap("candidates")
    found, jaccard = pairs.verify(hashed, candidates)
    clock.lap("verify")
    pairs.write_pairs(output, ids, found, jaccard)
    clock.lap("write")
    clock.write(steps)
