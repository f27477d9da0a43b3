"""Packed files as chunks of bytes: what stands before a fault is given, then the fault is said."""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

CHUNK = 1 << 20
# zstd says no limit for what comes out of what goes in: a block of four bytes may hold 128 KiB.
ZSTD_STEP = 1 << 11
PACKED_STEP = 1 << 16
# News shrink to a fifth, tables of repeated words to a thirtieth; deflate ends at a thousandth.
MAX_RATIO = 200
RATIO_FROM = 64 * 1024 * 1024
XZ_MEMORY = 256 * 1024 * 1024


_read = [0]


def count_read(size: int) -> None:
    """So many bytes more have been taken from disk."""
    _read[0] += size


def bytes_read() -> int:
    """Bytes that this process has taken from dumps, packed as they are: how far it has come."""
    return _read[0]


class StreamFault(Exception):
    """A file that cannot be read to its end; all before the fault has been given."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


def read_chunks(path: str) -> Iterator[bytes]:
    """«dump.jsonl.gz» → its uncompressed bytes, a chunk at a time, in bounded memory.

    Raises:
        StreamFault: unreadable, truncated, broken, or a decompression bomb.
    """
    unpack = _UNPACK.get(Path(path).suffix.lower())
    try:
        with Path(path).open("rb") as stream:
            yield from _plain(stream) if unpack is None else unpack(stream)
    except OSError as error:
        raise StreamFault("unreadable", error.strerror or type(error).__name__) from error


def _plain(stream: BinaryIO) -> Iterator[bytes]:
    while chunk := stream.read(CHUNK):
        count_read(len(chunk))
        yield chunk


@dataclass(slots=True)
class _Packed:
    """A packed file with as many members as were joined in it."""

    stream: BinaryIO
    start: Callable[[], Any]
    step: Callable[[Any, bytes], Iterator[bytes]]
    faults: tuple[type[Exception], ...]
    size: int = PACKED_STEP
    taken: int = 0
    given: int = 0
    member: Any = field(default=None)

    def __iter__(self) -> Iterator[bytes]:
        while block := self.stream.read(self.size):
            self.taken += len(block)
            count_read(len(block))
            yield from self._measured(block)
        if self.member is not None:
            raise StreamFault("truncated", f"the file ends in the middle, at byte {self.taken}")

    def _measured(self, block: bytes) -> Iterator[bytes]:
        for chunk in self._unpack(block):
            self.given += len(chunk)
            if self.given > RATIO_FROM and self.given > MAX_RATIO * self.taken:
                raise StreamFault(
                    "decompression_bomb",
                    f"{self.taken} bytes unpack to {self.given} and more: not read on",
                )
            yield chunk

    def _unpack(self, block: bytes) -> Iterator[bytes]:
        while block:
            if self.member is None:
                block = block.lstrip(b"\0")  # padding between members
                if not block:
                    return
                self.member = self.start()
            try:
                yield from self.step(self.member, block)
            except self.faults as error:
                message = f"damaged after {self.given} unpacked bytes: {error}"
                raise StreamFault("damaged", message) from error
            if not self.member.eof:
                return
            block, self.member = self.member.unused_data, None


def _inflate(member: Any, block: bytes) -> Iterator[bytes]:
    while block and not member.eof:
        chunk = member.decompress(block, CHUNK)
        block = member.unconsumed_tail
        if chunk:
            yield chunk
    # What fills the chunk to the last byte may leave more behind without any input left.
    while not member.eof and (chunk := member.decompress(b"", CHUNK)):
        yield chunk


def _decompress(member: Any, block: bytes) -> Iterator[bytes]:
    yield member.decompress(block, CHUNK)
    while not member.eof and not member.needs_input:
        yield member.decompress(b"", CHUNK)


def _zstd_step(member: Any, block: bytes) -> Iterator[bytes]:
    if chunk := member.decompress(block):
        yield chunk


def _gzip(stream: BinaryIO) -> Iterator[bytes]:
    return iter(_Packed(stream, lambda: zlib.decompressobj(31), _inflate, (zlib.error,)))


def _bzip2(stream: BinaryIO) -> Iterator[bytes]:
    return iter(_Packed(stream, bz2.BZ2Decompressor, _decompress, (OSError, ValueError)))


def _xz(stream: BinaryIO) -> Iterator[bytes]:
    def start() -> lzma.LZMADecompressor:
        return lzma.LZMADecompressor(memlimit=XZ_MEMORY)

    return iter(_Packed(stream, start, _decompress, (lzma.LZMAError,)))


def _zstd(stream: BinaryIO) -> Iterator[bytes]:
    import zstandard

    machine = zstandard.ZstdDecompressor()
    faults = (zstandard.ZstdError,)
    return iter(_Packed(stream, machine.decompressobj, _zstd_step, faults, ZSTD_STEP))


_UNPACK: dict[str, Callable[[BinaryIO], Iterator[bytes]]] = {
    ".gz": _gzip,
    ".bz2": _bzip2,
    ".xz": _xz,
    ".zst": _zstd,
}


@dataclass(slots=True)
class ChunkStream:
    """Chunks as a stream with ``read``, for libraries that ask for one."""

    chunks: Iterator[bytes]
    held: bytes = b""

    def read(self, size: int = CHUNK) -> bytes:
        while not self.held:
            chunk = next(self.chunks, None)
            if chunk is None:
                return b""
            self.held = chunk
        given, self.held = self.held[:size], self.held[size:]
        return given


def read_whole(path: str, limit: int) -> bytes | None:
    """«page.html.gz» → its bytes, or nothing if there are more than ``limit``.

    Raises:
        StreamFault: as ``read_chunks``.
    """
    chunks: list[bytes] = []
    size = 0
    for chunk in read_chunks(path):
        size += len(chunk)
        if size > limit:
            return None
        chunks.append(chunk)
    return b"".join(chunks)
