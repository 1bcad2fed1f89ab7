# CPack: Debian packages (`cpack` in a build folder of the preset `package`) and the source tarball
# (`cmake --build FOLDER --target package_source`). docs/packaging.md says more.

set(CPACK_PACKAGE_NAME vio-annotate)
set(CPACK_PACKAGE_VENDOR "The vio-annotate authors")
set(CPACK_PACKAGE_CONTACT ${VIO_PACKAGE_CONTACT})
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_STRIP_FILES ON)
set(CPACK_GENERATOR DEB)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

# One package a component.
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_ALL runtime development)
if(VIO_WITH_TORCH)
  list(APPEND CPACK_COMPONENTS_ALL torch)
endif()
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
# Set by CPack from the project otherwise, and put before every package's own description.
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "")

set(CPACK_DEBIAN_RUNTIME_PACKAGE_NAME vio-annotate)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SECTION science)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SUGGESTS "vio-torch, samtools, bcftools, tabix")
set(CPACK_DEBIAN_RUNTIME_DESCRIPTION "classifier of genomic sequences and variants
vio-annotate streams sequences (FASTA, FASTQ, SAM, BAM, CRAM, CSV, TSV) or
variants (VCF, BCF), classifies windows of them with small gated-convolution
networks, and writes tables or annotated VCF, BCF, SAM, BAM and CRAM files.

The same input gives the same bytes for any number of threads, and everything
that was not scored says why. This package has the program, its default
models, and what it needs to score on a CPU.")

set(CPACK_DEBIAN_TORCH_PACKAGE_NAME vio-torch)
set(CPACK_DEBIAN_TORCH_PACKAGE_SECTION science)
set(CPACK_DEBIAN_TORCH_PACKAGE_DEPENDS
  "vio-annotate (= ${PROJECT_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE})")
set(CPACK_DEBIAN_TORCH_PACKAGE_RECOMMENDS libopenblas0-pthread)
set(CPACK_DEBIAN_TORCH_DESCRIPTION "LibTorch engine and trainer of vio-annotate
vio-annotate classifies genomic sequences and variants with small
gated-convolution networks.

This package has vio-train, which makes, measures, imports and describes
models, and the engine with which vio-annotate scores through LibTorch.")

set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libvio-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SHLIBDEPS OFF)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS "libhts-dev (>= 1.16), zlib1g-dev, libtbb-dev, \
libboost-program-options-dev, libfmt-dev, libspdlog-dev, nlohmann-json3-dev, libssl-dev, \
libhwy-dev (>= 1.0.3), pkg-config")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_RECOMMENDS "cmake, vio-annotate")
set(CPACK_DEBIAN_DEVELOPMENT_DESCRIPTION "classifier of genomic sequences and variants (library)
libvio is the library of vio-annotate: it reads sequences and variants, cuts
them into windows and scores these with small gated-convolution networks.

This package has headers, static libraries and a CMake package.")

# What Debian wants in every package, and CMake's own install rules do without.
set(CPACK_PRE_BUILD_SCRIPTS ${PROJECT_SOURCE_DIR}/cmake/VioDebianFiles.cmake)
set(CPACK_VIO_SOURCE_DIR ${PROJECT_SOURCE_DIR})
set(CPACK_VIO_RELEASE_DATE ${VIO_RELEASE_DATE})
set(CPACK_VIO_STRIP ${CMAKE_STRIP})

# The source tarball: what git has, whatever else lies about.
string(REGEX REPLACE "([][+.*()^$?|\\\\])" "\\\\\\1" tree ${PROJECT_SOURCE_DIR})
set(CPACK_SOURCE_GENERATOR TGZ)
set(CPACK_SOURCE_PACKAGE_FILE_NAME vio-annotate-${PROJECT_VERSION})
set(CPACK_SOURCE_IGNORE_FILES "^${tree}/\\\\.git(/|$)" "^${tree}/build" "^${tree}/\\\\.cache/"
  "^${tree}/compile_commands\\\\.json$" "/__pycache__/" "\\\\.pyc$")

include(CPack)
