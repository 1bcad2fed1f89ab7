# Run by CPack between installing and packing: adds to every package's tree the files that Debian's
# policy wants (copyright, changelogs), compresses pages and strips what CMake leaves.

if(NOT CPACK_GENERATOR STREQUAL "DEB")
  return()
endif()

set(package_runtime ${CPACK_DEBIAN_RUNTIME_PACKAGE_NAME})
set(package_torch ${CPACK_DEBIAN_TORCH_PACKAGE_NAME})
set(package_development ${CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME})

# Without a name and a time in it, so that the same input gives the same file.
function(vio_gzip file)
  execute_process(COMMAND gzip -9nf ${file} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

function(vio_write_changelog file)
  # RFC 5322, as Debian's changelogs have it; TZ and locale are fixed.
  execute_process(COMMAND ${CMAKE_COMMAND} -E env LC_ALL=C
    date -u -R -d ${CPACK_VIO_RELEASE_DATE} OUTPUT_VARIABLE date OUTPUT_STRIP_TRAILING_WHITESPACE
    COMMAND_ERROR_IS_FATAL ANY)
  set(version ${CPACK_PACKAGE_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE})
  configure_file(${CPACK_VIO_SOURCE_DIR}/packaging/debian/changelog.in ${file} @ONLY)
endfunction()

foreach(component IN LISTS CPACK_COMPONENTS_ALL)
  set(root ${CPACK_TEMPORARY_DIRECTORY}/${component}/usr)
  set(docs ${root}/share/doc/${package_${component}})
  file(MAKE_DIRECTORY ${docs})
  configure_file(${CPACK_VIO_SOURCE_DIR}/packaging/debian/copyright ${docs}/copyright COPYONLY)
  configure_file(${CPACK_VIO_SOURCE_DIR}/CHANGELOG.md ${docs}/changelog COPYONLY)
  vio_write_changelog(${docs}/changelog.Debian)
  file(GLOB_RECURSE pages ${root}/share/man/*.1)
  foreach(file IN LISTS pages ITEMS ${docs}/changelog ${docs}/changelog.Debian)
    vio_gzip(${file})
  endforeach()
  set(overrides ${CPACK_VIO_SOURCE_DIR}/packaging/debian/${package_${component}}.lintian-overrides)
  if(EXISTS ${overrides})
    file(MAKE_DIRECTORY ${root}/share/lintian/overrides)
    configure_file(${overrides} ${root}/share/lintian/overrides/${package_${component}} COPYONLY)
  endif()
  # As dh_strip does it: CMake leaves archives as they are, and programs with their notes.
  file(GLOB_RECURSE archives ${root}/lib/*.a)
  file(GLOB_RECURSE programs ${root}/bin/* ${root}/lib/*.so)
  foreach(file IN LISTS archives programs)
    execute_process(COMMAND ${CPACK_VIO_STRIP} --strip-debug --remove-section=.comment
      --remove-section=.note --enable-deterministic-archives ${file}
      COMMAND_ERROR_IS_FATAL ANY)
  endforeach()
endforeach()
