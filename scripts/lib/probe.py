"""Says of the Python that runs it: version, executable, and why it cannot be embedded, if so."""

import os
import platform
import sys
import sysconfig


def problem() -> str:
    """What is missing for embedding, or nothing."""
    if platform.python_implementation() != "CPython":
        return "not CPython"
    if not (3, 10) <= sys.version_info[:2] <= (3, 13):
        return "not 3.10 to 3.13"
    value = sysconfig.get_config_var
    libraries = [
        os.path.join(folder or "", value(name) or "-")
        for folder in (value("LIBDIR"), os.path.join(sys.base_prefix, "lib"), value("PYTHONFRAMEWORKPREFIX"))
        for name in ("INSTSONAME", "LDLIBRARY")
    ]
    if not any(os.path.isfile(path) and not path.endswith(".a") for path in libraries):
        return "no shared libpython"
    if not os.path.isfile(os.path.join(sysconfig.get_paths()["include"], "Python.h")):
        return "no headers (Python.h)"
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        return "no venv module"
    return ""


base = getattr(sys, "_base_executable", None) or sys.executable
# In a form that any Python reads: this one may be too old, and says so.
print("%d.%d|%s|%s|%s" % (*sys.version_info[:2], platform.python_version(), base, problem()))  # noqa: UP031
