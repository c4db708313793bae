"""The invented records of the export's tests."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "export"))
