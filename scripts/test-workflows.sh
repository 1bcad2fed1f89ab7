#!/usr/bin/env bash
# Tests the Snakemake and Nextflow workflows against a real SLURM, which the tests start on loopback
# and stop. Installs what is missing: Debian packages, Snakemake from PyPI, Nextflow from Maven
# Central; both go to build/workflows. nf-test is in none of these registries: where it is in the
# PATH, the module's tests run in it; elsewhere they are only parsed.
# Usage: test-workflows.sh [BUILD_FOLDER [PYTEST_OPTIONS...]]; without a build folder it takes
# build/release, and builds vio-annotate where it is missing.
set -euo pipefail
cd "$(dirname "$0")/.."
build=${1:-build/release}
shift || true
tools=$PWD/build/workflows
nextflow=24.10.0  # the newest of which Maven Central has every part

scripts/install-dependencies.sh --workflows

if [ ! -x "$build/bin/vio-annotate" ]; then
  cmake --preset "$(basename "$build")"
  cmake --build "$build" --target vio-annotate
fi

if [ ! -x "$tools/venv/bin/pytest" ]; then
  python3 -m venv "$tools/venv"
  "$tools/venv/bin/pip" install -q 'snakemake>=9,<10' snakemake-executor-plugin-slurm snakefmt \
    pygments multiqc pytest
fi

# Without Nextflow its tests are skipped, and say so.
if [ ! -d "$tools/nextflow/lib" ]; then
  mkdir -p "$tools/nextflow"
  cat > "$tools/nextflow/pom.xml" <<POM
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>vio</groupId><artifactId>nextflow</artifactId><version>1</version>
  <packaging>pom</packaging>
  <dependencies><dependency>
    <groupId>io.nextflow</groupId><artifactId>nextflow</artifactId><version>$nextflow</version>
  </dependency></dependencies>
</project>
POM
  (cd "$tools/nextflow" &&
    mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib.new -DincludeScope=runtime &&
    mv lib.new lib) || echo "Nextflow could not be installed from Maven Central" >&2
fi

export VIO_WORKFLOW_TOOLS=$tools VIO_BIN_DIR=$PWD/$build/bin VIO_MODEL_PATH=$PWD/models
export PYTHONDONTWRITEBYTECODE=1
cd workflows/tests
exec "$tools/venv/bin/pytest" -q -rs -p no:cacheprovider --durations=10 "$@"
