"""The shape of the house."""

import site
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_standard_librarys_site_module_is_not_shadowed():
    assert hasattr(site, "getsitepackages")
    assert not (ROOT / "site" / "__init__.py").exists()
