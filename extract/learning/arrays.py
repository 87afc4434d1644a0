"""Writes arrays so that the same arrays give the same file."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

__all__ = ["save_arrays"]

_EPOCH = (1980, 1, 1, 0, 0, 0)


def save_arrays(path: Path, arrays: Mapping[str, Any]) -> None:
    """Write arrays as ``numpy.savez_compressed`` does, without the time of writing.

    Parameters
    ----------
    path : Path
    arrays : mapping of str to ndarray
    """
    import numpy as np

    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(arrays):
            data = io.BytesIO()
            np.lib.format.write_array(data, np.asanyarray(arrays[name]), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", _EPOCH), data.getvalue())
