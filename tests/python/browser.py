"""A headless Chromium, driven through the WebDriver protocol with the standard library."""

import base64
import json
import os
import re
import shutil
import subprocess
import tempfile
import urllib.request

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    # Nothing that a page might fetch can be reached.
    "--host-resolver-rules=MAP * ~NOTFOUND",
]


def missing():
    """What a browser test lacks here; nothing where all is there."""
    programs = ("chromium", "chromedriver")
    return ", ".join(name for name in programs if shutil.which(name) is None)


class Browser:
    """One session; use it in a `with` block."""

    def __init__(self, width=1000, height=1200):
        self._profile = tempfile.mkdtemp()
        self._driver = subprocess.Popen(
            ["chromedriver", "--port=0"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=os.environ | {"HOME": self._profile},
        )
        port = None
        for line in self._driver.stdout:
            found = re.search(r"started successfully on port (\d+)", line)
            if found:
                port = found.group(1)
                break
        assert port, "chromedriver did not start"
        self._url = f"http://127.0.0.1:{port}/session"
        arguments = [*ARGUMENTS, f"--user-data-dir={self._profile}/profile"]
        options = {"binary": shutil.which("chromium"), "args": arguments}
        options["args"].append(f"--window-size={width},{height}")
        wanted = {
            "capabilities": {
                "alwaysMatch": {"browserName": "chrome", "goog:chromeOptions": options}
            }
        }
        self._url += "/" + self._post("", wanted)["sessionId"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self._send("DELETE", "")
        finally:
            self._driver.terminate()
            self._driver.wait(timeout=30)
            shutil.rmtree(self._profile, ignore_errors=True)

    def _send(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._url + path, data, method=method)
        request.add_header("Content-Type", "application/json")
        # Straight to the driver, whatever proxies the environment names.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=120) as answer:
            return json.load(answer)["value"]

    def _post(self, path, body):
        return self._send("POST", path, body)

    def open(self, path):
        self._post("/url", {"url": path.resolve().as_uri()})

    def run(self, script):
        """The value that the script returns."""
        return self._post("/execute/sync", {"script": script, "args": []})

    def prefer(self, scheme):
        """`light` or `dark`."""
        feature = {"name": "prefers-color-scheme", "value": scheme}
        self._cdp("Emulation.setEmulatedMedia", {"features": [feature]})

    def resize(self, width, height=1200):
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self._cdp("Emulation.setDeviceMetricsOverride", metrics)

    def _cdp(self, command, parameters):
        return self._post("/goog/cdp/execute", {"cmd": command, "params": parameters})

    def screenshot(self, path):
        shot = self._cdp("Page.captureScreenshot", {"captureBeyondViewport": True})
        path.write_bytes(base64.b64decode(shot["data"]))
