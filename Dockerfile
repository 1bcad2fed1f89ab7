# vio-annotate in a container, from this source tree.
#   docker build -t vio-annotate .                       without LibTorch
#   docker build -t vio-annotate:torch --target torch .  with the torch engine and vio-train

FROM debian:12-slim AS build
WORKDIR /src
COPY scripts/install-dependencies.sh scripts/
RUN scripts/install-dependencies.sh --no-torch file
COPY . .
RUN cmake --preset package-no-torch \
 && cmake --build --preset package-no-torch \
 && cpack --preset package-no-torch

FROM build AS build-torch
RUN scripts/install-dependencies.sh \
 && cmake --preset package \
 && cmake --build --preset package \
 && cpack --preset package

# No entry point: workflow engines run a shell in the container. ps is for their accounts; the
# programs on HTSlib index inputs and join shards.
# Versions of Debian's packages are not pinned: its archive keeps the newest only.
FROM debian:12-slim AS base
# hadolint ignore=DL3008
RUN apt-get update \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends procps samtools bcftools tabix \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 1000 --create-home --shell /bin/bash vio \
 && install -d -o vio -g vio /data
WORKDIR /data
CMD ["vio-annotate", "--help"]

FROM base AS torch
# hadolint ignore=DL3008
RUN --mount=type=bind,from=build-torch,source=/src/build/package,target=/packages \
    apt-get update \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
      /packages/vio-annotate_*.deb /packages/vio-torch_*.deb libopenblas0-pthread \
 && rm -rf /var/lib/apt/lists/*
USER 1000

FROM base AS annotate
RUN --mount=type=bind,from=build,source=/src/build/package-no-torch,target=/packages \
    apt-get update \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
      /packages/vio-annotate_*.deb \
 && rm -rf /var/lib/apt/lists/*
USER 1000
