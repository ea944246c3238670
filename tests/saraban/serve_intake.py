"""The application without a worker, in a process of its own that tests may kill.

``python -m tests.saraban.serve_intake DATA PORT``
"""

from __future__ import annotations

import sys
from pathlib import Path

import uvicorn

from saraban.app import create_app
from saraban.office import open_office
from saraban.settings import Settings

if __name__ == "__main__":
    office = open_office(Settings(data_dir=Path(sys.argv[1]), least_free_mb=0))
    uvicorn.run(create_app(office), host="127.0.0.1", port=int(sys.argv[2]), log_level="error")
