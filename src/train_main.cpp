#include "vio/train/command_line.hpp"

int main(int argc, char** argv) {
  return vio::train::run({argv + 1, argv + argc});
}
