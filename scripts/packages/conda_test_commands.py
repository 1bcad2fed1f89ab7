"""Prints the test commands of a conda recipe, one a line, as conda-build would fill them in."""

import sys

import conda_recipe

for command in conda_recipe.render(sys.argv[1])["test"]["commands"]:
    print(command)
