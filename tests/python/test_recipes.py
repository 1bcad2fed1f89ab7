"""The conda recipe and the scripts around packages, as far as they can be judged without conda.
scripts/packages/run-conda-recipe.sh builds by the recipe and runs its tests."""

import hashlib
import pathlib
import re
import shutil
import subprocess
import sys

import pytest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
RECIPE = SOURCE / "packaging/conda/recipes/vio-annotate"
sys.path.insert(0, str(SOURCE / "scripts/packages"))


@pytest.fixture(scope="module")
def conda_recipe():
    for module in ("jinja2", "yaml"):
        pytest.importorskip(module)
    return __import__("conda_recipe")


def project_version():
    return re.search(r"project\(vio VERSION ([0-9.]+)", (SOURCE / "CMakeLists.txt").read_text())[1]


def test_the_recipe_has_what_bioconda_asks_for(conda_recipe):
    recipe = conda_recipe.render(RECIPE / "meta.yaml")
    assert recipe["package"] == {"name": RECIPE.name, "version": project_version()}
    assert recipe["source"]["url"].endswith(f"/vio-annotate-{project_version()}.tar.gz")
    assert re.fullmatch("[0-9a-f]{64}", recipe["source"]["sha256"])
    assert recipe["build"] == {"number": 0, "run_exports": ["vio-annotate pinned to x.x"]}
    needs = recipe["requirements"]
    assert {"compiler_c", "compiler_cxx", "stdlib_c"} <= set(needs["build"])
    assert any(need.startswith("htslib") for need in needs["host"])
    assert recipe["test"]["commands"]
    about = recipe["about"]
    assert (SOURCE / about["license_file"]).is_file() and about["license"] == "MIT"
    assert about["home"].startswith("https://") and about["summary"]
    assert recipe["extra"]["recipe-maintainers"]


def test_the_recipe_names_every_library_that_the_build_looks_for(conda_recipe):
    names = {"ZLIB": "zlib", "TBB": "tbb-devel", "Boost": "libboost-devel", "fmt": "fmt",
             "spdlog": "spdlog", "nlohmann_json": "nlohmann_json", "OpenSSL": "openssl",
             "HTSLIB": "htslib", "HWY": "libhwy", "PkgConfig": "pkg-config"}
    recipe = conda_recipe.render(RECIPE / "meta.yaml")
    listed = {need.split()[0] for part in ("build", "host") for need in recipe["requirements"][part]}
    text = (SOURCE / "cmake/VioDependencies.cmake").read_text()
    wanted = set(re.findall(r"^(?:find_package|pkg_check_modules)\((\w+)", text, flags=re.M))
    assert wanted - set(names) == {"Threads"}
    assert {names[name] for name in wanted - {"Threads"}} <= listed


def test_the_source_of_a_release_is_filled_in(conda_recipe, tmp_path):
    shutil.copytree(SOURCE / "packaging/conda", tmp_path / "conda")
    tarball = tmp_path / "vio-annotate-7.8.9.tar.gz"
    tarball.write_bytes(b"a release")
    command = [tmp_path / "conda/set-source.sh", "https://example.org/x", tarball]
    subprocess.run(command, check=True, timeout=60)
    recipe = conda_recipe.render(tmp_path / "conda/recipes/vio-annotate/meta.yaml")
    assert recipe["package"]["version"] == "7.8.9"
    assert recipe["source"]["url"] == "https://example.org/x/releases/vio-annotate-7.8.9.tar.gz"
    assert recipe["source"]["sha256"] == hashlib.sha256(b"a release").hexdigest()
    other = tmp_path / "something.tar.gz"
    other.touch()
    done = subprocess.run([command[0], "https://example.org/x", other], capture_output=True)
    assert done.returncode == 2 and b"VERSION" in done.stderr


def test_workflows_name_this_version():
    workflows = SOURCE / "workflows"
    version = project_version()
    module = (workflows / "nextflow/modules/vio/annotate/environment.yml").read_text()
    assert f"  - bioconda::vio-annotate={version}\n" in module
    wrapper = (workflows / "snakemake/wrappers/vio/annotate/environment.yaml").read_text()
    assert f"  - vio-annotate ={version.rpartition('.')[0]}\n" in wrapper
    manifest = (workflows / "nextflow/nextflow.config").read_text()
    assert re.search(r"^    version +=  *'(.*)'$", manifest, flags=re.M)[1] == version


@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="shellcheck is not installed")
def test_shell_scripts_are_clean():
    scripts = [path for folder in ("scripts", "packaging", "models", ".ci")
               for path in (SOURCE / folder).rglob("*")
               if path.is_file() and path.read_bytes().startswith((b"#!/usr/bin/env bash",
                                                                   b"#!/bin/bash"))]
    assert RECIPE / "build.sh" in scripts
    done = subprocess.run(["shellcheck", *scripts], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout
