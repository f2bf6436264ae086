"""What many ask for is encoded once."""

from typing import Any

from adapters.emporia.usage_document import EmporiaUsageDocument
from entrypoints.http.answers.encoded import MOST_BYTES, MOST_REMEMBERED, EncodedUsages


def document(**content: Any) -> EmporiaUsageDocument:
    return EmporiaUsageDocument(content, seconds=None)


def test_the_same_sample_is_the_same_bytes() -> None:
    encoded, sample = EncodedUsages(), document(devices=[])
    assert encoded.json(sample) is encoded.json(sample)
    assert encoded.json(sample) == b'{"deviceListUsages":{"devices":[]}}'


def test_an_equal_sample_is_another_one() -> None:
    encoded = EncodedUsages()
    first, second = encoded.json(document(devices=[])), encoded.json(document(devices=[]))
    assert first == second
    assert first is not second


def test_the_oldest_samples_are_forgotten() -> None:
    encoded = EncodedUsages()
    samples = [document(number=number) for number in range(MOST_REMEMBERED + 1)]
    first = [encoded.json(sample) for sample in samples]
    assert encoded.json(samples[-1]) is first[-1]
    assert encoded.json(samples[0]) is not first[0]


def test_large_samples_are_forgotten_sooner() -> None:
    encoded = EncodedUsages()
    samples = [document(filling="x" * (MOST_BYTES // 3)) for _ in range(3)]
    first = [encoded.json(sample) for sample in samples]
    assert encoded.json(samples[1]) is first[1]
    assert encoded.json(samples[2]) is first[2]
    assert encoded.json(samples[0]) is not first[0]


def test_a_sample_that_is_too_large_to_keep_is_answered_all_the_same() -> None:
    encoded, sample = EncodedUsages(), document(filling="x" * MOST_BYTES)
    assert encoded.json(sample) == encoded.json(sample)
    assert encoded.json(sample) is not encoded.json(sample)
