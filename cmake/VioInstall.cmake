# Shipped models: copied into the build tree at the place where the installed program looks.
file(GLOB VIO_MODEL_FILES CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/models/*.safetensors)
set(VIO_BUILT_MODELS)
foreach(model IN LISTS VIO_MODEL_FILES)
  get_filename_component(name ${model} NAME)
  set(copy ${CMAKE_BINARY_DIR}/${VIO_MODEL_DIR}/${name})
  add_custom_command(OUTPUT ${copy} DEPENDS ${model}
    COMMAND ${CMAKE_COMMAND} -E copy ${model} ${copy} COMMENT "Model ${name}")
  list(APPEND VIO_BUILT_MODELS ${copy})
endforeach()
add_custom_target(vio_models ALL DEPENDS ${VIO_BUILT_MODELS})

# Man pages and completion come from the option tables of the programs themselves.
function(vio_generate_docs program component pages)
  foreach(page IN LISTS pages)
    set(man ${CMAKE_BINARY_DIR}/share/man/man1/${page}.1)
    string(REPLACE "${program}" "" verb ${page})
    string(REPLACE "-" "" verb "${verb}")
    add_custom_command(OUTPUT ${man} DEPENDS ${program}
      COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/share/man/man1
      COMMAND $<TARGET_FILE:${program}> ${verb} --man-page > ${man} VERBATIM)
    list(APPEND outputs ${man})
    install(FILES ${man} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT ${component})
  endforeach()
  set(completion ${CMAKE_BINARY_DIR}/share/bash-completion/completions/${program})
  add_custom_command(OUTPUT ${completion} DEPENDS ${program}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/share/bash-completion/completions
    COMMAND $<TARGET_FILE:${program}> --bash-completion > ${completion} VERBATIM)
  install(FILES ${completion} DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
    COMPONENT ${component})
  add_custom_target(${program}-docs ALL DEPENDS ${outputs} ${completion})
endfunction()

# Components become packages (cmake/VioPackage.cmake): runtime needs no LibTorch.
vio_generate_docs(vio-annotate runtime "vio-annotate")
install(TARGETS vio-annotate RUNTIME COMPONENT runtime)
if(VIO_WITH_TORCH)
  vio_generate_docs(vio-train torch
    "vio-train;vio-train-fit;vio-train-evaluate;vio-train-import;vio-train-describe")
  # A LibTorch outside the system's folders is found again after install.
  set_target_properties(vio-train PROPERTIES INSTALL_RPATH_USE_LINK_PATH ON)
  install(TARGETS vio-train RUNTIME COMPONENT torch)
endif()
file(GLOB VIO_MODEL_CARDS CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/models/*.md)
install(FILES ${VIO_MODEL_FILES} ${VIO_MODEL_CARDS} DESTINATION ${VIO_MODEL_DIR} COMPONENT runtime)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT licence)

include(CMakePackageConfigHelpers)
get_property(VIO_LIBRARIES GLOBAL PROPERTY VIO_LIBRARIES)
add_library(vio INTERFACE)
target_link_libraries(vio INTERFACE ${VIO_LIBRARIES})
set_target_properties(vio PROPERTIES EXPORT_NAME vio)
add_library(vio::vio ALIAS vio)

set(VIO_CMAKE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/vio)
install(TARGETS vio ${VIO_LIBRARIES} EXPORT vioTargets ARCHIVE COMPONENT development)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/vio DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
  COMPONENT development PATTERN "torch" EXCLUDE PATTERN "train" EXCLUDE)
install(EXPORT vioTargets NAMESPACE vio:: DESTINATION ${VIO_CMAKE_DIR} COMPONENT development)
configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/vioConfig.cmake.in
  ${CMAKE_BINARY_DIR}/vioConfig.cmake INSTALL_DESTINATION ${VIO_CMAKE_DIR})
write_basic_package_version_file(${CMAKE_BINARY_DIR}/vioConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/vioConfig.cmake ${CMAKE_BINARY_DIR}/vioConfigVersion.cmake
  DESTINATION ${VIO_CMAKE_DIR} COMPONENT development)
