"""What the tests share: small models whose weights are random, written afresh for every session."""

import pathlib

import pytest

import tiny_models

SOURCE = pathlib.Path(__file__).resolve().parents[2]


def pytest_configure(config):
    config.addinivalue_line("markers", "slow: reads hundreds of megabytes")


@pytest.fixture(scope="session")
def fixed_model(tmp_path_factory):
    """v1's kind in small: windows of exactly 32, shorter ones padded."""
    path = tmp_path_factory.mktemp("models") / "fixed.safetensors"
    tiny_models.write(path, window=32, fixed_window=True)
    return path


@pytest.fixture(scope="session")
def free_model(tmp_path_factory):
    """Takes windows of any length, 32 unless told."""
    path = tmp_path_factory.mktemp("models") / "free.safetensors"
    tiny_models.write(path, window=32, fixed_window=False)
    return path


@pytest.fixture(scope="session")
def source_folder():
    return SOURCE
