import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
ROOT = Path(__file__).parent.parent
os.environ.pop("KB_BASE", None)  # a workflow's own: the small sites of tests have other histories


@pytest.fixture(scope="session")
def real_site(tmp_path_factory):
    """The public edition of the real records, built once for all tests that look at it."""
    folder = tmp_path_factory.mktemp("real")
    for name in ("cases", "content", "overrides"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    kb = Path(sys.executable).with_name("kb")
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000"}
    done = subprocess.run([kb, "build"], cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "site"
