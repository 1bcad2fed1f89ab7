"""A conda recipe (meta.yaml) as YAML: Jinja's part done with stand-ins for conda-build's functions,
selectors such as `# [not linux]` judged for Linux."""

import re

import jinja2
import yaml

SELECTOR = re.compile(r"^(.*?)\s+# \[(.*)\]\s*$")
LINUX = {"linux": True, "osx": False, "win": False, "unix": True}


def selected(text):
    """The lines that apply to Linux."""
    for line in text.split("\n"):
        match = SELECTOR.match(line)
        if match is None:
            yield line
        elif eval(match[2], {"__builtins__": {}}, LINUX):
            yield match[1]


def render(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    functions = {
        "compiler": lambda language: f"compiler_{language}",
        "stdlib": lambda language: f"stdlib_{language}",
        "pin_subpackage": lambda name, max_pin: f"{name} pinned to {max_pin}",
    }
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined)
    return yaml.safe_load(environment.from_string("\n".join(selected(text))).render(**functions))
