"""The front door: settings, command line, web application."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("saraban")
except PackageNotFoundError:  # run from a checkout that was never installed
    __version__ = "0+unknown"
