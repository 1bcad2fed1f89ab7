"""What the tests share: small models whose weights are random, written afresh for every session."""

import os
import pathlib
import stat

import pytest

import tiny_models
import variant_files

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


@pytest.fixture(scope="session")
def two_class_model(tmp_path_factory):
    """Two classes, whose names VCF could not hold as they are; windows of any length."""
    path = tmp_path_factory.mktemp("models") / "two.safetensors"
    classes = ["no enhancer; 100%", "enhancer=yes,strong:α"]
    tiny_models.write(path, 32, False, classes, seed=113)
    return path


@pytest.fixture(scope="session")
def random_genome(tmp_path_factory):
    """(path, {name: sequence}) of a small reference with every kind of base and contig length."""
    return variant_files.write_genome(tmp_path_factory.mktemp("genome") / "genome.fa")


@pytest.fixture
def full_device(tmp_path):
    """A device that is always full: our own node where we may make one, so that no test endangers
    /dev/full itself; a link to it otherwise."""
    path = tmp_path / "full"
    try:
        os.mknod(path, 0o666 | stat.S_IFCHR, os.makedev(1, 7))
        with open(path, "rb"):
            pass
    except OSError:
        path.unlink(missing_ok=True)
        path.symlink_to("/dev/full")
    yield path
    assert stat.S_ISCHR(os.stat("/dev/full").st_mode)
