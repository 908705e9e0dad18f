"""The local model's servers, one for each core: they are ended with this process."""

import pathlib
import subprocess

MODULE = pathlib.Path(__file__).parents[3] / "python" / "lightning_bridge" / "local_model.py"


class Models:
    """Starts them and waits until all answer; `urls` says where."""

    def __init__(self, python, count, log):
        pipe = subprocess.PIPE
        self.processes = [
            subprocess.Popen([python, str(MODULE)], stdin=pipe, stdout=pipe, stderr=log, text=True)
            for _ in range(count)
        ]
        self.urls = [process.stdout.readline().strip() for process in self.processes]
        if not all(self.urls):
            self.stop()
            raise SystemExit(f"the local model did not start; see {log.name}")

    def stop(self):
        for process in self.processes:
            process.kill()
            process.wait()
