"""The peers: what is installed for each, what is run, what the clock holds."""
import dataclasses

COMPOSED = ["orjson==3.13.0", "numpy==2.4.6", "scipy==1.17.1"]
SKETCH_AND_LSH = "own sketch, own LSH"
SKETCH_ONLY = "own sketch, bands sorted by numpy"
ALL_STEPS = "everything from start to written pairs"


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


def _composed(name, package, version, program, bands, settings):
    """A sketch library; reading, hashing and verification are ours."""
    return Peer(
        name,
        package,
        (f"{package}=={version}", *COMPOSED),
        program,
        bands,
        f"{settings}; 128 hashes, 32 bands of 4",
        "pairs",
        "exactly",
        ALL_STEPS,
    )


PEERS = (
    _composed(
        "fastsketchlsh",
        "FastSketchLSH",
        "1.0.1",
        "fastsketchlsh_pairs.py",
        ("own",),
        SKETCH_AND_LSH,
    ),
    _composed(
        "fastsketchlsh-numpy",
        "FastSketchLSH",
        "1.0.1",
        "fastsketchlsh_pairs.py",
        ("numpy",),
        SKETCH_ONLY,
    ),
    _composed(
        "rensa", "rensa", "0.5.0", "rensa_pairs.py", ("own",), SKETCH_AND_LSH
    ),
    _composed(
        "rensa-numpy",
        "rensa",
        "0.5.0",
        "rensa_pairs.py",
        ("numpy",),
        SKETCH_ONLY,
    ),
    _composed(
        "datasketch",
        "datasketch",
        "2.0.0",
        "datasketch_pairs.py",
        (),
        SKETCH_AND_LSH,
    ),
    _composed(
        "gaoya",
        "gaoya",
        "0.2.2",
        "gaoya_pairs.py",
        (),
        "own words, sketch and LSH, estimates of .35 and more",
    ),
    Peer(
        "text-dedup",
        "text-dedup",
        ("text-dedup==0.4.0",),
        "text_dedup_clusters.py",
        (),
        "its minhash command; 128 hashes, 32 bands of 4",
        "clusters",
        "no",
        "everything from start to clusters and kept records; no verification",
    ),
    Peer(
        "datatrove",
        "datatrove",
        # Version 4 of xxhash takes no strings, which datatrove gives it.
        ("datatrove==0.10.1", "orjson", "regex", "tokenizers", "xxhash<4"),
        "datatrove_clusters.py",
        (),
        "its MinHash stages 1 to 3 with words split at blanks;"
        " 32 bands of 4 hashes",
        "clusters",
        "no",
        "everything from start to clusters; no verification, no kept records",
    ),
)
