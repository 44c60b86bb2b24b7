"""What is shipped: an sdist gives a wheel, and the wheel answers in an environment of its own."""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    # The build backend of the test environment serves: what is tested is what goes into the files.
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(ROOT)]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    assert list(out.glob("*.tar.gz"))
    (found,) = out.glob("*.whl")
    return found


def test_the_wheel_answers_where_only_it_is_installed(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "env"
    venv.create(home, system_site_packages=False, with_pip=False)
    python = home / "bin" / "python"
    target = next((home / "lib").glob("python*")) / "site-packages"
    installed = subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(target), str(wheel)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert installed.returncode == 0, installed.stderr
    # Dependencies are those of the test environment; bonerx itself must come from the wheel.
    (target / "zz_site.pth").write_text(
        next(path for path in sys.path if path.endswith("site-packages")) + "\n", "utf-8"
    )
    environment = {**os.environ, "BONERX_CACHE_DIR": str(tmp_path / "cache")}
    lines = (
        "import sys, bonerx",
        "print(bonerx.__file__, flush=True)",
        "sys.argv = ['bonerx', 'rank', '--json']",
        "from bonerx.__main__ import main",
        "main()",
    )
    command = [str(python), "-c", "\n".join(lines)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stderr
    where, _, document = done.stdout.partition("\n")
    assert where.startswith(str(home))
    answer = json.loads(document)
    assert answer["evidence"][0]["path"] == "evidence.yaml"
    assert answer["answer"]["tiers"]
