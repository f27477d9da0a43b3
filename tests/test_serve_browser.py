"""The served report in a browser: a reader corrects an article, and gold stands on disk.

Needs Chromium (`apt-get install chromium`) and the Python package `playwright`.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import extractor
from extractor.evaluate import read_gold
from tests.conftest import BROWSER

pytestmark = pytest.mark.extras
