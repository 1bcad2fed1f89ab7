#include "vio/cli/annotate.hpp"

int main(int argc, char** argv) {
  return vio::cli::annotate({argv + 1, argv + argc});
}
