"""Calculated chunks of a run that is not over yet, kept on the disk."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from lca_cardato.batch.evaluate import RowProblem
from lca_cardato.errors import CardatoError, DiskError
from lca_cardato.files.atomic import partial_path, put_folder
from lca_cardato.files.reasons import reason
from lca_cardato.sentence import say

if TYPE_CHECKING:
    import pyarrow as pa


class Parts:
    """Calculated chunks of an unfinished run, in a folder beside the output file."""

    def __init__(self, out: Path, job: str) -> None:
        self.folder = out.with_name(out.name + ".parts")
        self.job = job
        mark = self.folder / "job"
        if not self.folder.exists():
            return
        try:
            if not mark.exists() or mark.read_text(encoding="utf-8") != job:
                raise DiskError.one(
                    "E503", say("parts of another run lie here; nothing is overwritten"),
                    file=str(self.folder),
                    suggestion=say("finish that run, or remove the folder"),
                )  # fmt: skip
        except OSError as error:
            raise self._unwritten(error) from None

    def _unwritten(self, error: OSError) -> CardatoError:
        return DiskError.one(
            "E502", say("can't be written: {reason}", reason=reason(error)), file=str(self.folder)
        )

    def _path(self, start: int) -> Path:
        return self.folder / f"{start:012d}.arrow"

    def has(self, start: int) -> bool:
        """Whether a chunk is there, whole."""
        try:
            self.get(start)
        except (OSError, ValueError):
            return False
        return True

    def put(self, start: int, batch: pa.RecordBatch, problems: list[RowProblem]) -> None:
        """Keep a chunk."""
        import pyarrow as pa

        try:
            if not self.folder.exists():
                put_folder(self.folder, {"job": self.job.encode()})
        except OSError as error:
            raise self._unwritten(error) from None
        partial = self.folder / f"{start:012d}.partial"
        told = json.dumps([[p.row, p.text] for p in problems]).encode()
        schema = batch.schema.with_metadata({"problems": told})
        sink = pa.BufferOutputStream()
        with pa.ipc.new_file(sink, schema) as writer:
            writer.write_batch(batch.replace_schema_metadata({"problems": told}))
        content = sink.getvalue()
        with open(partial, "wb") as file:
            file.write(content)
            file.write(zlib.crc32(content).to_bytes(4, "big"))
        os.replace(partial, self._path(start))

    def get(self, start: int) -> tuple[pa.RecordBatch, list[RowProblem]]:
        """Read a chunk."""
        import pyarrow as pa

        stored = self._path(start).read_bytes()
        content = memoryview(stored)[:-4]
        if zlib.crc32(content).to_bytes(4, "big") != stored[-4:]:
            raise ValueError("a damaged part")
        reader = pa.ipc.open_file(pa.py_buffer(content))
        batch = reader.get_batch(0)
        told = json.loads(reader.schema.metadata[b"problems"])
        return batch.replace_schema_metadata(None), [RowProblem(r, t) for r, t in told]

    def remove(self) -> None:
        """Remove the folder."""
        if not self.folder.exists():
            return
        gone = partial_path(self.folder)
        with contextlib.suppress(OSError):
            self.folder.rename(gone)  # at once, so that no half of it is taken for a run
            shutil.rmtree(gone, ignore_errors=True)
