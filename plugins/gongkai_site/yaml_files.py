"""The site's YAML files: read by libyaml where PyYAML was built with it, which takes a tenth of the time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def content_of(file: Path) -> Any:
    """What a YAML file says. Raises OSError, yaml.YAMLError."""
    return yaml.load(file.read_text(encoding="utf-8"), LOADER)
