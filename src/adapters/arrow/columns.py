"""What the archive tells, as columns of Arrow."""

import numpy as np
import pyarrow as pa

from domain.archive.energy import MILLIJOULES_PER_KWH
from domain.archive.exchange.exports import Piece
from domain.archive.exchange.instants import instant_texts
from domain.archive.told import NULLS, QUALITIES

pa.set_memory_pool(pa.system_memory_pool())
"""Arrow's own pools hold what they once had; an export now and then should leave nothing behind."""

IS_NULL = np.array([quality in NULLS for quality in QUALITIES])
QUALITY_TEXTS = [quality.value for quality in QUALITIES]

TEXT = pa.string()
SCHEMA = pa.schema(
    [
        ("device_gid", pa.int64()),
        ("device", TEXT),
        ("channel", TEXT),
        ("circuit", TEXT),
        ("start_utc", pa.timestamp("ms", tz="UTC")),
        ("start_local", TEXT),
        ("scale", TEXT),
        ("kwh", pa.float64()),
        ("quality", TEXT),
        ("millijoules", pa.int64()),
    ]
)
"""As CSV has them; `millijoules` beside, which alone add up to the unit."""


def columns_of(piece: Piece) -> pa.RecordBatch:
    """A row for each bucket."""
    series, grid, told = piece.series, piece.grid, piece.told
    count = len(grid.starts)
    qualities = np.frombuffer(told.qualities, np.uint8).astype(np.int8)
    unknown = IS_NULL[qualities]
    millijoules = np.array(told.millijoules, np.int64)
    starts = np.array(grid.starts, np.int64)
    return pa.record_batch(
        [
            pa.repeat(pa.scalar(series.name.gid, pa.int64()), count),
            pa.repeat(pa.scalar(series.device, TEXT), count),
            pa.repeat(pa.scalar(series.name.channel, TEXT), count),
            pa.repeat(pa.scalar(series.circuit, TEXT), count),
            pa.array(starts * 1000).cast(pa.timestamp("ms", tz="UTC")),
            pa.array(
                [local for _, local in instant_texts(grid.starts, series.location.zone)], TEXT
            ),
            pa.repeat(pa.scalar(grid.scale.value, TEXT), count),
            pa.array(millijoules / MILLIJOULES_PER_KWH, mask=unknown),
            pa.DictionaryArray.from_arrays(pa.array(qualities), QUALITY_TEXTS).cast(TEXT),
            pa.array(millijoules, mask=unknown),
        ],
        schema=SCHEMA,
    )
