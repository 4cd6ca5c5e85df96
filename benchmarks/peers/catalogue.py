"""The peers: what is installed for each, what is run, what the clock holds."""

import dataclasses

# Of the peers that are sketch libraries: for the steps they leave to the user.
COMPOSED = ("orjson==3.13.0", "numpy==2.4.6", "scipy==1.17.1")
BANDS = "128 hashes, 32 bands of 4"
SKETCH_AND_LSH = f"its sketch and its LSH; {BANDS}"
SKETCH_ONLY = f"its sketch, bands sorted by numpy; {BANDS}"
ALL_STEPS = "all"  # from the start of the process to written pairs


@dataclasses.dataclass(frozen=True)
class Peer:
    name: str  # as given on the command line
    package: str  # the one whose version is shown
    requirements: tuple  # for pip; peers with the same share an environment
    program: str  # in this folder: FILE OUTPUT STEPS [ARGUMENT...]
    arguments: tuple
    settings: str
    output: str  # "pairs" or "clusters"
    verified: str  # of its pairs
    inside: str  # what is inside of the clock

    @property
    def environment(self):
        return self.package.lower()


def _composed(name, package, version, program, settings, *arguments):
    """A sketch library; reading, hashing and verification are ours."""
    return Peer(
        name,
        package,
        (f"{package}=={version}", *COMPOSED),
        program,
        arguments,
        settings,
        "pairs",
        "exactly",
        ALL_STEPS,
    )


def _fastsketchlsh(name, *settings):
    program = "fastsketchlsh_pairs.py"
    return _composed(name, "FastSketchLSH", "1.0.1", program, *settings)


def _rensa(name, *settings):
    return _composed(name, "rensa", "0.5.0", "rensa_pairs.py", *settings)


PEERS = (
    _fastsketchlsh("fastsketchlsh", SKETCH_AND_LSH, "own"),
    _fastsketchlsh("fastsketchlsh-numpy", SKETCH_ONLY, "numpy"),
    _rensa("rensa", SKETCH_AND_LSH, "own"),
    _rensa("rensa-numpy", SKETCH_ONLY, "numpy"),
    _composed(
        "datasketch",
        "datasketch",
        "2.0.0",
        "datasketch_pairs.py",
        SKETCH_AND_LSH,
    ),
    _composed(
        "gaoya",
        "gaoya",
        "0.2.2",
        "gaoya_pairs.py",
        "its words, sketch and LSH; 144 hashes, 36 bands of 4",
    ),
    Peer(
        "text-dedup",
        "text-dedup",
        ("text-dedup==0.4.0",),
        "text_dedup_clusters.py",
        (),
        f"its minhash command; {BANDS}",
        "clusters",
        "no",
        "start to clusters and kept records; no verification",
    ),
    Peer(
        "datatrove",
        "datatrove",
        # Version 4 of xxhash takes no strings, which datatrove gives it.
        ("datatrove==0.10.1", "orjson", "regex", "tokenizers", "xxhash<4"),
        "datatrove_clusters.py",
        (),
        f"its MinHash stages 1 to 3 with words split at blanks; {BANDS}",
        "clusters",
        "no",
        "start to clusters; no verification, no kept records",
    ),
)
