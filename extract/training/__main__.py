"""``python -m modelkin.extract.training OUT_DIR``: writes the generated documents."""

import argparse
from pathlib import Path

from .generate import generate
from .write import write_documents

parser = argparse.ArgumentParser(
    prog="python -m modelkin.extract.training",
    description="Write annotated training texts about invented models, each as ID.md and ID.json.",
)
parser.add_argument("folder", type=Path, metavar="OUT_DIR")
parser.add_argument("--seed", type=int, default=0)
parser.add_argument("--documents", type=int, default=300)
options = parser.parse_args()
written = write_documents(generate(options.seed, options.documents), options.folder)
print(f"{written} documents in {options.folder}")
