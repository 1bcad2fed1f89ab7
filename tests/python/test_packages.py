"""Packages that CPack makes of this build, looked into and unpacked; scripts/test-packages.sh
installs them in a clean system."""

import os
import pathlib
import re
import shutil
import subprocess
import tarfile

import pytest

BUILD = pathlib.Path(os.environ["VIO_BIN_DIR"]).parent
HAS_TRAINER = (BUILD / "bin" / "vio-train").exists()
SECONDS = 300
for needed in ("dpkg-deb", "dpkg-shlibdeps", "file"):
    if shutil.which(needed) is None:
        pytest.skip(f"{needed} is not installed", allow_module_level=True)


def run(*command, **options):
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def cpack(config, folder):
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000"}
    run("cpack", "--config", BUILD / config, "-B", folder, cwd=BUILD, env=environment)
    return folder


@pytest.fixture(scope="module")
def debs(tmp_path_factory):
    folder = cpack("CPackConfig.cmake", tmp_path_factory.mktemp("debs"))
    return {path.name.split("_")[0]: path for path in folder.glob("*.deb")}


def fields_of(deb):
    text = run("dpkg-deb", "--field", deb)
    return dict(re.findall(r"^([A-Za-z-]+): (.*(?:\n .*)*)", text, flags=re.M))


def entries_of(deb):
    """Path, type and permissions, and owner of everything in a package."""
    lines = run("dpkg-deb", "--contents", deb).splitlines()
    return {words[5]: (words[0], words[1]) for words in (line.split() for line in lines)}


def test_one_package_a_purpose(debs):
    expected = {"vio-annotate", "libvio-dev"} | ({"vio-torch"} if HAS_TRAINER else set())
    assert set(debs) == expected


def test_only_vio_torch_needs_libtorch(debs):
    for name, deb in debs.items():
        depends = fields_of(deb)["Depends"]
        assert ("libtorch" in depends) == (name == "vio-torch"), depends
    assert "libhts3" in fields_of(debs["vio-annotate"])["Depends"]
    if HAS_TRAINER:
        version = fields_of(debs["vio-annotate"])["Version"]
        assert f"vio-annotate (= {version})" in fields_of(debs["vio-torch"])["Depends"]


def test_fields_are_as_debian_has_them(debs):
    for name, deb in debs.items():
        fields = fields_of(deb)
        assert fields["Package"] == name
        assert re.fullmatch(r"[0-9.]+-1", fields["Version"])
        assert re.fullmatch(r".+ <\S+@\S+>", fields["Maintainer"])
        assert int(fields["Installed-Size"]) > 0
        summary, *text = fields["Description"].split("\n")
        assert len(summary) < 80 and not summary.endswith(".") and text
        assert all(line.startswith(" ") and 1 < len(line) <= 80 for line in text)


def test_files_are_where_debian_wants_them(debs):
    wanted = {
        "vio-annotate": ["bin/vio-annotate", "share/man/man1/vio-annotate.1.gz",
                         "share/bash-completion/completions/vio-annotate",
                         "share/vio-annotate/models/vio-v1.safetensors"],
        "vio-torch": ["bin/vio-train", "share/man/man1/vio-train.1.gz",
                      "share/bash-completion/completions/vio-train"],
        "libvio-dev": ["include/vio/engine/registry.hpp"],
    }
    for name, deb in debs.items():
        entries = entries_of(deb)
        docs = [f"share/doc/{name}/{file}" for file in ("copyright", "changelog.gz",
                                                        "changelog.Debian.gz")]
        for path in wanted[name] + docs:
            assert f"./usr/{path}" in entries, path
        assert {owner for _, owner in entries.values()} == {"root/root"}
        for path, (mode, _) in entries.items():
            runs = path.endswith("/") or path.startswith("./usr/bin/")
            assert mode[1:] == ("rwxr-xr-x" if runs else "rw-r--r--"), (path, mode)


def test_checksums_hold(debs, tmp_path):
    for name, deb in debs.items():
        run("dpkg-deb", "--raw-extract", deb, tmp_path / name)
        run("md5sum", "--check", "--strict", "--quiet", "DEBIAN/md5sums", cwd=tmp_path / name)
        sums = (tmp_path / name / "DEBIAN/md5sums").read_text().splitlines()
        files = [path for path in entries_of(deb) if not path.endswith("/")]
        assert len(sums) == len(files)


def test_the_unpacked_program_scores(debs, tmp_path):
    run("dpkg-deb", "--extract", debs["vio-annotate"], tmp_path)
    table = run(tmp_path / "usr/bin/vio-annotate", "-q", "-", input=">x\nACGTTGCA\n")
    assert table.count("\n") == 2 and table.endswith("\tOK\n")
    if HAS_TRAINER:
        run("dpkg-deb", "--extract", debs["vio-torch"], tmp_path)
        options = ["-q", "--engine", "torch", "-"]
        again = run(tmp_path / "usr/bin/vio-annotate", *options, input=">x\nACGTTGCA\n")
        assert again.split()[:7] == table.split()[:7]


def test_the_same_build_makes_the_same_packages(debs, tmp_path):
    for deb in cpack("CPackConfig.cmake", tmp_path).glob("*.deb"):
        assert deb.read_bytes() == debs[deb.name.split("_")[0]].read_bytes(), deb.name


def test_the_source_tarball_has_what_git_has(source_folder, tmp_path):
    (archive,) = cpack("CPackSourceConfig.cmake", tmp_path).glob("*.tar.gz")
    with tarfile.open(archive) as tar:
        names = {pathlib.Path(member.name) for member in tar if member.isfile()}
    (top,) = {name.parts[0] for name in names}
    assert re.fullmatch(r"vio-annotate-[0-9.]+", top)
    packed = {str(name.relative_to(top)) for name in names}
    assert {"CMakeLists.txt", "LICENSE", "models/vio-v1.safetensors"} <= packed
    assert not any(re.match(r"build|\.git/|.*\.pyc$", name) for name in packed)
    if shutil.which("git") is None:
        return
    listing = subprocess.run(["git", "ls-files"], cwd=source_folder, capture_output=True, text=True)
    if listing.returncode == 0:
        assert set(listing.stdout.splitlines()) - packed == set()
