# Third-party libraries, all taken as packages. cmake/VioLibrary.cmake says which folder may use which.
find_package(Threads REQUIRED)
find_package(ZLIB REQUIRED)
find_package(TBB REQUIRED)
find_package(Boost REQUIRED COMPONENTS program_options)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(PkgConfig REQUIRED)
pkg_check_modules(HTSLIB REQUIRED IMPORTED_TARGET htslib>=1.16)
pkg_check_modules(HWY REQUIRED IMPORTED_TARGET libhwy>=1.0.3)
if(VIO_WITH_TORCH)
  # Users point CMAKE_PREFIX_PATH at the LibTorch they want; put its own folder (the one that holds
  # share/cmake/Torch) first, so that another LibTorch on the system is not mixed in.
  find_package(Torch REQUIRED)
endif()
